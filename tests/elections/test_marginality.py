"""The order of seats by how close they were."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.elections.rules.marginality import Seat, near_seats, rank_seats


def seat(code: str, majority: int | None, base: int | None, **known: object) -> Seat:
    return Seat(code=code, name=code, first="A", second="B", majority=majority, base=base, **known)  # type: ignore[arg-type]


def test_share_and_swing() -> None:
    """Darlington, 4 July 2024: 2,298 of 42,378 are 5.42 %, a swing of 2.71 %."""
    found = seat("E14001190", 2298, 42378)
    assert found.share == Fraction(2298, 42378)
    assert found.majority_pct == pytest.approx(5.4226, abs=1e-4)
    assert found.swing_pct == pytest.approx(2.7113, abs=1e-4)


def test_closest_first_ties_by_code_unknown_shares_last() -> None:
    ranking = rank_seats(
        seats=[
            seat("D", None, None, is_unopposed=True),
            seat("C", 1, 10),
            seat("B", 100, 1000),
            seat("A", 2, 10),
            seat("E", 0, 10),
            seat("F", 5, 0),
        ]
    )
    assert [(found.rank, found.code) for found in ranking.ranked] == [
        (1, "E"),
        (2, "B"),
        (3, "C"),
        (4, "A"),
        (5, "D"),
        (6, "F"),
    ]


def test_a_seat_left_out_is_shown_with_its_reason_and_not_ranked() -> None:
    ranking = rank_seats(seats=[seat("A", 1, 10, left_out="The Speaker stands."), seat("B", 2, 10)])
    assert [found.code for found in ranking.ranked] == ["B"]
    assert [(found.code, found.left_out, found.rank) for found in ranking.left_out] == [
        ("A", "The Speaker stands.", None)
    ]


def test_the_nearest_of_those_that_were_close() -> None:
    ranking = rank_seats(
        seats=[
            seat("A", 10, 100),
            seat("B", 11, 100),
            seat("C", 1, 100),
            seat("D", 2, 100),
            seat("E", None, None),
        ]
    )
    distances = {"A": 5.0, "B": 1.0, "C": 5.0, "D": 9.0, "E": 0.5}
    found = near_seats(ranking=ranking, distances=distances, max_majority_pct=10, limit=2)
    assert [(near.seat.code, near.distance_km) for near in found] == [("A", 5.0), ("C", 5.0)]
    assert near_seats(ranking=ranking, distances={}, max_majority_pct=10, limit=2) == ()


figures = st.tuples(st.integers(0, 30_000), st.integers(1, 60_000)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(figures, min_size=1, max_size=30))
def test_every_seat_is_ranked_once_in_order_of_share(rows: list[tuple[int, int]]) -> None:
    seats = [seat(f"E{number:03d}", majority, base) for number, (majority, base) in enumerate(rows)]
    ranking = rank_seats(seats=reversed(seats))
    assert sorted(found.code for found in ranking.ranked) == [found.code for found in seats]
    keys = [(found.share, found.code) for found in ranking.ranked]
    assert keys == sorted(keys)  # type: ignore[type-var]
    assert [found.rank for found in ranking.ranked] == list(range(1, len(seats) + 1))
