"""Every address of the application, in one file."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("desk/actions/", include("hustings.actions.pages.desk_urls")),
    path("desk/contacts/", include("hustings.contacts.pages.desk_urls")),
    path("desk/accounts/", include("hustings.accounts.pages.desk_urls")),
    path("desk/outreach/", include("hustings.outreach.pages.desk_urls")),
    path("desk/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("petitions/", include("hustings.actions.pages.urls")),
    path("", include(wagtail_urls)),
]
