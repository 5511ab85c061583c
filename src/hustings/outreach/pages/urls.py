"""Addresses outside the desk: the page of whoever rings, which asks for a login with the right to."""

from django.urls import path

from hustings.outreach.phonebank.pages import caller

app_name = "outreach"
urlpatterns = [
    path("", caller.calls, name="calls"),
    path("<int:pk>/", caller.ring, name="ring"),
]
