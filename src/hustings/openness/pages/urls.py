"""Public addresses, below /record/."""

from django.urls import path

from hustings.openness.pages import downloads, record

app_name = "openness"
urlpatterns = [
    path("", record.record_list, name="record"),
    path("check/", record.how_to_check, name="how_to_check"),
    path("data/", downloads.dictionary, name="dictionary"),
    path("entries.csv", downloads.entries_csv, name="entries_csv"),
    path("entries.json", downloads.entries_json, name="entries_json"),
    path("<int:number>/", record.entry_page, name="entry"),
    path("<int:number>.json", downloads.entry_json, name="entry_json"),
    path("<int:number>/leaf", downloads.leaf, name="leaf"),
    path("<int:number>/<slug:name>", downloads.document, name="document"),
]
