"""Addresses of the campaign map."""

from django.urls import path, re_path

from hustings.website.campaign_map.pages import answering, lists, pictures

app_name = "campaign_map"

urlpatterns = [
    path("", answering.campaign_map, name="map"),
    path("embed/", answering.embed, name="embed"),
    path("rule/", lists.rule, name="rule"),
    path("needs.json", lists.needs_feed, name="needs"),
    re_path(r"^near/(?P<outward>[A-Za-z]{1,2}[0-9][0-9A-Za-z]?)/$", answering.near, name="near"),
    path("seat/<str:code>/", answering.seat, name="seat"),
    path("all/<str:key>/", lists.whole_list, name="list"),
    path("all/<str:key>/seats.csv", lists.whole_csv, name="csv"),
    path("all/<str:key>/seats.json", lists.whole_json, name="json"),
    path("all/<str:key>/map.svg", pictures.picture_svg, name="picture"),
    path("all/<str:key>/outlines.json", pictures.outlines, name="outlines"),
]
