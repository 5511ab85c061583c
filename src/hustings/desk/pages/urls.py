"""The desk's own pages, at /desk/ and below /desk/start/."""

from django.urls import path

from hustings.desk.pages import home, start

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("start/", start.start, name="start"),
    path("start/mail/", start.mail, name="mail"),
    path("start/dates/", start.dates, name="dates"),
    path("start/petition/", start.petition, name="petition"),
]
