"""The open rule of the campaign map: figures that can be worked out on paper, and what must always hold."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.elections.rules.need import Closeness, Cover, Standing, rank_by_need, shortage_points
from hustings.elections.rules.own_result import Votes, own_result


def _seat(code: str, share: Fraction | None, left_out: str = "") -> Closeness:
    return Closeness(
        code=code,
        name=f"Seat {code}",
        first="A",
        second="B",
        standing=Standing.UNKNOWN if share is None else Standing.GAP,
        votes=None if share is None else 100,
        share=share,
        left_out=left_out,
    )


def test_the_worked_example_of_the_documentation() -> None:
    """docs/algorithms/campaign_map.md, line for line."""
    seats = [
        _seat("A", Fraction(21, 1000)),  # 2.1 % short, 12 km away, 3 of 10 volunteers
        _seat("B", Fraction(5, 1000)),  # 0.5 % short, 80 km away, no target
        _seat("C", Fraction(11, 100)),  # 11 % short, 2 km away, target met
    ]
    found = rank_by_need(
        seats=seats,
        km={"A": 12.04, "B": 80.0, "C": 2.0},
        covers={"A": Cover(volunteers=3, target=10), "C": Cover(volunteers=12, target=10)},
    )
    assert [
        (need.seat.code, need.closeness_points, need.travel_points, need.shortage_points, need.points)
        for need in found.ranked
    ] == [
        ("A", Fraction("2.1"), Fraction("2.4"), Fraction(-4), Fraction("0.5")),
        ("B", Fraction("0.5"), Fraction(16), 0, Fraction("16.5")),
        ("C", 11, Fraction("0.4"), 10, Fraction("21.4")),
    ]
    assert [need.rank for need in found.ranked] == [1, 2, 3]


@pytest.mark.parametrize(
    ("cover", "points"),
    [
        (None, 0),
        (Cover(volunteers=0, target=8), -10),
        (Cover(volunteers=4, target=8), 0),
        (Cover(volunteers=8, target=8), 10),
        (Cover(volunteers=80, target=8), 10),
    ],
)
def test_shortage(cover: Cover | None, points: int) -> None:
    """An unset target is neutral, as is one that is half met; more than enough counts as enough."""
    assert shortage_points(cover=cover) == points


def test_unknown_seats_come_last_and_left_out_ones_apart() -> None:
    """Neither is lost."""
    found = rank_by_need(
        seats=[_seat("A", None), _seat("B", Fraction(1, 2)), _seat("C", Fraction(0), "Boundary in court.")]
    )
    assert [need.seat.code for need in found.ranked] == ["B", "A"]
    assert [seat.code for seat in found.left_out] == ["C"]


_SEATS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.fractions(0, 1, max_denominator=50)),
        st.booleans(),
        st.one_of(st.none(), st.floats(0, 900)),
        st.one_of(st.none(), st.tuples(st.integers(0, 20), st.integers(1, 10))),
    ),
    max_size=25,
)


@given(_SEATS)
def test_every_seat_is_there_once_and_in_order(rows: list[Any]) -> None:
    """Ranked or left out, never both, never twice; points never fall; the order does not depend on that of the input."""
    seats = [
        _seat(f"S{place:02}", share, "A reason in words." if is_out else "")
        for place, (share, is_out, _km, _c) in enumerate(rows)
    ]
    km = {f"S{place:02}": far for place, (_s, _o, far, _c) in enumerate(rows) if far is not None}
    covers = {
        f"S{place:02}": Cover(volunteers=pair[0], target=pair[1])
        for place, (_s, _o, _km, pair) in enumerate(rows)
        if pair
    }
    found = rank_by_need(seats=seats, km=km, covers=covers)
    listed = [need.seat.code for need in found.ranked] + [seat.code for seat in found.left_out]
    assert sorted(listed) == sorted(seat.code for seat in seats)
    points = [need.points for need in found.ranked if need.points is not None]
    assert points == sorted(points)
    assert [need.points is None for need in found.ranked] == sorted(
        need.points is None for need in found.ranked
    )
    assert rank_by_need(seats=seats[::-1], km=km, covers=covers) == found


@given(_SEATS)
def test_closer_nearer_and_shorter_never_come_later(rows: list[Any]) -> None:
    """Making one seat closer, nearer or emptier never moves it down."""
    seats = [_seat(f"S{place:02}", share) for place, (share, *_rest) in enumerate(rows) if share is not None]
    if not seats:
        return
    km = {seat.code: 50.0 for seat in seats}
    first = seats[0]
    rank = {need.seat.code: need.rank for need in rank_by_need(seats=seats, km=km).ranked}[first.code]
    nearer = rank_by_need(seats=seats, km={**km, first.code: 10.0})
    emptier = rank_by_need(seats=seats, km=km, covers={first.code: Cover(volunteers=0, target=5)})
    closer = rank_by_need(seats=[_seat(first.code, (first.share or Fraction(0)) / 2), *seats[1:]], km=km)
    for better in (nearer, emptier, closer):
        assert {need.seat.code: need.rank for need in better.ranked}[first.code] <= rank


@pytest.mark.parametrize(
    ("candidates", "seats", "told"),
    [
        ([(500, True, True), (450, False, False)], 1, (Standing.LEAD, 50)),
        ([(500, True, False), (450, False, False), (300, False, True)], 1, (Standing.GAP, 200)),
        ([(500, True, False), (450, False, False)], 1, (Standing.DID_NOT_STAND, 500)),
        ([(500, True, True)], 1, (Standing.UNKNOWN, None)),
        # Three seats: one of ours in by 20, one of ours out by 5: the gap is nearer.
        (
            [
                (900, True, False),
                (800, True, True),
                (700, True, False),
                (695, False, True),
                (680, False, False),
            ],
            3,
            (Standing.GAP, 5),
        ),
        ([(900, True, True), (800, True, True), (100, False, True)], 2, (Standing.UNKNOWN, None)),
    ],
)
def test_own_gap_and_lead(candidates: list[Any], seats: int, told: Any) -> None:
    """One seat and several, by hand."""
    assert own_result(candidates=[Votes(*one) for one in candidates], seats=seats) == told
