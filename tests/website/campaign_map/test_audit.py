"""The audit finds what is wrong with a map, and nothing else."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.elections.rules.need import Closeness, Standing, rank_by_need
from hustings.website.campaign_map.rules.audit import Fault, audit_map


def _seats(count: int) -> list[Closeness]:
    return [
        Closeness(
            code=f"S{place:03}", name=f"Seat {place}", first="A", second="B", standing=Standing.FIRST_TO_SECOND,
            votes=place, share=Fraction((place * 37) % count, 1000),
        )
        for place in range(count)
    ]  # fmt: skip


def test_a_whole_map_has_no_fault() -> None:
    """The rule's own order passes."""
    seats = _seats(50)
    listed = [need.seat.code for need in rank_by_need(seats=seats).ranked]
    assert audit_map(seats=seats, listed=listed, left_out={}) == ()


def test_a_map_that_leaves_out_36_of_the_50_closest() -> None:
    """Each is named, with its number by closeness, the closest first."""
    seats = _seats(650)
    listed = [need.seat.code for need in rank_by_need(seats=seats).ranked]
    kept = listed[36:]
    found = audit_map(seats=seats, listed=kept, left_out={})
    assert [(one.fault, one.code) for one in found] == [(Fault.MISSING, code) for code in listed[:36]]
    assert "number 1 by closeness, is not on the map and has no reason" in found[0].text


def test_each_fault_by_itself() -> None:
    """Doubled, out of order, unknown, left out without a reason; a reason makes leaving out right."""
    seats = _seats(6)
    order = [need.seat.code for need in rank_by_need(seats=seats).ranked]

    def faults(listed: list[str], left_out: dict[str, str]) -> list[tuple[Fault, str]]:
        return [(one.fault, one.code) for one in audit_map(seats=seats, listed=listed, left_out=left_out)]

    assert faults([order[0], *order], {}) == [(Fault.DOUBLED, order[0])]
    assert faults([order[1], order[0], *order[2:]], {}) == [(Fault.OUT_OF_ORDER, order[0])]
    assert faults([*order, "X1"], {}) == [(Fault.UNKNOWN, "X1")]
    assert faults(order[1:], {order[0]: " "}) == [(Fault.LEFT_OUT_WITHOUT_REASON, order[0])]
    assert faults(order[1:], {order[0]: "Its boundary is before the court."}) == []


@given(st.integers(2, 40), st.data())
def test_any_change_is_found(count: int, data: st.DataObject) -> None:
    """Leaving one out, doubling one, or exchanging two of different closeness never passes."""
    seats = _seats(count)
    order = [need.seat.code for need in rank_by_need(seats=seats).ranked]
    place = data.draw(st.integers(0, count - 1))
    assert audit_map(seats=seats, listed=order[:place] + order[place + 1 :], left_out={})
    assert audit_map(seats=seats, listed=[*order, order[place]], left_out={})
    if place:
        turned = [*order]
        turned[place - 1], turned[place] = turned[place], turned[place - 1]
        assert audit_map(seats=seats, listed=turned, left_out={})


@pytest.mark.parametrize("travel", [Fraction(0), Fraction(30)])
def test_points_on_top_of_closeness_count(travel: Fraction) -> None:
    """A map with targets is held against its own targets."""
    seats = _seats(3)
    order = [need.seat.code for need in rank_by_need(seats=seats).ranked]
    found = audit_map(seats=seats, listed=order, left_out={}, other_points={order[0]: travel})
    assert bool(found) is bool(travel)
