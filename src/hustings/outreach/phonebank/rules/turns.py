"""What becomes of somebody on the list after a call: whether they are rung again, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hustings.outreach.phonebank.rules.hours import Hours, next_moment


class Result(StrEnum):
    """How a call ended. `REFUSED` is the gate's answer when it was asked again, not a caller's."""

    SPOKE = "spoke"
    NO_ANSWER = "no_answer"
    LATER = "later"
    WRONG_NUMBER = "wrong_number"
    OBJECTED = "objected"
    GONE = "gone"
    REFUSED = "refused"


#: What a caller can say.
OF_CALLERS = tuple(result for result in Result if result is not Result.REFUSED)

#: Somebody of theirs was on the line: counted as reached.
REACHED = frozenset({Result.SPOKE, Result.OBJECTED, Result.LATER})

#: The person's own number rang: counted as called. A wrong number is somebody else's.
CALLED = frozenset({*REACHED, Result.NO_ANSWER, Result.GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What follows: done with, or waiting until `not_before`; `is_promised` where they named the moment themselves."""

    is_done: bool
    tries: int
    not_before: datetime | None = None
    is_promised: bool = False


def turn_after(
    *,
    result: Result,
    tries: int,
    at: datetime,
    hours: Hours,
    most_tries: int,
    hours_between: int,
    later_at: datetime | None = None,
    has_other_number: bool = False,
) -> Turn:
    """What follows a call that ended so `at` a moment, after `tries` tries before it.

    Nobody answered: again after so many hours within the hours, until the most tries are used up. Rung later: at the moment
    they named, or like nobody answered where they named none; what they asked for is not counted as a try. A wrong number: at
    once by another, where there is one.
    """
    if result is Result.LATER:
        again = later_at or at + timedelta(hours=hours_between)
        return Turn(
            is_done=False,
            tries=tries,
            not_before=next_moment(at=again, hours=hours),
            is_promised=later_at is not None,
        )
    if result is Result.WRONG_NUMBER:
        return Turn(is_done=not has_other_number, tries=tries)
    made = tries + 1
    if result is Result.NO_ANSWER and made < most_tries:
        again = next_moment(at=at + timedelta(hours=hours_between), hours=hours)
        return Turn(is_done=False, tries=made, not_before=again)
    return Turn(is_done=True, tries=made)
