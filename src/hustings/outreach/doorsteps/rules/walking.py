"""The order in which a walker takes the houses of one street."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from hustings.outreach.doorsteps.rules.houses import House

Key = TypeVar("Key", bound=Hashable)

#: From so many different numbers on a street is taken one side up and the other down; below, one crosses as one goes.
TWO_SIDES_FROM = 8


def walking_order(*, houses: Mapping[Key, House]) -> list[Key]:
    """Every house of one street once, in the order one walks: odd numbers up, even numbers down, then houses with names.

    A street with few numbers, or with numbers on one side only, is taken in plain order. Flats of one house stay together and
    in their own order on either side.
    """
    plain = sorted(houses, key=lambda key: houses[key].key)
    numbered = [key for key in plain if houses[key].number is not None]
    named = [key for key in plain if houses[key].number is None]
    numbers = {houses[key].number for key in numbered}
    odd = [key for key in numbered if (houses[key].number or 0) % 2]
    even = [key for key in numbered if not (houses[key].number or 0) % 2]
    if len(numbers) < TWO_SIDES_FROM or not odd or not even:
        return [*numbered, *named]
    return [*odd, *_downwards(even, houses), *named]


def _downwards(keys: list[Key], houses: Mapping[Key, House]) -> list[Key]:
    """Houses from the highest number down; the flats of each in their own order."""
    doors: dict[tuple[int, str], list[Key]] = {}
    for key in keys:
        doors.setdefault((houses[key].number or 0, houses[key].letter), []).append(key)
    return [key for door in reversed(doors.values()) for key in door]
