"""How many agreed to what, for the desk's pages of phone banks and canvasses."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hustings.outreach.conversations.queries import AgreedCount
from hustings.outreach.conversations.rules.agreements import SMALL
from hustings.platform.pages.parts import Fact


def agreed_facts(*, counts: Iterable[AgreedCount]) -> list[Fact]:
    """A line for each thing; a handful of people is not counted out."""
    return [
        Fact(
            label=one.name.capitalize(),
            value=_("fewer than %(number)s") % {"number": SMALL} if one.people is None else one.people,
        )
        for one in counts
    ]
