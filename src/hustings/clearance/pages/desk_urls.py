"""Desk addresses of clearance, below /desk/clearance/."""

from django.urls import path

from hustings.clearance.pages import (
    clearances,
    imprint_check,
    limits,
    making,
    material_acts,
    materials,
    promoters,
    screening,
)

app_name = "clearance_desk"
urlpatterns = [
    path("materials/", materials.material_list, name="materials"),
    path("materials/add/", materials.add_material, name="add_material"),
    path("materials/<int:pk>/", materials.material_page, name="material"),
    path("materials/<int:pk>/edit/", materials.edit_material, name="edit_material"),
    path("materials/<int:pk>/file/", materials.material_file, name="material_file"),
    path("materials/<int:pk>/approve/", material_acts.approve, name="approve"),
    path("materials/<int:pk>/withdraw/", material_acts.withdraw, name="withdraw"),
    path("materials/<int:pk>/override/<slug:code>/", material_acts.override, name="override"),
    path("materials/<int:pk>/leaflet/", making.leaflet, name="make_leaflet"),
    path("materials/<int:pk>/card/", making.card, name="make_card"),
    path("materials/<int:pk>/link/", making.link, name="link_imprint"),
    path("materials/<int:pk>/link/look/", making.look_again, name="look_at_link"),
    path("materials/<int:pk>/link/remove/", making.unlink, name="unlink_imprint"),
    path("copies/<int:pk>/", materials.copy_file, name="copy"),
    path("promoters/", promoters.promoter_list, name="promoters"),
    path("promoters/add/", promoters.add_promoter, name="add_promoter"),
    path("promoters/<int:pk>/", promoters.edit_promoter, name="promoter"),
    path("promoters/<int:pk>/verify/", promoters.verify, name="verify_promoter"),
    path("clearances/", clearances.clearance_list, name="clearances"),
    path("clearances/<int:pk>/", clearances.clearance_page, name="clearance"),
    path("screening/", screening.screening, name="screening"),
    path("screening/numbers/", screening.numbers, name="numbers_to_screen"),
    path("limits/", limits.own_limits, name="limits"),
    path("imprint/", imprint_check.check, name="imprint_check"),
]
