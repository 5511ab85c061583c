"""Public addresses, below /record/."""

from django.urls import path

from hustings.openness.pages import downloads, log, record, sent_by_you

app_name = "openness"
urlpatterns = [
    path("", record.record_list, name="record"),
    path("check/", record.how_to_check, name="how_to_check"),
    path("sent-by-you/", sent_by_you.sent_by_you, name="sent_by_you"),
    path("data/", downloads.dictionary, name="dictionary"),
    path("checkpoint", log.checkpoint, name="checkpoint"),
    path("key", log.key, name="key"),
    path("tile/<path:path>", log.tile, name="tile"),
    path("consistency/<int:old>/<int:new>", log.consistency, name="consistency"),
    path("entries.csv", downloads.entries_csv, name="entries_csv"),
    path("entries.json", downloads.entries_json, name="entries_json"),
    path("<int:number>/", record.entry_page, name="entry"),
    path("<int:number>.json", downloads.entry_json, name="entry_json"),
    path("<int:number>/proof", log.proof, name="proof"),
    path("<int:number>/leaf", downloads.leaf, name="leaf"),
    path("<int:number>/<slug:name>", downloads.document, name="document"),
]
