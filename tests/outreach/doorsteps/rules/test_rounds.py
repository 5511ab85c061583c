"""Cutting and ordering: every door exactly once, rounds of about the size asked for, walks that are short."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.outreach.doorsteps.rules.cutting import Block, cut
from hustings.outreach.doorsteps.rules.rounds import Address, plan_rounds
from hustings.outreach.doorsteps.rules.tours import shortest_walk, walk_length

POSTCODES = [f"ZZ{number // 9 + 1} {number % 9 + 1}AA" for number in range(40)]
addresses = st.builds(
    Address,
    st.builds(
        "{} {}".format,
        st.integers(1, 60),
        st.sampled_from(["Mill Lane", "High Street", "mill lane", "Rye Hill"]),
    )
    | st.sampled_from(["Rose Cottage, Mill Lane", "The Lodge", "Flat 2, 6 Rye Hill"]),
    st.sampled_from(POSTCODES),
)
points = st.dictionaries(
    st.sampled_from(POSTCODES), st.tuples(st.floats(53.0, 53.2), st.floats(-1.9, -1.7)), max_size=40
)


@given(st.lists(addresses, max_size=150), points, st.integers(1, 80))
def test_every_door_is_in_exactly_one_round(
    given_addresses: list[Address], at: dict[str, tuple[float, float]], size: int
) -> None:
    rounds = plan_rounds(addresses=given_addresses, points=at, size=size)
    walked = [stop.address for one in rounds for stop in one.stops]
    assert len(walked) == len(set(walked))
    assert set(walked) == set(given_addresses)
    assert all(one.stops for one in rounds)
    # Doors without coordinates come last, and only they are unplaced.
    assert [one.is_placed for one in rounds] == sorted((one.is_placed for one in rounds), reverse=True)
    assert {stop.address.postcode in at for one in rounds if not one.is_placed for stop in one.stops} <= {
        False
    }
    assert {stop.address.postcode in at for one in rounds if one.is_placed for stop in one.stops} <= {True}


@given(st.lists(addresses, max_size=80), points)
def test_a_plan_never_depends_on_the_order_of_the_register(
    given_addresses: list[Address], at: dict[str, tuple[float, float]]
) -> None:
    assert plan_rounds(addresses=given_addresses, points=at) == plan_rounds(
        addresses=given_addresses[::-1], points=at
    )


@given(
    st.lists(st.tuples(st.integers(1, 90), st.floats(0, 5000), st.floats(0, 5000)), max_size=60),
    st.integers(1, 120),
)
def test_a_cut_loses_no_block(rows: list[tuple[int, float, float]], size: int) -> None:
    blocks = [Block(key=str(place), doors=doors, x=x, y=y) for place, (doors, x, y) in enumerate(rows)]
    groups = cut(blocks=blocks, size=size)
    assert sorted(block.key for group in groups for block in group) == sorted(block.key for block in blocks)
    assert all(groups)


def test_rounds_are_of_about_the_size_asked_for_and_hang_together() -> None:
    lot = Random(1)
    blocks = [
        Block(key=str(place), doors=lot.randint(5, 25), x=lot.uniform(0, 2000), y=lot.uniform(0, 2000))
        for place in range(200)
    ]
    groups = cut(blocks=blocks, size=60)
    doors = [sum(block.doors for block in group) for group in groups]
    assert min(doors) >= 30
    assert max(doors) <= 95
    reach = [
        max(
            max(b.x for b in group) - min(b.x for b in group),
            max(b.y for b in group) - min(b.y for b in group),
        )
        for group in groups
    ]
    assert sorted(reach)[len(reach) // 2] < 600  # of an area two kilometres wide, about fifty rounds


def test_a_tower_with_one_postcode_is_parted() -> None:
    tower = [Address(f"Flat {number}, Mill House, 1 Mill Lane", "ZZ1 1AA") for number in range(1, 151)]
    rounds = plan_rounds(addresses=tower, points={"ZZ1 1AA": (53.1, -1.8)}, size=60)
    assert [len(one.stops) for one in rounds] == [75, 75]
    assert rounds[0].stops[10].house == "Flat 11, Mill House, 1"


def test_a_street_is_walked_in_one_go_although_its_postcodes_differ() -> None:
    street = [
        Address(f"{number} Mill Lane", "ZZ1 1AA" if number < 6 else "ZZ1 1AB") for number in range(1, 12)
    ]
    side = [Address(f"{number} Rye Hill", "ZZ1 1AA") for number in range(1, 4)]
    (one,) = plan_rounds(
        addresses=[*side, *street], points={"ZZ1 1AA": (53.1, -1.8), "ZZ1 1AB": (53.101, -1.8)}
    )
    assert len(one.streets) == 2
    names = [stop.street for stop in one.stops]
    assert names == sorted(names) or names == sorted(names, reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_a_walk_past_eight_points_is_the_shortest_there_is(seed: int) -> None:
    lot = Random(seed)
    points = [(lot.uniform(0, 1000), lot.uniform(0, 1000)) for _ in range(8)]
    best = min(walk_length(walk=order, points=points) for order in permutations(range(8)))
    assert walk_length(walk=shortest_walk(points=points), points=points) == pytest.approx(best)


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), max_size=14))
def test_a_walk_passes_every_point_once(points: list[tuple[float, float]]) -> None:
    assert sorted(shortest_walk(points=points)) == list(range(len(points)))
