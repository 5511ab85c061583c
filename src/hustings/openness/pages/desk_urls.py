"""Desk addresses of the record, below /desk/record/."""

from django.urls import path

from hustings.openness.pages import desk

app_name = "openness_desk"
urlpatterns = [
    path("", desk.entry_list, name="entries"),
    path("<int:number>/", desk.entry_page, name="entry"),
    path("<int:number>/correct/", desk.correct, name="correct"),
    path("<int:number>/withhold/<slug:name>/", desk.withhold, name="withhold"),
]
