"""Shares of an audience when each ad's impressions are an interval: the exact least and greatest share.

Ad i was shown x(i) times, somewhere between low(i) and high(i), and a share s(i) of that to the group in question. The
group's share of all, Σ s(i)·x(i) / Σ x(i), is greatest where every ad with a share above the answer was shown as often as
possible and every other as seldom as possible; the least is the mirror image. Ordering the ads by share and trying each
place to cut finds both exactly, in one pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One ad, or many with the same share: impressions from `low` to `high`, none where open, and the group's share of them."""

    low: float
    high: float | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareInterval:
    """The least and greatest possible share, 0 to 1; none where no impression is certain or possible."""

    low: float | None
    high: float | None


def share_interval(*, ads: Sequence[Exposure]) -> ShareInterval:
    """The range of the group's share over every way in which the impressions may lie in their intervals."""
    if not ads or all(ad.high == 0 for ad in ads):
        return ShareInterval(low=None, high=None)
    greatest = _greatest([(ad.low, ad.high, ad.share) for ad in ads])
    least = 1 - _greatest([(ad.low, ad.high, 1 - ad.share) for ad in ads])
    return ShareInterval(low=max(0.0, least), high=min(1.0, greatest))


def _greatest(ads: list[tuple[float, float | None, float]]) -> float:
    ordered = sorted(ads, key=lambda ad: -ad[2])
    weight = sum(low for low, _, _ in ordered)
    part = sum(low * share for low, _, share in ordered)
    best = part / weight if weight else ordered[0][2]
    for low, high, share in ordered:
        if weight and share <= part / weight:
            break
        if high is None:
            # Shown without limit, this ad alone decides.
            return max(best, share)
        weight += high - low
        part += (high - low) * share
        if weight:
            best = max(best, part / weight)
    return best
