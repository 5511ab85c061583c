"""Addresses of money on the desk."""

from django.urls import path

from hustings.money.pages import campaigns

app_name = "money_desk"

urlpatterns = [
    path("", campaigns.campaign_list, name="campaigns"),
]
