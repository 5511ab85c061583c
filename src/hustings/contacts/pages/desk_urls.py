"""Desk addresses of contacts."""

from django.urls import path

from hustings.contacts.pages.neglect import neglect

app_name = "contacts_desk"
urlpatterns = [path("neglect/", neglect, name="neglect")]
