"""Public addresses: preferences and requests by signed links."""

from django.urls import path

from hustings.people.pages import ask_link, complaint, preferences, request_link

app_name = "people"

urlpatterns = [
    path("", ask_link.ask_link, name="ask_link"),
    path("complaint/", complaint.complaint, name="complaint"),
    path("request/<str:token>/", request_link.request_link, name="request_link"),
    path("<str:token>/", preferences.preferences, name="preferences"),
]
