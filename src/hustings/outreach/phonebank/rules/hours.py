"""The hours in which people may be rung, by the clock of the United Kingdom; summer time is in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from hustings.basics.clock import UK
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.tables import RuleTable, load_table

_TABLES = Path(__file__).parent / "tables"


class HoursTooWide(Refusal):
    """The hours end before they begin, or are wider than anybody may be rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From `first` (included) to `last` (not included), every day."""

    first: time
    last: time


@cache
def calling_hours() -> RuleTable:
    """Our own hours, by day."""
    return load_table(_TABLES / "calling_hours.toml")


def usual_hours(*, on: date) -> Hours:
    """What a new phone bank begins with."""
    entry = calling_hours().entry(on=on, key="call")
    return Hours(first=time.fromisoformat(entry.text("first")), last=time.fromisoformat(entry.text("last")))


def widest_hours(*, on: date) -> Hours:
    """Outside these nobody is rung, whatever a bank says."""
    entry = calling_hours().entry(on=on, key="call")
    return Hours(
        first=time.fromisoformat(entry.text("earliest")), last=time.fromisoformat(entry.text("latest"))
    )


def check_hours(*, hours: Hours, on: date) -> None:
    """Raise `HoursTooWide` where the hours end before they begin or go beyond the widest."""
    widest = widest_hours(on=on)
    if hours.first >= hours.last:
        raise HoursTooWide("order", gettext_noop("The hours must end after they begin."))
    if hours.first < widest.first or hours.last > widest.last:
        raise HoursTooWide(
            "wide",
            gettext_noop("Nobody is rung before {first} or from {last} on. Choose hours between them."),
            first=f"{widest.first:%H:%M}",
            last=f"{widest.last:%H:%M}",
        )


def may_ring(*, at: datetime, hours: Hours) -> bool:
    """Whether an aware moment lies within the hours.

    >>> from datetime import UTC
    >>> hours = Hours(first=time(9), last=time(20, 30))
    >>> [may_ring(at=datetime(2026, month, 1, 8, 30, tzinfo=UTC), hours=hours) for month in (1, 7)]
    [False, True]
    """
    return hours.first <= at.astimezone(UK).time().replace(tzinfo=None) < hours.last


def next_moment(*, at: datetime, hours: Hours) -> datetime:
    """The moment itself where it lies within the hours, or else the next at which they begin."""
    if may_ring(at=at, hours=hours):
        return at
    local = at.astimezone(UK)
    day = local.date() if local.time() < hours.first else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.first, UK).astimezone(at.tzinfo)
