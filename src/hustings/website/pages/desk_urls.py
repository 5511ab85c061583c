"""Desk addresses of the site, below /desk/website/."""

from django.urls import path

from hustings.website.pages import overview, set_up

app_name = "website_desk"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("place/", overview.make_page_of_place, name="place"),
    path("promoter/", set_up.promoter, name="promoter"),
    path("notice/", set_up.notice, name="notice"),
]
