"""Whether somebody can take a shift: their own weekly limit, and what they have promised already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hustings.support.rules.rota import overlaps
from hustings.volunteers.rules.weeks import minutes_in_week, weeks_touched


class Obstacle(StrEnum):
    """Why somebody cannot take a shift."""

    NONE = "none"
    OVERLAP = "overlap"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What somebody has promised (half-open spans, all kinds of work together) and their weekly limit in minutes, if any."""

    limit_minutes: int | None
    promised: tuple[tuple[datetime, datetime], ...] = ()


def obstacle(*, capacity: Capacity, starts_at: datetime, ends_at: datetime) -> Obstacle:
    """What stands against one more shift; in each week that it touches, promises and shift together keep to the limit."""
    if overlaps(starts_at=starts_at, ends_at=ends_at, others=capacity.promised):
        return Obstacle.OVERLAP
    if capacity.limit_minutes is None:
        return Obstacle.NONE
    with_it = (*capacity.promised, (starts_at, ends_at))
    for week in weeks_touched(starts_at=starts_at, ends_at=ends_at):
        if minutes_promised(spans=with_it, week=week) > capacity.limit_minutes:
            return Obstacle.LIMIT
    return Obstacle.NONE


def minutes_promised(*, spans: Iterable[tuple[datetime, datetime]], week: date) -> int:
    """Minutes of these spans in a week."""
    return sum(minutes_in_week(starts_at=begins, ends_at=ends, day=week) for begins, ends in spans)
