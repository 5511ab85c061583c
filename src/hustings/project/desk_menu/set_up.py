"""Setting up, and logins."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("First steps"),
        url_name="desk:start",
        icon="tasks",
        right=Right.SET_UP,
        group=MenuGroup.SET_UP,
        order=100,
    ),
    MenuEntry(
        label=_("Organisation"),
        url_name="accounts_desk:organisation",
        icon="home",
        right=Right.SET_UP,
        group=MenuGroup.SET_UP,
        order=200,
    ),
    MenuEntry(
        label=_("Logins"),
        url_name="accounts_desk:logins",
        icon="user",
        right=Right.APPOINT,
        group=MenuGroup.SET_UP,
        order=800,
    ),
    MenuEntry(
        label=_("Audit log"),
        url_name="accounts_desk:audit",
        icon="history",
        right=Right.SEE_AUDIT,
        group=MenuGroup.SET_UP,
        order=900,
    ),
)
