"""When a case is looked after by nobody, so that an officer may take it over."""

from datetime import datetime, timedelta
from enum import StrEnum

#: How long a step may be overdue before its team counts as away. The team itself is told the minute it falls due.
AWAY_AFTER = timedelta(hours=1)


class LeftAlone(StrEnum):
    """Why a case is looked after by nobody."""

    NO = "no"
    EMPTY = "empty"
    AWAY = "away"


def left_alone(*, is_open: bool, able_members: int, step_due_at: datetime | None, now: datetime) -> LeftAlone:
    """Whether nobody looks after a case: no member can still sign in and act, or an open one's step is an hour overdue.

    A closed case counts while it exists, because its follow-ups are due still and it must be seen to be deleted.
    """
    if able_members < 1:
        return LeftAlone.EMPTY
    if is_open and step_due_at is not None and now >= step_due_at + AWAY_AFTER:
        return LeftAlone.AWAY
    return LeftAlone.NO
