"""Desk addresses of door rounds."""

from django.urls import path

from hustings.outreach.doorsteps.pages import desk, desk_rounds

app_name = "doorsteps_desk"

urlpatterns = [
    path("", desk.canvass_list, name="canvasses"),
    path("new/", desk.canvass_edit, name="canvass_new"),
    path("key/", desk_rounds.find_sheet, name="find_sheet"),
    path("<int:pk>/", desk.canvass_detail, name="canvass"),
    path("<int:pk>/edit/", desk.canvass_edit, name="canvass_edit"),
    path("<int:pk>/open/", desk.canvass_open, name="canvass_open"),
    path("<int:pk>/close/", desk.canvass_close, name="canvass_close"),
    path("<int:pk>/csv/", desk.canvass_csv, name="canvass_csv"),
    path("round/<int:pk>/", desk_rounds.round_detail, name="round"),
    path("round/<int:pk>/back/", desk_rounds.round_back, name="round_back"),
    path("round/<int:pk>/returned/", desk_rounds.round_returned, name="round_returned"),
    path("round/<int:pk>/sheet/", desk_rounds.round_sheet, name="round_sheet"),
    path("round/<int:pk>/key/", desk_rounds.round_key, name="round_key"),
]
