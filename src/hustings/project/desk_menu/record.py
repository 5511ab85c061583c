"""The public record."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("Entries"),
        url_name="openness_desk:entries",
        icon="list-ol",
        right=Right.EDIT_RECORD,
        group=MenuGroup.RECORD,
        order=100,
    ),
    MenuEntry(
        label=_("Log and witnesses"),
        url_name="openness_desk:log",
        icon="lock",
        right=Right.EDIT_RECORD,
        group=MenuGroup.RECORD,
        order=200,
    ),
)
