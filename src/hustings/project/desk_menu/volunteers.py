"""Volunteers, events, training, places that need them."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("Volunteers"),
        url_name="volunteers_desk:volunteers",
        icon="group",
        right=Right.SEE_VOLUNTEERS,
        group=MenuGroup.VOLUNTEERS,
        order=100,
    ),
    MenuEntry(
        label=_("Events"),
        url_name="volunteers_desk:events",
        icon="date",
        right=Right.SEE_VOLUNTEERS,
        group=MenuGroup.VOLUNTEERS,
        order=200,
    ),
    MenuEntry(
        label=_("Groups"),
        url_name="volunteers_desk:groups",
        icon="group",
        right=Right.SEE_VOLUNTEERS,
        group=MenuGroup.VOLUNTEERS,
        order=300,
    ),
    MenuEntry(
        label=_("Courses"),
        url_name="volunteers_desk:courses",
        icon="doc-full",
        right=Right.SEE_VOLUNTEERS,
        group=MenuGroup.VOLUNTEERS,
        order=400,
    ),
    MenuEntry(
        label=_("Conduct rules"),
        url_name="volunteers_desk:conduct_rules",
        icon="doc-full",
        right=Right.EDIT_COURSES,
        group=MenuGroup.VOLUNTEERS,
        order=500,
    ),
    MenuEntry(
        label=_("Reports"),
        url_name="volunteers_desk:reports",
        icon="warning",
        right=Right.EDIT_VOLUNTEERS,
        group=MenuGroup.VOLUNTEERS,
        order=600,
    ),
    MenuEntry(
        label=_("Cover"),
        url_name="support_desk:cover_list",
        icon="group",
        right=Right.SEE_COVER,
        group=MenuGroup.VOLUNTEERS,
        order=600,
    ),
    MenuEntry(
        label=_("Places"),
        url_name="support_desk:places",
        icon="site",
        right=Right.SEE_COVER,
        group=MenuGroup.VOLUNTEERS,
        order=650,
    ),
    MenuEntry(
        label=_("Cases"),
        url_name="support_desk:cases",
        icon="help",
        right=Right.SEE_CASES,
        group=MenuGroup.VOLUNTEERS,
        order=700,
    ),
)
