"""A small chart of bars by day, as SVG, with the same figures as a table for those who cannot see it.

Altair draws the charts that have axes worth reading; it takes more than a second to load and this page is opened all day,
so its one row of bars is drawn here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hustings.desk.queries import DayCount
from hustings.platform.words import day, number

HEIGHT = 72
STEP = 12
WIDTH = 9


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: where it stands and what it says."""

    x: int
    y: int
    height: int
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Bars:
    """The whole chart."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    total: int
    first: str
    last: str


def bars_of(*, days: Sequence[DayCount]) -> Bars:
    """The chart of a row of days; the highest fills it, a day with any has at least two pixels."""
    highest = max((each.count for each in days), default=0) or 1
    bars = []
    for index, each in enumerate(days):
        height = max(2, round(each.count / highest * HEIGHT)) if each.count else 0
        bars.append(
            Bar(
                x=index * STEP,
                y=HEIGHT - height,
                height=height,
                label=f"{day(each.on)}: {number(each.count)}",
                count=each.count,
            )
        )
    return Bars(
        bars=tuple(bars),
        width=len(days) * STEP,
        height=HEIGHT,
        total=sum(each.count for each in days),
        first=day(days[0].on) if days else "",
        last=day(days[-1].on) if days else "",
    )
