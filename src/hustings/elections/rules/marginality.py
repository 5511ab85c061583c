"""How close a seat was, and the order of seats by that: the open rule of the campaign map.

A seat's share is its majority in parts of the valid votes; the swing that would change it is half of the
share, since every vote that moves from the first to the second counts twice. Seats are ordered by the exact
share, ties by code. Every seat is ranked unless a published reason leaves it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One seat's result: parties by their short names.

    `majority` and `valid_votes` are `None` where the seat was won without a contest or the count is not
    known; `base` is what the majority is a share of. `rank` begins with 1. `left_out` is the published
    reason, empty for a seat that is ranked.
    """

    code: str
    name: str
    first: str
    second: str
    majority: int | None
    base: int | None
    is_unopposed: bool = False
    left_out: str = ""
    rank: int | None = None

    @property
    def share(self) -> Fraction | None:
        """The majority as a part of the valid votes, exact; `None` where it cannot be told."""
        if self.majority is None or not self.base:
            return None
        return Fraction(self.majority, self.base)

    @property
    def majority_pct(self) -> float | None:
        """The majority in per cent of the valid votes."""
        share = self.share
        return None if share is None else float(share * 100)

    @property
    def swing_pct(self) -> float | None:
        """The swing from first to second that would change the seat, in per cent of the valid votes."""
        share = self.share
        return None if share is None else float(share * 50)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every seat of an election: the ranked ones in order, and those left out, each with its reason."""

    ranked: tuple[Seat, ...]
    left_out: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class NearSeat:
    """A ranked seat and the distance to its centre point in kilometres."""

    seat: Seat
    distance_km: float


def rank_seats(*, seats: Iterable[Seat]) -> Ranking:
    """Order every seat from the closest to the safest; a seat whose share cannot be told comes behind, by code."""
    everyone = sorted(seats, key=lambda seat: seat.code)
    ordered = sorted(
        (seat for seat in everyone if not seat.left_out),
        key=lambda seat: (seat.share is None, seat.share if seat.share is not None else Fraction(0)),
    )
    return Ranking(
        ranked=tuple(replace(seat, rank=place) for place, seat in enumerate(ordered, start=1)),
        left_out=tuple(seat for seat in everyone if seat.left_out),
    )


def near_seats(
    *, ranking: Ranking, distances: Mapping[str, float], max_majority_pct: float, limit: int
) -> tuple[NearSeat, ...]:
    """The nearest of the ranked seats whose share is at most the given per cent; equal distances by code.

    `distances` gives kilometres by code; a seat without one cannot be placed and is not among them.
    """
    most = Fraction(str(max_majority_pct)) / 100
    near = [
        NearSeat(seat, distances[seat.code])
        for seat in ranking.ranked
        if seat.code in distances and seat.share is not None and seat.share <= most
    ]
    return tuple(sorted(near, key=lambda found: (found.distance_km, found.seat.code))[:limit])
