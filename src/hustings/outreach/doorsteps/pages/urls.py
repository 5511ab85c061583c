"""Addresses of rounds on volunteers' own pages, below /volunteer/rounds/."""

from django.urls import path

from hustings.outreach.doorsteps.pages import mine

app_name = "doorsteps"

urlpatterns = [
    path("", mine.my_rounds, name="my_rounds"),
    path("<int:pk>/", mine.my_round, name="my_round"),
    path("<int:pk>/<int:number>/", mine.my_street, name="my_street"),
    path("<int:pk>/door/<int:door>/", mine.my_door, name="my_door"),
]
