"""A lone canvasser's check-in: when to remind, and when a missed check-out opens a case."""

from datetime import datetime, timedelta
from enum import StrEnum

#: How long after the time somebody said they would be back a case is opened.
GRACE = timedelta(minutes=20)
#: The longest time out without a word.
MOST_HOURS = 6


class CheckInAct(StrEnum):
    """What is to be done about a check-in now."""

    NOTHING = "nothing"
    REMIND = "remind"
    OPEN_CASE = "open_case"


def act_now(
    *,
    due_at: datetime,
    ended_at: datetime | None,
    reminded_at: datetime | None,
    has_case: bool,
    now: datetime,
) -> CheckInAct:
    """Remind once when the time is up; open a case when the grace is over and nothing was heard."""
    if ended_at is not None or has_case or now < due_at:
        return CheckInAct.NOTHING
    if now >= due_at + GRACE:
        return CheckInAct.OPEN_CASE
    return CheckInAct.REMIND if reminded_at is None else CheckInAct.NOTHING
