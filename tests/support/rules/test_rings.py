"""The call-out widens ring by ring, nearest first, asks nobody twice in a round, and stops when nothing is open."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.support.rules.rings import (
    Candidate,
    Ring,
    RingPlan,
    RingsRefused,
    Standing,
    longest_unanswered,
    next_step,
    starts_new_round,
)

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
PLAN = RingPlan(
    rings=(Ring(km=3, minutes=10), Ring(km=8, minutes=15), Ring(km=20, minutes=20)),
    asks_a_place=2,
    rest_minutes=120,
)


def minutes(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def test_the_worked_example_of_the_documentation() -> None:
    people = {1: 0.5, 2: 1.0, 3: 2.5, 4: 6.0, 5: 25.0}
    asked: set[int] = set()

    def step(standing: Standing, at: datetime) -> object:
        found = next_step(
            plan=PLAN, standing=standing, open_places=1, now=at,
            candidates=[Candidate(key=key, km=km, is_asked=key in asked) for key, km in people.items()],
        )  # fmt: skip
        assert found is not None
        asked.update(found.ask)
        return found

    first = step(Standing(), NOW)
    assert (first.ask, first.standing.ring, first.wait_until) == ((1, 2), 0, minutes(10))  # type: ignore[attr-defined]
    early = step(first.standing, minutes(9))  # type: ignore[attr-defined]
    assert (early.ask, early.wait_until) == ((), minutes(10))  # type: ignore[attr-defined]
    second = step(first.standing, minutes(10))  # type: ignore[attr-defined]
    assert (second.ask, second.standing.ring) == ((3,), 0)  # type: ignore[attr-defined]
    third = step(second.standing, minutes(20))  # type: ignore[attr-defined]
    assert (third.ask, third.standing.ring, third.wait_until) == ((4,), 1, minutes(35))  # type: ignore[attr-defined]
    last = step(third.standing, minutes(35))  # type: ignore[attr-defined]
    assert (last.ask, last.is_exhausted, last.wait_until) == ((), True, minutes(140))  # type: ignore[attr-defined]
    assert not starts_new_round(plan=PLAN, standing=third.standing, is_exhausted=True, now=minutes(139))  # type: ignore[attr-defined]
    assert starts_new_round(plan=PLAN, standing=third.standing, is_exhausted=True, now=minutes(140))  # type: ignore[attr-defined]


def test_nothing_open_nothing_asked() -> None:
    assert next_step(plan=PLAN, standing=Standing(), candidates=[], open_places=0, now=NOW) is None


def test_nobody_near_is_said() -> None:
    found = next_step(
        plan=PLAN, standing=Standing(), candidates=[Candidate(key=1, km=99)], open_places=3, now=NOW
    )
    assert found is not None
    assert found.is_exhausted


@given(
    st.lists(st.floats(0, 30), max_size=40),
    st.integers(1, 5),
)
def test_everybody_in_reach_is_asked_once_and_nearer_rings_come_first(kms: list[float], places: int) -> None:
    asked: list[int] = []
    standing, at = Standing(), NOW
    for _step in range(200):
        people = [Candidate(key=key, km=km, is_asked=key in asked) for key, km in enumerate(kms)]
        found = next_step(plan=PLAN, standing=standing, candidates=people, open_places=places, now=at)
        assert found is not None
        if found.is_exhausted:
            break
        assert len(found.ask) <= PLAN.asks_a_place * places
        asked.extend(found.ask)
        standing, at = found.standing, found.wait_until
    assert len(asked) == len(set(asked))
    assert set(asked) == {key for key, km in enumerate(kms) if km <= 20}
    rings = [next(place for place, ring in enumerate(PLAN.rings) if kms[key] <= ring.km) for key in asked]
    assert rings == sorted(rings)


@pytest.mark.parametrize(
    ("rings", "asks", "rest", "why"),
    [
        ((), 1, 1, "at least one ring"),
        (((0, 5),), 1, 1, "above nought"),
        (((5, 0),), 1, 1, "at least one minute"),
        (((5, 5), (5, 5)), 1, 1, "wider than the one before"),
        (((5, 5),), 0, 1, "at least one person"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    rings: tuple[tuple[float, int], ...], asks: int, rest: int, why: str
) -> None:
    with pytest.raises(RingsRefused, match=why):
        RingPlan(
            rings=tuple(Ring(km=km, minutes=wait) for km, wait in rings), asks_a_place=asks, rest_minutes=rest
        )


def test_how_long_a_gap_may_stand() -> None:
    assert longest_unanswered(plan=PLAN, steps_in_ring=(2, 1, 1)) == timedelta(minutes=55)


def test_a_later_place_asks_one_and_a_soon_one_as_many_as_the_settings_say() -> None:
    people = [Candidate(key=key, km=key / 10) for key in range(1, 10)]
    for soon, later, expected in ((1, 0, 2), (0, 1, 1), (2, 3, 7)):
        found = next_step(
            plan=PLAN, standing=Standing(), candidates=people, open_places=soon, later_places=later, now=NOW
        )
        assert found is not None
        assert len(found.ask) == expected


def test_whoever_was_asked_most_often_today_is_spared_and_counted() -> None:
    plan = RingPlan(rings=PLAN.rings, asks_a_place=9, rest_minutes=60, most_asks_a_day=3)
    people = [
        Candidate(key=1, km=0.1, asks_today=3), Candidate(key=2, km=0.2, asks_today=2),
        Candidate(key=3, km=0.3, asks_today=0), Candidate(key=4, km=0.4, asks_today=4, is_asked=True),
    ]  # fmt: skip
    found = next_step(plan=plan, standing=Standing(), candidates=people, open_places=1, now=NOW)
    assert found is not None
    assert (found.ask, found.spared) == ((3, 2), 1)
    with pytest.raises(RingsRefused, match="at least once a day"):
        RingPlan(rings=PLAN.rings, asks_a_place=1, rest_minutes=60, most_asks_a_day=0)
