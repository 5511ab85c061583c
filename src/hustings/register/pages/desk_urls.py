"""Desk addresses of the register, below /desk/register/."""

from django.urls import path

from hustings.register.pages import doubtful, matches, registers, review, stations

app_name = "register_desk"
urlpatterns = [
    path("copies/", registers.versions, name="versions"),
    path("entitlements/", registers.entitlements, name="entitlements"),
    path("entitlements/add/", registers.add_entitlement, name="add_entitlement"),
    path("stations/", stations.stations, name="stations"),
    path("doubtful/", doubtful.doubtful, name="doubtful"),
    path("doubtful/<int:pk>/<uuid:objection>/", doubtful.decide, name="decide_doubtful"),
    path("matches/", matches.matches, name="matches"),
    path("matches/<int:pk>/", review.match_page, name="match"),
    path("matches/review/", review.first_question, name="review"),
    path("matches/review/undo/", review.undo, name="undo"),
    path("matches/review/<int:person_id>/", review.question, name="question"),
]
