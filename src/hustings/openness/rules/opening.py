"""The day on which numbers, cost and targeting are opened."""

from datetime import date, timedelta

#: Without a poll to wait for: long enough for a campaign to run, short enough for people to care.
USUAL_DAYS = 28


def opening_day(*, recorded_on: date, poll_on: date | None) -> date:
    """The first day on which an entry's dated documents are open.

    At the latest the day after the poll the entry bears on, and never later than four weeks after it was
    recorded where no poll lies ahead. It is stated in the leaf, so that it cannot be put off.
    """
    usual = recorded_on + timedelta(days=USUAL_DAYS)
    if poll_on is None or poll_on < recorded_on:
        return usual
    return poll_on + timedelta(days=1)


def is_open(*, seal: str, opens_on: date | None, on: date) -> bool:
    """Whether a document with this seal is open on this day."""
    if seal == "open":
        return True
    return seal == "dated" and opens_on is not None and on >= opens_on
