"""Every address of the application, in one file."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("desk/actions/", include("hustings.actions.pages.desk_urls")),
    path("desk/clearance/", include("hustings.clearance.pages.desk_urls")),
    path("desk/contacts/", include("hustings.contacts.pages.desk_urls")),
    path("desk/accounts/", include("hustings.accounts.pages.desk_urls")),
    path("desk/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("petitions/", include("hustings.actions.pages.urls")),
    path("", include(wagtail_urls)),
    path("desk/", include("hustings.website.pages.wagtail_urls")),
    path("", include("hustings.website.pages.urls")),
]
