"""A phone tree: who rings whom, so that everybody is rung and nobody rings more than a few."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One line of the tree: who it is (their place in the list), who rings them (none: the office), and how deep."""

    key: int
    caller: int | None
    depth: int


def phone_tree(*, people: Sequence[int], each_rings: int) -> tuple[Branch, ...]:
    """The tree over people in order of nearness: the office rings the first few, each of them the next few, and so on.

    Nobody rings more than `each_rings`; depth grows with the logarithm of the number of people. Raises `ValueError` below one.
    """
    if each_rings < 1:
        raise ValueError("Everybody in a tree rings at least one.")
    branches: list[Branch] = []
    for place, key in enumerate(people):
        caller = place // each_rings - 1
        if caller < 0:
            branches.append(Branch(key=key, caller=None, depth=1))
        else:
            above = branches[caller]
            branches.append(Branch(key=key, caller=above.key, depth=above.depth + 1))
    return tuple(branches)
