"""Daily spending out of a series of running totals, with what is odd about the series.

Researchers published the parties' spending during a campaign as one figure a day. Files called “daily” may hold running totals:
a party's values never fall, which daily amounts over weeks would. They are turned into daily amounts by differences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySpend:
    """What a party spent on one day, in pence."""

    party: str
    on: date
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something about the series that a reader should know."""

    party: str
    sentence: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Every day of every party, whether the values were running totals, and what is odd."""

    days: tuple[DailySpend, ...]
    were_totals: bool
    oddities: tuple[Oddity, ...]


def read_series(*, values: Mapping[str, Sequence[tuple[date, int]]]) -> Series:
    """Daily amounts from (day, pence) by party, in any order; a day that stands twice counts once, with its last value."""
    ordered = {party: sorted(dict(points).items()) for party, points in values.items()}
    were_totals = all(
        later >= earlier for points in ordered.values() for (_, earlier), (_, later) in pairwise(points)
    ) and any(len(points) > 2 for points in ordered.values())
    days: list[DailySpend] = []
    oddities: list[Oddity] = []
    for party, points in ordered.items():
        twice = sorted({on for on, _ in values[party] if [day for day, _ in values[party]].count(on) > 1})
        if twice:
            oddities.append(_odd(party, "stands twice on", twice))
        daily = _daily(points) if were_totals else points
        days += [DailySpend(party=party, on=on, pence=pence) for on, pence in daily]
        oddities += _gaps(party, points)
        if were_totals:
            oddities += _stretches(party, daily)
    return Series(days=tuple(days), were_totals=were_totals, oddities=tuple(oddities))


def _daily(points: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    first = points[:1]
    return [*first, *((on, value - before) for (_, before), (on, value) in pairwise(points))]


def _odd(party: str, words: str, days: Sequence[date]) -> Oddity:
    named = ", ".join(day.isoformat() for day in days)
    return Oddity(party=party, sentence=f"{party} {words} {named}.", days=tuple(days))


def _gaps(party: str, points: Sequence[tuple[date, int]]) -> list[Oddity]:
    missing = [
        before + timedelta(days=step)
        for (before, _), (after, _) in pairwise(points)
        for step in range(1, (after - before).days)
    ]
    return [_odd(party, "has no value on", missing)] if missing else []


def _stretches(party: str, daily: Sequence[tuple[date, int]]) -> list[Oddity]:
    """Three or more days with exactly the same amount, up to two pounds: somebody drew a straight line over missing days."""
    found: list[Oddity] = []
    run: list[tuple[date, int]] = []
    for point in [*daily, (date.max, -(10**12))]:
        if run and abs(point[1] - run[0][1]) <= 200:
            run.append(point)
            continue
        if len(run) >= 3 and run[0][1] > 0:
            found.append(
                _odd(party, f"has the same amount ({run[0][1] // 100:,} pounds) on", [on for on, _ in run])
            )
        run = [point]
    flat = [on for (on, pence) in daily[1:] if pence == 0]
    started = next((place for place, (_, pence) in enumerate(daily) if pence > 0), len(daily))
    flat = [on for on in flat if on > daily[started][0]] if started < len(daily) else []
    if flat:
        found.append(_odd(party, "shows nothing spent on", flat))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A span of days, the sums of the series in it, and how many parties' sums lie within a report's intervals."""

    first_on: date
    last_on: date
    sums: Mapping[str, int]
    within: int


def best_window(
    *, series: Series, report: Mapping[str, tuple[int, int | None]], days: int, names: Mapping[str, str]
) -> Window | None:
    """The span of so many days whose sums agree with a report best: most parties within their intervals, then the least
    distance over all. `names` maps the series' names to the report's.
    """
    by_day: dict[date, dict[str, int]] = {}
    for one in series.days:
        by_day.setdefault(one.on, {})[one.party] = one.pence
    best: tuple[int, float, Window] | None = None
    every = sorted(by_day)
    for place in range(len(every) - days + 1):
        span = every[place : place + days]
        sums: dict[str, int] = {}
        for on in span:
            for party, pence in by_day[on].items():
                sums[party] = sums.get(party, 0) + pence
        within, distance = 0, 0.0
        for party, name in names.items():
            low, high = report.get(name, (0, 0))
            value = sums.get(party, 0)
            within += low <= value and (high is None or value <= high)
            distance += max(low - value, 0) + (max(value - high, 0) if high is not None else 0)
        window = Window(first_on=span[0], last_on=span[-1], sums=sums, within=within)
        if best is None or (within, -distance) > (best[0], best[1]):
            best = (within, -distance, window)
    return best[2] if best else None
