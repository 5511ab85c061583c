"""Counting in working days, given the days that do not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar in which Saturdays, Sundays and the `excluded` days do not count.

    Which days are excluded is a question of law that differs by nation and by rule, so it comes from outside.
    """

    excluded: frozenset[date]

    @classmethod
    def without(cls, excluded: Iterable[date]) -> "WorkingDays":
        """The calendar without these days."""
        return cls(frozenset(excluded))

    def counts(self, on: date) -> bool:
        """Say whether the day is a working day."""
        return on.weekday() < 5 and on not in self.excluded

    def before(self, on: date, days: int) -> date:
        """The day `days` working days before `on`; `on` itself is not counted."""
        return self._step(on, days, -_DAY)

    def after(self, on: date, days: int) -> date:
        """The day `days` working days after `on`; `on` itself is not counted."""
        return self._step(on, days, _DAY)

    def on_or_after(self, on: date) -> date:
        """`on` if it is a working day, else the next one: where a last day is moved out of a weekend."""
        while not self.counts(on):
            on += _DAY
        return on

    def _step(self, on: date, days: int, step: timedelta) -> date:
        if days < 0:
            raise ValueError("Count a number of working days that is not negative.")
        while days:
            on += step
            if self.counts(on):
                days -= 1
        return on
