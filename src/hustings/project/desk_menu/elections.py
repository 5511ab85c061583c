"""Elections, seats and registers."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry, MenuGroup

ENTRIES = (
    MenuEntry(
        label=_("Electoral registers"),
        url_name="register_desk:versions",
        icon="folder-open-inverse",
        right=Right.SEE_REGISTER,
        group=MenuGroup.ELECTIONS,
        order=300,
    ),
    MenuEntry(
        label=_("Polling stations"),
        url_name="register_desk:stations",
        icon="home",
        right=Right.SEE_REGISTER,
        group=MenuGroup.ELECTIONS,
        order=310,
    ),
    MenuEntry(
        label=_("Campaign map"),
        url_name="campaign_map_desk:seats",
        icon="site",
        right=Right.SEE_VOLUNTEERS,
        group=MenuGroup.ELECTIONS,
        order=350,
    ),
)
