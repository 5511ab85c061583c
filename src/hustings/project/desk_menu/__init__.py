"""The desk's menu: every page of every app that stands in it, by group, behind the right that it needs."""

from collections.abc import Sequence

from hustings.accounts.pages.menu import MenuEntry
from hustings.project.desk_menu import (
    actions,
    ads,
    elections,
    home,
    money,
    people,
    record,
    sending,
    set_up,
    volunteers,
    website,
)

#: The desk's menu; each entry is shown to those who hold its right, within a group in the order it gives.
DESK_MENU: Sequence[MenuEntry] = (
    *home.ENTRIES,
    *people.ENTRIES,
    *actions.ENTRIES,
    *sending.ENTRIES,
    *volunteers.ENTRIES,
    *elections.ENTRIES,
    *money.ENTRIES,
    *website.ENTRIES,
    *record.ENTRIES,
    *ads.ENTRIES,
    *set_up.ENTRIES,
)
