"""Election money: books, gifts, and what others publish."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("Campaign books"),
        url_name="money_desk:campaigns",
        icon="table",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=100,
    ),
    MenuEntry(
        label=_("Gifts"),
        url_name="money_desk:gifts",
        icon="pick",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=200,
    ),
    MenuEntry(
        label=_("Flags"),
        url_name="money_desk:flags",
        icon="warning",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=300,
    ),
    MenuEntry(
        label=_("Other people's money"),
        url_name="money_desk:published",
        icon="view",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=800,
    ),
    MenuEntry(
        label=_("Published loans"),
        url_name="money_desk:published_loans",
        icon="view",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=810,
    ),
    MenuEntry(
        label=_("Registers"),
        url_name="money_desk:published_bodies",
        icon="list-ul",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=820,
    ),
    MenuEntry(
        label=_("Candidates' returns"),
        url_name="money_desk:published_returns",
        icon="doc-full",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=830,
    ),
    MenuEntry(
        label=_("Files brought in"),
        url_name="money_desk:imports",
        icon="upload",
        right=Right.SEE_MONEY,
        group=MenuGroup.MONEY,
        order=840,
    ),
)
