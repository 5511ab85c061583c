"""Addresses of hosting on volunteers' own pages, below /volunteer/hosting/."""

from django.urls import path

from hustings.volunteers.hosting.pages import mine

app_name = "hosting"

urlpatterns = [
    path("", mine.overview, name="overview"),
    path("details/", mine.details, name="details"),
    path("offer/", mine.offer, name="offer"),
    path("ask/", mine.ask, name="ask"),
    path("offers/<uuid:public_id>/back/", mine.take_back_offer, name="take_back_offer"),
    path("requests/<uuid:public_id>/back/", mine.take_back_request, name="take_back_request"),
    path("stays/<uuid:public_id>/", mine.stay, name="stay"),
    path("stays/<uuid:public_id>/answer/", mine.answer, name="answer"),
    path("stays/<uuid:public_id>/arrived/", mine.arrived, name="arrived"),
    path("stays/<uuid:public_id>/leave/", mine.leave, name="leave"),
]
