"""Intervals of money and of impressions: what an archive says is a band, and a sum of bands is a band.

Archives publish “≤100”, “100–199” or “more than 1,000,000”. Both ends are carried through every sum in whole units (pence,
impressions); an open top stays open. A single figure appears only as an `Estimate`, which names its method and holds the
interval it comes from.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class BackwardInterval(ValueError):
    """The lower end lies above the upper end, or below nought."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; `high` is none where the archive names no top."""

    low: int
    high: int | None

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise BackwardInterval(f"{self.low} to {self.high} is no interval.")

    def __add__(self, other: "Interval") -> "Interval":
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    @property
    def is_open(self) -> bool:
        """Whether there is no top."""
        return self.high is None

    @property
    def is_exact(self) -> bool:
        """Whether both ends are the same."""
        return self.low == self.high

    def holds(self, value: int) -> bool:
        """Whether a value lies inside."""
        return self.low <= value and (self.high is None or value <= self.high)

    def meets(self, other: "Interval") -> bool:
        """Whether the two share a value."""
        return (other.high is None or self.low <= other.high) and (
            self.high is None or other.low <= self.high
        )


NOTHING = Interval(0, 0)


def total(*, parts: Iterable[Interval]) -> Interval:
    """The sum: lows added, highs added, open as soon as one part is open."""
    low, high = 0, 0
    is_open = False
    for part in parts:
        low += part.low
        if part.high is None:
            is_open = True
        else:
            high += part.high
    return Interval(low, None if is_open else high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One figure out of an interval, never shown without its method and the interval beside it."""

    value: int
    method: str
    interval: Interval


def midpoint(*, interval: Interval) -> Estimate:
    """The middle of a closed interval, halves rounded down; of an open one the lower end, which the method then says."""
    if interval.high is None:
        return Estimate(value=interval.low, method="lower end, as the top band is open", interval=interval)
    return Estimate(value=(interval.low + interval.high) // 2, method="midpoint", interval=interval)
