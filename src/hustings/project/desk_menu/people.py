"""People, and what waits to be looked at."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("People"),
        url_name="people_desk:people",
        icon="user",
        right=Right.SEE_PEOPLE,
        group=MenuGroup.PEOPLE,
        order=100,
    ),
    MenuEntry(
        label=_("Perhaps they objected"),
        url_name="people_desk:doubtful",
        icon="warning",
        right=Right.HANDLE_RIGHTS,
        group=MenuGroup.PEOPLE,
        order=200,
    ),
    MenuEntry(
        label=_("Electors who perhaps objected"),
        url_name="register_desk:doubtful",
        icon="warning",
        right=Right.HANDLE_RIGHTS,
        group=MenuGroup.PEOPLE,
        order=210,
    ),
    MenuEntry(
        label=_("Perhaps one person"),
        url_name="people_desk:duplicates",
        icon="copy",
        right=Right.EDIT_PEOPLE,
        group=MenuGroup.PEOPLE,
        order=250,
    ),
    MenuEntry(
        label=_("Requests about own data"),
        url_name="people_desk:requests",
        icon="help",
        right=Right.HANDLE_RIGHTS,
        group=MenuGroup.PEOPLE,
        order=300,
    ),
    MenuEntry(
        label=_("Register matches"),
        url_name="register_desk:matches",
        icon="link",
        right=Right.MATCH,
        group=MenuGroup.PEOPLE,
        order=400,
    ),
    MenuEntry(
        label=_("Where are we neglecting people?"),
        url_name="contacts_desk:neglect",
        icon="view",
        right=Right.SEE_CONTACTS,
        group=MenuGroup.PEOPLE,
        order=800,
    ),
    MenuEntry(
        label=_("Beds for travellers"),
        url_name="hosting_desk:stays",
        icon="home",
        right=Right.SEE_VOLUNTEERS,
        group=MenuGroup.PEOPLE,
        order=950,
    ),
)
