"""Other people's advertising."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("Who spent how much"),
        url_name="adwatch_desk:overview",
        icon="view",
        right=Right.SEE_ADS,
        group=MenuGroup.ADS,
        order=100,
    ),
    MenuEntry(
        label=_("Who is behind it"),
        url_name="adwatch_desk:entities",
        icon="group",
        right=Right.SEE_ADS,
        group=MenuGroup.ADS,
        order=200,
    ),
    MenuEntry(
        label=_("Coding"),
        url_name="adwatch_desk:rounds",
        icon="tag",
        right=Right.CODE_ADS,
        group=MenuGroup.ADS,
        order=300,
    ),
    MenuEntry(
        label=_("Snapshots"),
        url_name="adwatch_desk:snapshots",
        icon="history",
        right=Right.SEE_ADS,
        group=MenuGroup.ADS,
        order=400,
    ),
    MenuEntry(
        label=_("Faults"),
        url_name="adwatch_desk:faults",
        icon="warning",
        right=Right.SEE_ADS,
        group=MenuGroup.ADS,
        order=500,
    ),
    MenuEntry(
        label=_("No registration found"),
        url_name="adwatch_desk:campaigners",
        icon="search",
        right=Right.SEE_ADS,
        group=MenuGroup.ADS,
        order=600,
    ),
    MenuEntry(
        label=_("Our own ads"),
        url_name="adwatch_desk:own",
        icon="check",
        right=Right.SEE_ADS,
        group=MenuGroup.ADS,
        order=700,
    ),
    MenuEntry(
        label=_("Fetched from Meta"),
        url_name="adwatch_desk:fetches",
        icon="download",
        right=Right.CODE_ADS,
        group=MenuGroup.ADS,
        order=800,
    ),
)
