"""Made-up campaigns and items for tests: Septimus Harding stands in Barset East on 7 May 2026."""

from datetime import UTC, date, datetime
from typing import Any

from hustings.accounts.models import User
from hustings.money.models import Campaign, Expense, Nation, SeatKind
from hustings.money.usecases.open_books import open_books
from hustings.money.usecases.record_expense import ExpenseFacts, Sharing, record_expense
from tests.cast import Cast, make_user

POLL = date(2026, 5, 7)
MADE_AT = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


def make_campaign(**changes: Any) -> Campaign:
    """A stored council campaign with 7,500 electors: a limit of £1,560.00, not worked out yet."""
    facts: dict[str, Any] = {
        "name": "Septimus Harding",
        "election_type": "local",
        "area_name": "Barset East",
        "poll_on": POLL,
        "regulated_from": date(2026, 3, 31),
        "regulated_until": date(2026, 5, 8),
        "electorate": 7500,
        "agent_name": "Agnes Lampwright",
        "nation": Nation.ENGLAND,
        "seat_kind": SeatKind.ANY,
        "made_at": MADE_AT,
        **changes,
    }
    return Campaign.objects.create(**facts)


def make_books(*, by: User, now: datetime, **changes: Any) -> Campaign:
    """The same through the use case: with its limit."""
    campaign = make_campaign(**changes)
    return open_books(campaign=campaign, by=by, now=now)


def facts(**changes: Any) -> ExpenseFacts:
    """A leaflet of £400, ordered on 1 April."""
    found: dict[str, Any] = {
        "category": "unsolicited",
        "what": "Leaflet about the library",
        "supplier_name": "Barset Press",
        "supplier_address": "2 Mill Lane, Barchester, ZZ1 2BB",
        "amount_pence": 40_000,
        "committed_on": date(2026, 4, 1),
        "first_use_on": date(2026, 4, 2),
        "last_use_on": date(2026, 5, 7),
        **changes,
    }
    return ExpenseFacts(**found)


def spend(campaign: Campaign, *, by: User, now: datetime, **changes: Any) -> Expense:
    """An item of one campaign alone."""
    return record_expense(
        facts=facts(**changes), sharing=Sharing(campaigns=[campaign]), by=by, now=now, has_seen_warning=True
    )


def west_agent(cast: Cast) -> User:
    """An agent who looks after Barset West only."""
    return make_user(name="Will", role="agent", area=cast.west)


#: A by-election that is over: Barset East voted on 26 February 2026, and spending counted from 29 January.
BY_ELECTION: dict[str, Any] = {
    "election_type": "parl-by-election",
    "poll_on": date(2026, 2, 26),
    "regulated_from": date(2026, 1, 29),
    "regulated_until": date(2026, 2, 27),
    "result_on": date(2026, 2, 27),
    "electorate": 71_841,
    "agent_address": "4 Lamplighter Row, Barchester, ZZ1 1AA",
    "candidate_address": "9 Quiet Close, Barchester, ZZ1 3CC",
}
#: Days of an item that was ordered and used within it.
IN_FEBRUARY: dict[str, Any] = {
    "committed_on": date(2026, 2, 2),
    "first_use_on": date(2026, 2, 5),
    "last_use_on": date(2026, 2, 26),
}
