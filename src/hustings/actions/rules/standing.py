"""Where a petition stands at a moment, and until when a signature may be confirmed."""

from datetime import datetime, timedelta
from enum import StrEnum

#: How long the link in a confirmation message works, and how long an unconfirmed signature is kept.
DAYS_TO_CONFIRM = 30

#: Signatures made while a petition was open may be confirmed for this long after it closed.
DAYS_TO_CONFIRM_AFTER_CLOSING = 7


class Standing(StrEnum):
    """What a visitor finds."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


def standing(*, state: str, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> Standing:
    """Where a petition stands: what staff set (`draft`, `open`, `closed`), narrowed by its two moments.

    It is open from `opens_at` on and closed from `closes_at` on; a missing moment narrows nothing.
    """
    if state == "draft":
        return Standing.DRAFT
    if state == "closed" or (closes_at is not None and now >= closes_at):
        return Standing.CLOSED
    if opens_at is not None and now < opens_at:
        return Standing.COMING
    return Standing.OPEN


def confirms_until(*, signed_at: datetime, closes_at: datetime | None) -> datetime:
    """The moment at which a signature's link stops working."""
    last = signed_at + timedelta(days=DAYS_TO_CONFIRM)
    if closes_at is None:
        return last
    return min(last, max(closes_at, signed_at) + timedelta(days=DAYS_TO_CONFIRM_AFTER_CLOSING))
