"""Desk addresses of the campaign map, below /desk/map/."""

from django.urls import path

from hustings.website.campaign_map.pages import desk

app_name = "campaign_map_desk"
urlpatterns = [
    path("", desk.seats, name="seats"),
    path("party/", desk.party, name="party"),
    path("others/", desk.neighbours, name="neighbours"),
    path("others/<int:pk>/", desk.neighbour, name="neighbour"),
    path("target/<str:code>/", desk.target, name="target"),
]
