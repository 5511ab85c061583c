"""Gifts as a campaign's return lists them."""

from hustings.money.models import Campaign
from hustings.money.rules.return_content import DonationLine


def donations_of(*, campaign: Campaign) -> tuple[DonationLine, ...]:
    """Accepted gifts above the floor, by day."""
    return ()


def undecided_gifts(*, campaign: Campaign) -> int:
    """How many gifts wait for a decision."""
    return 0
