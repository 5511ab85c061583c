"""The times of the week at which somebody may be asked: days by mornings, afternoons and evenings, by the wall clock."""

from collections.abc import Collection
from datetime import datetime, timedelta

from hustings.basics.clock import UK

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: Part of the day, first and last hour (exclusive). The night belongs to no part: nobody is proposed for it unasked.
PARTS = {"morning": (6, 12), "afternoon": (12, 17), "evening": (17, 23)}

SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)


def slots_touched(*, starts_at: datetime, ends_at: datetime) -> frozenset[str]:
    """Every slot that a half-open span touches; hours of the night touch `night`, which nobody can offer."""
    touched, moment = set(), starts_at.astimezone(UK).replace(minute=0, second=0, microsecond=0)
    while moment < ends_at:
        name = next((part for part, (first, last) in PARTS.items() if first <= moment.hour < last), "night")
        touched.add(name if name == "night" else f"{DAYS[moment.weekday()]}-{name}")
        moment += timedelta(hours=1)
    return frozenset(touched)


def is_free(*, free_times: Collection[str], starts_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody with these times may be proposed for the whole span; no times at all means any time."""
    return not free_times or slots_touched(starts_at=starts_at, ends_at=ends_at) <= set(free_times)
