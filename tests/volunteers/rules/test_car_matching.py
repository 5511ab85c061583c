"""Seats are given to the nearest first, never beyond a car, never against a no."""

from hypothesis import given
from hypothesis import strategies as st

from hustings.volunteers.rules.car_matching import Ride, Share, is_outward, match_cars


def share(number: int, outward: str, seats: int = 1) -> Share:
    return Share(share_id=number, outward=outward, seats=seats)


def test_the_same_district_goes_before_the_next() -> None:
    offers = [share(1, "ZZ3"), share(2, "ZZ1")]
    assert match_cars(offers=offers, wants=[share(3, "ZZ1")], refused=frozenset()) == [
        Ride(offer_id=2, want_id=3)
    ]
    assert match_cars(offers=offers, wants=[share(3, "ZZ2")], refused=frozenset()) == [
        Ride(offer_id=1, want_id=3)
    ]


def test_nobody_rides_from_another_area_or_against_a_no() -> None:
    offers = [share(1, "ZZ1")]
    assert match_cars(offers=offers, wants=[share(2, "ZY1")], refused=frozenset()) == []
    refused = frozenset({Ride(offer_id=1, want_id=2)})
    assert match_cars(offers=offers, wants=[share(2, "ZZ1")], refused=refused) == []


def test_a_party_rides_together() -> None:
    rides = match_cars(
        offers=[share(1, "ZZ1", 2), share(2, "ZZ1", 3)], wants=[share(3, "ZZ1", 3)], refused=frozenset()
    )
    assert rides == [Ride(offer_id=2, want_id=3)]


def test_what_an_outward_code_is() -> None:
    assert all(is_outward(text=text) for text in ("ZZ1", "M1", "EC1A", "W1A", "ZZ10"))
    assert not any(is_outward(text=text) for text in ("", "zz1", "ZZ", "ZZ1 1AA", "123"))


outwards = st.sampled_from(["ZZ1", "ZZ2", "ZZ9", "ZY1", "ZY12"])
shares = st.lists(st.tuples(outwards, st.integers(1, 4)), max_size=6)


@given(shares, shares)
def test_cars_are_never_overfull(offered: list[tuple[str, int]], wanted: list[tuple[str, int]]) -> None:
    offers = [share(number, *one) for number, one in enumerate(offered, 1)]
    wants = [share(number, *one) for number, one in enumerate(wanted, 100)]
    rides = match_cars(offers=offers, wants=wants, refused=frozenset())
    assert len({ride.want_id for ride in rides}) == len(rides)
    seats = {one.share_id: one.seats for one in [*offers, *wants]}
    for offer in offers:
        assert sum(seats[ride.want_id] for ride in rides if ride.offer_id == offer.share_id) <= offer.seats
