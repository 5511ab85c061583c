"""Which candidates of one ward campaign jointly, and by what: the same agent, the same rooms, or anything shared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

#: Council elections alone have the cut for joint candidates.
JOINT_ELECTIONS = frozenset({"local"})
Link = Literal["agent", "rooms", "material"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One candidate: the election and ward, the agent, whose rooms they use, and which items they share."""

    key: int
    election: str
    ward: str
    agent: str
    rooms_with: frozenset[int] = frozenset()
    items: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class JointStatus:
    """How many candidates campaign jointly, this one included; with whom; and by which links."""

    number: int
    partners: frozenset[int]
    links: frozenset[Link]

    @property
    def is_joint(self) -> bool:
        """Whether the limit is cut."""
        return self.number > 1


def joint_status(*, standing: Iterable[Standing]) -> dict[int, JointStatus]:
    """The joint status of each candidate. Whoever is linked to somebody who is linked to a third is joint with both.

    Names of agents are compared without regard to case and spaces; no agent's name links nobody.
    """
    everybody: Sequence[Standing] = tuple(standing)
    group = {one.key: {one.key} for one in everybody}
    links: dict[int, set[Link]] = {one.key: set() for one in everybody}
    for one, other in combinations(everybody, 2):
        found = _links(one, other)
        if not found:
            continue
        whole = group[one.key] | group[other.key]
        for key in whole:
            group[key] = whole
        links[one.key] |= found
        links[other.key] |= found
    return {
        one.key: JointStatus(
            number=len(group[one.key]),
            partners=frozenset(group[one.key] - {one.key}),
            links=frozenset().union(*(links[key] for key in group[one.key])),
        )
        for one in everybody
    }


def _links(one: Standing, other: Standing) -> set[Link]:
    if one.election not in JOINT_ELECTIONS or (one.election, one.ward) != (other.election, other.ward):
        return set()
    found: set[Link] = set()
    if _plain(one.agent) and _plain(one.agent) == _plain(other.agent):
        found.add("agent")
    if other.key in one.rooms_with or one.key in other.rooms_with:
        found.add("rooms")
    if one.items & other.items:
        found.add("material")
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
