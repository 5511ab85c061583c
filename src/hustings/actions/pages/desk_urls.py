"""Addresses of the desk, below /desk/actions/."""

from django.urls import path

from hustings.actions.pages import desk_petitions, desk_signatures

app_name = "actions_desk"

urlpatterns = [
    path("petitions/", desk_petitions.petition_list, name="petitions"),
    path("petitions/new/", desk_petitions.new_petition, name="new"),
    path("petitions/<int:pk>/", desk_petitions.petition_page, name="petition"),
    path("petitions/<int:pk>/edit/", desk_petitions.edit_petition, name="edit"),
    path("petitions/<int:pk>/preview/", desk_petitions.preview, name="preview"),
    path("petitions/<int:pk>/open/", desk_petitions.open_page, name="open"),
    path("petitions/<int:pk>/close/", desk_petitions.close_page, name="close"),
    path("petitions/<int:pk>/outcome/", desk_petitions.outcome_page, name="outcome"),
    path("petitions/<int:pk>/signatures/", desk_signatures.signature_list, name="signatures"),
    path(
        "petitions/<int:pk>/signatures/<int:signature_pk>/", desk_signatures.signature_page, name="signature"
    ),
    path(
        "petitions/<int:pk>/signatures/<int:signature_pk>/strike-out/",
        desk_signatures.strike_out,
        name="strike_out",
    ),
    path("petitions/<int:pk>/key/", desk_signatures.key, name="key"),
    path("keying/", desk_signatures.keying, name="keying"),
]
