"""The first entry: the desk itself."""

from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right
from hustings.accounts.pages.menu import MenuEntry

ENTRIES = (MenuEntry(label=_("Home"), url_name="desk:home", icon="home", right=Right.SEE_DESK, order=10),)
