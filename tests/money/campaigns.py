"""A made-up campaign for tests: Septimus Harding stands in the Barset East by-election of 7 May 2026."""

from datetime import UTC, date, datetime
from typing import Any

from hustings.money.models import Campaign, ElectionType

POLL = date(2026, 5, 7)


def make_campaign(**changes: Any) -> Campaign:
    """A stored council campaign with 7,500 electors: a limit of £1,560.00."""
    facts: dict[str, Any] = {
        "name": "Septimus Harding",
        "election_type": ElectionType.LOCAL,
        "area_name": "Barset East",
        "poll_on": POLL,
        "regulated_from": date(2026, 3, 31),
        "regulated_until": date(2026, 5, 8),
        "electorate": 7500,
        "agent_name": "Agnes Lampwright",
        "made_at": datetime(2026, 3, 30, 9, 0, tzinfo=UTC),
        **changes,
    }
    return Campaign.objects.create(**facts)
