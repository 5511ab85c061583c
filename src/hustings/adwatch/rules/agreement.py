"""Agreement of coders: Krippendorff's alpha for nominal codes, and plain agreement beside it.

K. Krippendorff, *Content Analysis*, 4th edition, chapter 12. Alpha is 1 for perfect agreement, 0 for what chance would
give; units coded once say nothing and are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`alpha` is none where nothing can be said: no unit coded twice, or only one code ever used."""

    alpha: float | None
    units: int
    agreeing: int

    @property
    def share(self) -> float | None:
        """The share of doubly coded units on which all coders agree."""
        return self.agreeing / self.units if self.units else None


def krippendorff_alpha(*, codes: Sequence[Mapping[str, str]]) -> Agreement:
    """Nominal alpha; each unit maps coder to code, with any number of coders and gaps.

    With o the coincidences of values within units and n the pairable values: alpha = 1 − (n − 1) · Σ o(c,k≠c) / Σ n(c) · n(k≠c).
    """
    values: Counter[str] = Counter()
    disagreement = 0.0
    units = agreeing = 0
    for unit in codes:
        given = list(unit.values())
        if len(given) < 2:
            continue
        units += 1
        counts = Counter(given)
        agreeing += len(counts) == 1
        values.update(counts)
        pairs = sum(count * (len(given) - count) for count in counts.values())
        disagreement += pairs / (len(given) - 1)
    n = sum(values.values())
    expected = sum(count * (n - count) for count in values.values())
    if units == 0 or expected == 0:
        return Agreement(alpha=None, units=units, agreeing=agreeing)
    return Agreement(alpha=1 - (n - 1) * disagreement / expected, units=units, agreeing=agreeing)
