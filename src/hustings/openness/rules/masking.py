"""Publish how many people were reached without showing a handful of them.

Every published number of people is a band of ten with fixed edges: 0 to 9, 10 to 19, 20 to 29 … Small counts are "fewer than
10". Where a total is shown with its parts, the total is the sum of the parts' bands and nothing finer: else nine wards
"fewer than 10" with a total of "80 to 89" would give away nearly all of them. A cost that grows with the number of people is
widened to whatever the total's band could have cost. So everything published about people follows from the parts' bands
alone: whoever reads it, however cleverly, learns nothing more than those (docs/algorithms/public_record.md has the argument).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 10  # people
_LEAST_COST = 1_000  # pence: the narrowest band of a cost


@dataclass(frozen=True, kw_only=True)
class Band:
    """All that is said of a number: it is at least this and at most that."""

    at_least: int
    at_most: int

    @property
    def is_small(self) -> bool:
        """Whether it is shown as "fewer than 10"."""
        return self.at_most < WIDTH

    def as_dict(self) -> dict[str, int]:
        """As it is published."""
        return {"at_least": self.at_least, "at_most": self.at_most}


def banded(people: int) -> Band:
    """The band in which a number of people lies.

    >>> banded(9_874)
    Band(at_least=9870, at_most=9879)
    """
    if people < 0:
        raise ValueError("There are never fewer people than none.")
    low = people - people % WIDTH
    return Band(at_least=low, at_most=low + WIDTH - 1)


def total_of(parts: Iterable[Band]) -> Band:
    """The band of a total that is shown with its parts: what their bands add up to; a band of nobody where there are none.

    >>> total_of([banded(3), banded(25)])
    Band(at_least=20, at_most=38)
    """
    shown = list(parts)
    if not shown:
        return banded(0)
    return Band(at_least=sum(one.at_least for one in shown), at_most=sum(one.at_most for one in shown))


def banded_cost(cost_pence: int, *, people: int, band: Band) -> Band:
    """The band, in pence, in which the cost of reaching people lies, when `band` is published of their number.

    It reaches from what the fewest people of the band would have cost to what the most would have, at this cost for each, and
    outwards to whole steps of £10, £100, £1,000 …, the first that is at least a tenth of the cost. So dividing by a price
    that everybody knows (a stamp) leaves every number of the band possible.

    >>> banded_cost(1_234, people=100, band=banded(100))
    Band(at_least=1000, at_most=1999)
    """
    if cost_pence < 0 or people < 0:
        raise ValueError("Costs and people are never less than nothing.")
    each = Fraction(cost_pence, max(people, 1))
    lowest, highest = each * band.at_least, max(each * band.at_most, Fraction(0 if people else cost_pence))
    # The step must not tell the number of people either, so it is chosen by the top of the band and not by the cost.
    step = _LEAST_COST
    while step * WIDTH < highest:
        step *= 10
    low = int(lowest // step) * step
    return Band(at_least=low, at_most=int(highest // step) * step + step - 1)
