"""Publish how many people were reached without showing a handful of them.

Every published number of people is a band of ten with fixed edges: 0 to 9, 10 to 19, 20 to 29 … Small counts
are "fewer than 10". Two bands never prove a difference of one to nine: whatever is published, either no
difference at all or one of ten or more fits as well (docs/algorithms/public_record.md has the argument). A
cost that grows with the number of people is banded too, wide enough that it tells no more than the band of
people does.
"""

from dataclasses import dataclass

WIDTH = 10  # people


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


def banded_cost(cost_pence: int, *, people: int) -> Band:
    """The band, in pence, in which the cost of reaching people lies.

    The width is the first of £10, £100, £1,000 … that pays for at least ten people at the price of one, so
    that dividing by a price everybody knows (a stamp) gives no finer number of people than the band of
    people.

    >>> banded_cost(1_234, people=100)
    Band(at_least=1000, at_most=1999)
    """
    if cost_pence < 0 or people < 0:
        raise ValueError("Costs and people are never less than nothing.")
    width = 1_000
    while people and width * people < WIDTH * cost_pence:
        width *= 10
    low = cost_pence - cost_pence % width
    return Band(at_least=low, at_most=low + width - 1)
