"""Public addresses, below /record/."""

from django.urls import path

from hustings.openness.pages import downloads, feeds, log, record, sent_by_you, ward

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
    path("entries.parquet", downloads.entries_parquet, name="entries_parquet"),
    path("datapackage.json", downloads.data_package, name="data_package"),
    path("feed.atom", feeds.atom, name="atom"),
    path("feed.json", feeds.json_feed, name="json_feed"),
    path("ward/<slug:code>/", ward.ward_page, name="ward"),
    path("entries.json", downloads.entries_json, name="entries_json"),
    path("<int:number>/", record.entry_page, name="entry"),
    path("<int:number>.json", downloads.entry_json, name="entry_json"),
    path("<int:number>/proof", log.proof, name="proof"),
    path("<int:number>/leaf", downloads.leaf, name="leaf"),
    path("<int:number>/<slug:name>", downloads.document, name="document"),
]
