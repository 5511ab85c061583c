"""Which seats the map has sent people to, and would send them to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from hustings.elections.rules.need import Need
from hustings.places.queries import centre_points
from hustings.website.campaign_map.models import Sending
from hustings.website.campaign_map.rules.pull import first_from_everywhere

DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Counts of the last 28 days: how often a seat was the first of an answer, and among the first five."""

    first: int = 0
    shown: int = 0


def sent_lately(*, today: date) -> dict[str, Sent]:
    """The counts by code; seats that were not named are not there."""
    rows = Sending.objects.filter(on__gt=today - timedelta(days=DAYS), on__lte=today).order_by()
    found = rows.values_list("code").annotate(first=Sum("first"), shown=Sum("shown"))
    return {code: Sent(first=first, shown=shown) for code, first, shown in found}


def pull(*, needs: Sequence[Need]) -> Counter[str]:
    """From how many of the seats' middles each seat comes first."""
    return first_from_everywhere(needs=needs, points=centre_points(codes=[need.seat.code for need in needs]))
