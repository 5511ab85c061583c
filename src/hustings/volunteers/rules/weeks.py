"""Weeks by the wall clock of the United Kingdom, from Monday to Monday, and the minutes of a span that fall into one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from hustings.basics.clock import UK, uk_date


def week_of(*, day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_span(*, day: date) -> tuple[datetime, datetime]:
    """The first moment of a day's week and the first moment after it; 167 or 169 hours where the clocks change."""
    monday = week_of(day=day)
    return _midnight(monday), _midnight(monday + timedelta(days=7))


def weeks_touched(*, starts_at: datetime, ends_at: datetime) -> tuple[date, ...]:
    """The Mondays of every week that a half-open span touches, in order."""
    return tuple(_mondays(starts_at, ends_at))


def minutes_in_week(*, starts_at: datetime, ends_at: datetime, day: date) -> int:
    """The whole minutes of a half-open span that lie in a day's week."""
    first, last = week_span(day=day)
    inside = min(ends_at, last) - max(starts_at, first)
    return max(0, int(inside.total_seconds() // 60))


def _midnight(day: date) -> datetime:
    # In UTC: differences of two moments in one time zone are taken by the wall clock, an hour wrong when clocks change.
    return datetime.combine(day, time.min, tzinfo=UK).astimezone(UTC)


def _mondays(starts_at: datetime, ends_at: datetime) -> Iterator[date]:
    monday = week_of(day=uk_date(starts_at))
    while _midnight(monday) < ends_at:
        yield monday
        monday += timedelta(days=7)
