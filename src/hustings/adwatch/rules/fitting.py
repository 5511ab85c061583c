"""A point estimate fitted to exact totals: how far into their bands do the ads of an advertiser lie?

Where an archive gives both bands for each ad and an exact total for the advertiser over the same days, one number, the
position t between 0 (all at the lower end) and 1 (all at the upper end), makes the bands add up to the total. The median
position of the advertisers for whom both exist then serves for those that have bands alone. A total outside its bands has
no position: it contradicts its ads, and is a finding.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from hustings.adwatch.rules.intervals import Estimate, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An advertiser's bands added up, and the exact total of the same days (or the narrow interval that stands for it)."""

    bands: Interval
    exact: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The median position in the band, from how many advertisers, and how many totals contradicted their ads."""

    position: float
    pairs: int
    contradictions: int


def position(*, pair: Pair) -> float | None:
    """Where the exact total lies between the ends of the bands; none for an open, exact or contradicted band."""
    bands, exact = pair.bands, pair.exact
    if bands.high is None or bands.high == bands.low or exact.high is None or not bands.meets(exact):
        return None
    middle = (exact.low + exact.high) / 2
    return min(1.0, max(0.0, (middle - bands.low) / (bands.high - bands.low)))


def fit(*, pairs: Iterable[Pair]) -> Fit | None:
    """The median position over all pairs that have one; none where there is no such pair."""
    found: list[float] = []
    contradictions = 0
    for pair in pairs:
        if not pair.bands.meets(pair.exact):
            contradictions += 1
        place = position(pair=pair)
        if place is not None:
            found.append(place)
    if not found:
        return None
    return Fit(position=median(found), pairs=len(found), contradictions=contradictions)


def fitted(*, interval: Interval, by: Fit) -> Estimate | None:
    """The figure at the fitted position of a closed interval; none for an open one, as nothing bounds it."""
    if interval.high is None:
        return None
    value = round(interval.low + by.position * (interval.high - interval.low))
    return Estimate(
        value=value,
        method=f"{by.position:.0%} of the way through the band, the median of {by.pairs} advertisers with exact totals",
        interval=interval,
    )
