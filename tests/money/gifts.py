"""Made-up gifts for tests, written down by Tess the treasurer."""

from datetime import UTC, date, datetime
from typing import Any

from hustings.accounts.models import User
from hustings.money.models import Campaign, Gift
from hustings.money.usecases.record_gift import DonorFacts, GiftFacts, record_gift

NOW = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
ADA: dict[str, Any] = {
    "given_name": "Ada",
    "family_name": "Marsh",
    "address": "3 Mill Street",
    "postcode": "ZZ1 1AA",
    "email": "ada@post.example",
}


def make_gift(
    *, campaign: Campaign, by: User, pounds: int = 100, donor: dict[str, Any] | None = None, **facts: Any
) -> Gift:
    """A stored gift of Ada Marsh's of 10 April 2026, by card."""
    given: dict[str, Any] = {
        "amount_pence": pounds * 100,
        "received_on": date(2026, 4, 10),
        "route": "card",
        "evidence": "Card statement, line 1",
        **facts,
    }
    return record_gift(
        campaign=campaign,
        donor=DonorFacts(**(ADA if donor is None else donor)),
        facts=GiftFacts(**given),
        by=by,
        now=NOW,
    )
