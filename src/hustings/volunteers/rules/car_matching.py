"""Who could ride with whom, by the first half of their postcodes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OUTWARD = re.compile(r"([A-Z]{1,2})(\d[A-Z\d]?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Seats offered or wanted: `outward` is the first half of a postcode (ZZ1)."""

    share_id: int
    outward: str
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """A seat for somebody in somebody's car."""

    offer_id: int
    want_id: int


def is_outward(*, text: str) -> bool:
    """Whether a text has the shape of the first half of a postcode."""
    return _OUTWARD.fullmatch(text) is not None


def match_cars(*, offers: Sequence[Share], wants: Sequence[Share], refused: frozenset[Ride]) -> list[Ride]:
    """Propose rides: first those from the same district, then from districts of the same area by the nearness of their numbers.

    A car is filled before the next is taken, as far as that is as near. Nobody rides from another postcode area, and nobody is
    proposed again to whom they, or who, said no (`refused`). Who asked first goes first. A party of several rides together.
    """
    free = {offer.share_id: offer.seats for offer in offers}
    rides: list[Ride] = []
    for nearness in range(2):
        for want in wants:
            if any(ride.want_id == want.share_id for ride in rides):
                continue
            possible = [
                offer
                for offer in offers
                if free[offer.share_id] >= want.seats
                and Ride(offer_id=offer.share_id, want_id=want.share_id) not in refused
                and (offer.outward == want.outward if nearness == 0 else _steps(offer, want) is not None)
            ]
            if not possible:
                continue
            chosen = min(
                possible,
                key=lambda offer: (_steps(offer, want) or 0, free[offer.share_id], offer.share_id),
            )
            free[chosen.share_id] -= want.seats
            rides.append(Ride(offer_id=chosen.share_id, want_id=want.share_id))
    return rides


def _steps(one: Share, other: Share) -> int | None:
    """How far two districts of one postcode area lie apart by number; none where the areas differ."""
    first, second = _OUTWARD.fullmatch(one.outward), _OUTWARD.fullmatch(other.outward)
    if first is None or second is None or first[1] != second[1]:
        return None
    return abs(_number(first[2]) - _number(second[2]))


def _number(district: str) -> int:
    return int(re.sub(r"\D", "", district) or 0)
