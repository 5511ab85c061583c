"""Addresses of hosting on the desk, below /desk/hosting/."""

from django.urls import path

from hustings.volunteers.hosting.pages import desk

app_name = "hosting_desk"

urlpatterns = [
    path("", desk.stays, name="stays"),
    path("<int:pk>/", desk.stay, name="stay"),
    path("offers/", desk.offers, name="offers"),
    path("requests/", desk.requests, name="requests"),
    path("references/", desk.references, name="references"),
    path("references/<int:pk>/", desk.reference, name="reference"),
    path("match/", desk.match, name="match"),
]
