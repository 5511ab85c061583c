"""Entries of the desk's menu: each app's pages are listed in `project/desk_menu`, each behind a right."""

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import may


class MenuGroup(StrEnum):
    """Where an entry hangs: on the menu itself, or in one of its folders."""

    TOP = "top"
    PEOPLE = "people"
    ACTIONS = "actions"
    VOLUNTEERS = "volunteers"
    SENDING = "sending"
    ELECTIONS = "elections"
    MONEY = "money"
    RECORD = "record"
    ADS = "ads"
    WEBSITE = "website"
    SET_UP = "set_up"


#: Label, icon and place of each folder of the menu.
FOLDERS: dict[MenuGroup, tuple[Promise, str, int]] = {
    MenuGroup.PEOPLE: (_("People"), "group", 200),
    MenuGroup.ACTIONS: (_("Petitions"), "clipboard-list", 300),
    MenuGroup.VOLUNTEERS: (_("Volunteers"), "group", 350),
    MenuGroup.SENDING: (_("Messages"), "mail", 400),
    MenuGroup.ELECTIONS: (_("Elections"), "calendar-check", 500),
    MenuGroup.MONEY: (_("Money"), "decimal", 550),
    MenuGroup.RECORD: (_("Public record"), "list-ol", 600),
    MenuGroup.ADS: (_("Ad archives"), "view", 650),
    MenuGroup.WEBSITE: (_("Website"), "site", 700),
    MenuGroup.SET_UP: (_("Set-up"), "cogs", 900),
}


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """One line of the desk's menu: where it leads, and the right without which it is not shown.

    `url_name` is a named address without arguments, `icon` one of Wagtail's icons, `order` its place within the group.
    """

    label: str | Promise
    url_name: str
    icon: str
    right: Right
    group: MenuGroup = MenuGroup.TOP
    order: int = 500

    @property
    def url(self) -> str:
        """The address it leads to."""
        return reverse(self.url_name)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether whoever asks holds the right anywhere."""
        return may(request, self.right)
