"""Addresses of rounds on volunteers' own pages, below /volunteer/rounds/."""

from django.urls import path

from hustings.outreach.doorsteps.pages import kept, mine

app_name = "doorsteps"

urlpatterns = [
    path("", mine.my_rounds, name="my_rounds"),
    path("send/", kept.send_kept, name="send_kept"),
    path("no-signal/", kept.no_signal, name="no_signal"),
    path("worker.js", kept.worker, name="worker"),
    path("app.webmanifest", kept.manifest, name="manifest"),
    path("<int:pk>/", mine.my_round, name="my_round"),
    path("<int:pk>/kept/", kept.kept_round, name="kept_round"),
    path("<int:pk>/<int:number>/", mine.my_street, name="my_street"),
    path("<int:pk>/door/<int:door>/", mine.my_door, name="my_door"),
]
