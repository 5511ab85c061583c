"""Which group of a family somebody goes into, and when a spare one opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a group of a family stands."""

    OPEN = "open"
    SPARE = "spare"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlace:
    """One group of a family: how many are in it and how many may be."""

    group_id: int
    number: int
    state: State
    capacity: int
    members: int

    @property
    def has_room(self) -> bool:
        """Whether one more fits."""
        return self.members < self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The group to go into (none: wait), and whether it is a spare one that opens for this."""

    group_id: int | None
    opens_spare: bool = False


def seat_for(*, places: Sequence[GroupPlace]) -> Seat:
    """The seat for one more volunteer in a family of groups.

    Open groups fill in the order of their numbers, so that each becomes a lively one before the next begins. Where every open
    group is full, the first spare one opens. Where there is none, the volunteer waits; whoever organises is told.
    """
    ordered = sorted(places, key=lambda place: place.number)
    for place in ordered:
        if place.state is State.OPEN and place.has_room:
            return Seat(group_id=place.group_id)
    for place in ordered:
        if place.state is State.SPARE and place.has_room:
            return Seat(group_id=place.group_id, opens_spare=True)
    return Seat(group_id=None)


def is_nearly_full(*, places: Sequence[GroupPlace]) -> bool:
    """Whether a new spare group should be made: no spare is left, and fewer than a tenth of the places (or five) are free."""
    if any(place.state is State.SPARE for place in places):
        return False
    held = [place for place in places if place.state is State.OPEN]
    free = sum(max(0, place.capacity - place.members) for place in held)
    return bool(held) and free < max(5, sum(place.capacity for place in held) // 10)
