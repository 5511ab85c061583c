"""The open rule of the campaign map: in which order seats and wards need people.

Each seat gets points, and the fewest come first:

* closeness: one point for each percentage point of the valid votes between winning and losing: the organisation's own gap or
  lead where it is named, else between first and second;
* travel: one point for each five kilometres to the seat's centre;
* shortage: ten points off a seat with nobody yet, ten on for one whose target is met, in proportion between; a seat half way to
  its target, and a seat without one, stand where they would without the rule.

So five kilometres weigh as much as one percentage point, and an empty seat with a target is preferred to a filled one that
is twenty points closer. All arithmetic is exact; equal points are ordered by code. A seat whose closeness cannot be told
(nobody stood against the winner, the count is not known) is ranked behind all others. Nothing but a published reason leaves
a seat out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part counts: points for a percentage point and for a kilometre, and points off for an empty seat."""

    per_percent: Fraction = Fraction(1)
    per_km: Fraction = Fraction(1, 5)
    per_shortage: Fraction = Fraction(10)


#: The weights in use. They are printed with every ranking.
WEIGHTS = Weights()


class Standing(StrEnum):
    """What a seat's closeness measures."""

    LEAD = "lead"  # the organisation won, and by so much
    GAP = "gap"  # the organisation lost, and by so much
    DID_NOT_STAND = "did_not_stand"  # it had no votes: its gap is the winner's whole share
    FIRST_TO_SECOND = "first_to_second"  # no organisation is named
    UNKNOWN = "unknown"  # no contest, or votes are not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """A seat's result as the rule sees it.

    `share` is the gap or the lead in parts of the valid votes, exact, `None` where it cannot be told. `votes` is the same in
    votes. `left_out` is the published reason for leaving the seat out, empty for a seat that is ranked.
    """

    code: str
    name: str
    first: str
    second: str
    standing: Standing
    votes: int | None
    share: Fraction | None
    left_out: str = ""

    @property
    def percent(self) -> float | None:
        """The gap or the lead in per cent of the valid votes."""
        return None if self.share is None else float(self.share * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Volunteers in a seat and the number that its organisers aim at; a target is 1 or more."""

    volunteers: int
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One seat with its points: the parts add up to `points`; `None` where closeness cannot be told.

    `km` is rounded to tenths before it counts, so that the figure shown is the figure used; `None` where nobody's place
    is known or the seat has no point on the map (then travel counts nothing). `rank` begins with 1.
    """

    seat: Closeness
    km: Fraction | None
    cover: Cover | None
    closeness_points: Fraction | None
    travel_points: Fraction
    shortage_points: Fraction
    rank: int = 0

    @property
    def points(self) -> Fraction | None:
        """The sum of the parts."""
        if self.closeness_points is None:
            return None
        return self.closeness_points + self.travel_points + self.shortage_points


@dataclass(frozen=True, slots=True)
class NeedRanking:
    """Every seat: the ranked ones in order, and those left out, each with its reason."""

    ranked: tuple[Need, ...]
    left_out: tuple[Closeness, ...]


def rank_by_need(
    *,
    seats: Iterable[Closeness],
    km: Mapping[str, float] | None = None,
    covers: Mapping[str, Cover] | None = None,
    weights: Weights = WEIGHTS,
) -> NeedRanking:
    """Order seats by the rule; `km` and `covers` are by code, and what they lack counts nothing."""
    distances, known = km or {}, covers or {}
    everyone = sorted(seats, key=lambda seat: seat.code)
    needs = [
        _need(seat, distances.get(seat.code), known.get(seat.code), weights)
        for seat in everyone
        if not seat.left_out
    ]
    needs.sort(key=_place)
    return NeedRanking(
        ranked=tuple(replace(need, rank=rank) for rank, need in enumerate(needs, start=1)),
        left_out=tuple(seat for seat in everyone if seat.left_out),
    )


def shortage_points(*, cover: Cover | None, weights: Weights = WEIGHTS) -> Fraction:
    """Between minus `per_shortage` (nobody yet) and plus as much (target met or passed); nothing without a target."""
    if cover is None:
        return Fraction(0)
    filled = min(Fraction(1), Fraction(cover.volunteers, cover.target))
    return weights.per_shortage * (2 * filled - 1)


def tenths(km: float) -> Fraction:
    """Kilometres rounded to tenths, as they are shown and counted."""
    return Fraction(round(km * 10), 10)


def _need(seat: Closeness, km: float | None, cover: Cover | None, weights: Weights) -> Need:
    distance = None if km is None else tenths(km)
    return Need(
        seat=seat,
        km=distance,
        cover=cover,
        closeness_points=None if seat.share is None else seat.share * 100 * weights.per_percent,
        travel_points=Fraction(0) if distance is None else distance * weights.per_km,
        shortage_points=shortage_points(cover=cover, weights=weights),
    )


def _place(need: Need) -> tuple[bool, float, Fraction, str]:
    points = need.points
    exact = need.travel_points + need.shortage_points if points is None else points
    # Rounding never turns two numbers round, so the quick comparison may go first and the exact one break its ties.
    return points is None, float(exact), exact, need.seat.code
