"""A rota of shifts: how a span of cover is cut, where people are missing, and how a gap is said in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftNeed:
    """One shift: its half-open span, the people wanted in each of its hours, and those who said they come."""

    key: int
    starts_at: datetime
    ends_at: datetime
    minimum: int
    held: int

    @property
    def missing(self) -> int:
        """People still wanted."""
        return max(0, self.minimum - self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch for which the same number of people are missing."""

    starts_at: datetime
    ends_at: datetime
    missing: int

    @property
    def hours(self) -> float:
        """How long it is."""
        return (self.ends_at - self.starts_at).total_seconds() / 3600


def cut_shifts(
    *, starts_at: datetime, ends_at: datetime, minutes: int
) -> tuple[tuple[datetime, datetime], ...]:
    """Cut a half-open span into shifts of so many minutes; a rest shorter than half a shift is added to the last one."""
    if minutes < 1:
        raise ValueError("A shift lasts at least a minute.")
    found: list[tuple[datetime, datetime]] = []
    begins, step = starts_at, timedelta(minutes=minutes)
    while begins < ends_at:
        ends = min(begins + step, ends_at)
        if found and (ends - begins) * 2 < step:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
        begins = ends
    return tuple(found)


def gaps_of(*, shifts: Iterable[ShiftNeed], since: datetime) -> tuple[Gap, ...]:
    """Where people are missing from a moment on, in order; neighbouring stretches that miss as many are one gap."""
    found: list[Gap] = []
    for shift in sorted(shifts, key=lambda each: (each.starts_at, each.key)):
        begins = max(shift.starts_at, since)
        if not shift.missing or begins >= shift.ends_at:
            continue
        last = found[-1] if found else None
        if last is not None and last.ends_at == begins and last.missing == shift.missing:
            found[-1] = Gap(starts_at=last.starts_at, ends_at=shift.ends_at, missing=last.missing)
        else:
            found.append(Gap(starts_at=begins, ends_at=shift.ends_at, missing=shift.missing))
    return tuple(found)


def longest_gap(*, shifts: Sequence[ShiftNeed]) -> Gap | None:
    """The longest gap of a whole rota; of equal ones the first."""
    if not shifts:
        return None
    gaps = gaps_of(shifts=shifts, since=min(shift.starts_at for shift in shifts))
    return max(gaps, key=lambda gap: gap.hours, default=None)


def overlaps(*, starts_at: datetime, ends_at: datetime, others: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether a half-open span touches any of the others."""
    return any(begins < ends_at and starts_at < ends for begins, ends in others)
