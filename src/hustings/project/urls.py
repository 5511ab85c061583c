"""Every address of the application, in one file."""

from django.urls import URLPattern, URLResolver, include, path

from hustings.website.pages.petitions import petition_index

urlpatterns: list[URLPattern | URLResolver] = [
    # First what comes in a surge: addresses are tried in this order.
    path("petitions/", petition_index, name="petition_index"),
    path("petitions/", include("hustings.actions.pages.urls")),
    path("account/", include("hustings.accounts.pages.urls")),
    path("account/", include("allauth.urls")),
    path("desk/accounts/", include("hustings.accounts.pages.desk_urls")),
    path("desk/actions/", include("hustings.actions.pages.desk_urls")),
    path("desk/adwatch/", include("hustings.adwatch.pages.desk_urls")),
    path("desk/clearance/", include("hustings.clearance.pages.desk_urls")),
    path("desk/contacts/", include("hustings.contacts.pages.desk_urls")),
    path("desk/money/", include("hustings.money.pages.desk_urls")),
    path("desk/outreach/", include("hustings.outreach.pages.desk_urls")),
    path("desk/rounds/", include("hustings.outreach.doorsteps.pages.desk_urls")),
    path("desk/people/", include("hustings.people.pages.desk_urls")),
    path("desk/postroom/", include("hustings.postroom.pages.desk_urls")),
    path("desk/volunteers/", include("hustings.volunteers.pages.desk_urls")),
    path("desk/record/", include("hustings.openness.pages.desk_urls")),
    path("desk/support/", include("hustings.support.pages.desk_urls")),
    path("desk/hosting/", include("hustings.volunteers.hosting.pages.desk_urls")),
    path("desk/map/", include("hustings.website.campaign_map.pages.desk_urls")),
    path("desk/website/", include("hustings.website.pages.desk_urls")),
    path("desk/", include("hustings.desk.pages.urls")),
    path("desk/register/", include("hustings.register.pages.desk_urls")),
    path("desk/", include("hustings.website.pages.wagtail_urls")),
    path("calls/", include("hustings.outreach.pages.urls")),
    path("volunteer/rounds/", include("hustings.outreach.doorsteps.pages.urls")),
    path("volunteer/hosting/", include("hustings.volunteers.hosting.pages.urls")),
    path("map/", include("hustings.website.campaign_map.pages.urls")),
    path("preferences/", include("hustings.people.pages.urls")),
    path("", include("hustings.postroom.pages.urls")),
    path("", include("hustings.support.pages.urls")),
    path("", include("hustings.volunteers.pages.urls")),
    path("record/", include("hustings.openness.pages.urls")),
    path("adverts/", include("hustings.adwatch.pages.urls")),
    path("", include("hustings.website.pages.urls")),
]
