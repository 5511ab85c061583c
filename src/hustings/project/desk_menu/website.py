"""The public site."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("Overview"),
        url_name="website_desk:overview",
        icon="site",
        right=Right.EDIT_SITE,
        group=MenuGroup.WEBSITE,
        order=100,
    ),
    MenuEntry(
        label=_("Pages"),
        url_name="wagtailadmin_explore_root",
        icon="folder-open-inverse",
        right=Right.EDIT_SITE,
        group=MenuGroup.WEBSITE,
        order=200,
    ),
    MenuEntry(
        label=_("Pictures"),
        url_name="wagtailimages:index",
        icon="image",
        right=Right.EDIT_SITE,
        group=MenuGroup.WEBSITE,
        order=300,
    ),
    MenuEntry(
        label=_("Documents"),
        url_name="wagtaildocs:index",
        icon="doc-full-inverse",
        right=Right.EDIT_SITE,
        group=MenuGroup.WEBSITE,
        order=400,
    ),
)
