"""Petitions and signatures."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("Petitions"),
        url_name="actions_desk:petitions",
        icon="clipboard-list",
        right=Right.SEE_PEOPLE,
        group=MenuGroup.ACTIONS,
        order=100,
    ),
    MenuEntry(
        label=_("Key signatures"),
        url_name="actions_desk:keying",
        icon="edit",
        right=Right.KEY_SIGNATURES,
        group=MenuGroup.ACTIONS,
        order=200,
    ),
)
