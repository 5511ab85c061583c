"""A volunteer says how much, and when, they want to be asked."""

from collections.abc import Sequence
from datetime import datetime

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.models import Volunteer
from hustings.volunteers.rules.free_times import SLOTS

#: There are no more minutes in a week.
_WEEK_MINUTES = 7 * 24 * 60


class ImpossibleLimit(Refusal):
    """More hours than a week has."""


def set_limits(
    *,
    volunteer: Volunteer,
    weekly_limit_minutes: int | None,
    free_times: Sequence[str],
    is_adult: bool,
    now: datetime,
) -> Volunteer:
    """Keep the limit (none for unset), the times and the confirmation of age. Raises `ImpossibleLimit`.

    What is booked already stays booked; only what is proposed from now on heeds the new limit.
    """
    if weekly_limit_minutes is not None and not 0 <= weekly_limit_minutes <= _WEEK_MINUTES:
        raise ImpossibleLimit(
            "impossible_limit", gettext_noop("A week has 168 hours. Enter a number of hours from 0 to 168.")
        )
    volunteer.weekly_limit_minutes = weekly_limit_minutes
    volunteer.free_times = [slot for slot in SLOTS if slot in set(free_times)]
    volunteer.adult_confirmed_at = (volunteer.adult_confirmed_at or now) if is_adult else None
    volunteer.save(update_fields=["weekly_limit_minutes", "free_times", "adult_confirmed_at"])
    return volunteer
