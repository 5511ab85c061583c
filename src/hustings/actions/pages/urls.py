"""Public addresses, below /petitions/."""

from django.urls import path

from hustings.actions.pages import petition, signature_link

app_name = "actions"

urlpatterns = [
    path("", petition.petition_list, name="petitions"),
    path("confirm/<str:token>/", signature_link.signature_link, name="signature_link"),
    path("<slug:slug>.json", petition.petition_json, name="petition_json"),
    path("<slug:slug>/", petition.petition_page, name="petition"),
]
