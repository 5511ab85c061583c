"""The one clock. Only pages, commands and jobs read it; rules and use cases are handed the moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


class NaiveMoment(ValueError):
    """A moment must say which time zone it is in."""


class Clock(Protocol):
    """Tells the moment and the day."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def today_in_uk(self) -> date:
        """The date on a wall calendar in the United Kingdom."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)

    def today_in_uk(self) -> date:
        """The date on a wall calendar in the United Kingdom."""
        return uk_date(self.now())


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at one aware moment: for tests, and for showing a page as it was."""

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise NaiveMoment(
                "A fixed clock needs an aware moment, for example datetime(2026, 5, 7, tzinfo=UTC)."
            )

    def now(self) -> datetime:
        """The fixed moment, in UTC."""
        return self.at.astimezone(UTC)

    def today_in_uk(self) -> date:
        """The date in the United Kingdom at the fixed moment."""
        return uk_date(self.at)


def uk_date(moment: datetime) -> date:
    """The date in the United Kingdom at an aware moment: after midnight in summer it is ahead of UTC's."""
    if moment.tzinfo is None:
        raise NaiveMoment("A date can be told only from an aware moment.")
    return moment.astimezone(UK).date()


_clock: Clock = SystemClock()


def clock() -> Clock:
    """The clock in use."""
    return _clock


def set_clock(replacement: Clock) -> Clock:
    """Use another clock from now on and return the one used so far, so that the caller can put it back."""
    global _clock
    before, _clock = _clock, replacement
    return before


@contextmanager
def clock_set_to(at: datetime) -> Iterator[FixedClock]:
    """Let the clock stand at one moment within a `with` block."""
    fixed = FixedClock(at)
    before = set_clock(fixed)
    try:
        yield fixed
    finally:
        set_clock(before)
