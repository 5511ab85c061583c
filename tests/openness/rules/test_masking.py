"""Bands never show a handful of people: alone, by their differences, by a total and its parts, or by a cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.openness.rules.masking import Band, banded, banded_cost, total_of

PEOPLE = st.integers(min_value=0, max_value=100_000)
WARDS = st.lists(st.integers(min_value=0, max_value=400), min_size=1, max_size=40)
PRICE = st.integers(min_value=1, max_value=5_000)


@pytest.mark.parametrize(
    ("people", "band"), [(0, (0, 9)), (9, (0, 9)), (10, (10, 19)), (19, (10, 19)), (9_874, (9_870, 9_879))]
)
def test_bands(people: int, band: tuple[int, int]) -> None:
    assert banded(people) == Band(at_least=band[0], at_most=band[1])


def test_small_is_fewer_than_ten() -> None:
    assert banded(9).is_small
    assert not banded(10).is_small


@given(PEOPLE)
def test_a_band_holds_its_number_and_nine_others(people: int) -> None:
    band = banded(people)
    assert band.at_least <= people <= band.at_most
    assert band.at_most - band.at_least == 9


def differences(one: Band, other: Band) -> range:
    """Every difference that two published bands leave open."""
    return range(one.at_least - other.at_most, one.at_most - other.at_least + 1)


@given(PEOPLE, PEOPLE)
def test_two_entries_never_prove_a_difference_of_one_to_nine(one: int, other: int) -> None:
    left_open = [abs(difference) for difference in differences(banded(one), banded(other))]
    assert min(left_open) == 0 or max(left_open) >= 10


def published(wards: list[int], price: int) -> tuple[list[Band], Band, Band]:
    """All that is said of a sending to these wards at a price for each person."""
    bands = [banded(people) for people in wards]
    total, people = total_of(bands), sum(wards)
    return bands, total, banded_cost(people * price, people=people, band=total)


@given(WARDS, PRICE, st.data())
def test_whoever_reads_it_learns_no_more_than_the_bands(
    wards: list[int], price: int, data: st.DataObject
) -> None:
    """Any other people in the same bands look exactly the same: no reading of what is published tells them apart.

    Only a sending to nobody at all costs nothing, and is left out.
    """
    others = [
        data.draw(st.integers(min_value=banded(people).at_least, max_value=banded(people).at_most))
        for people in wards
    ]
    if sum(wards) and sum(others):
        assert published(wards, price) == published(others, price)


@given(WARDS, st.integers(min_value=0, max_value=39))
def test_every_number_of_a_ward_stays_possible(wards: list[int], which: int) -> None:
    """From the total less the other wards nobody can narrow one ward, though nine of ten be small."""
    bands = [banded(people) for people in wards]
    total, one = total_of(bands), bands[which % len(bands)]
    others = total_of(band for place, band in enumerate(bands) if place != which % len(bands))
    if len(bands) > 1:
        assert total.at_least - others.at_most <= one.at_least
        assert total.at_most - others.at_least >= one.at_most


def test_the_case_that_a_total_of_ten_would_give_away() -> None:
    """Ten wards of nine each: a total of "90 to 99" would prove every one of them to be nine."""
    total = total_of([banded(9)] * 10)
    assert (total.at_least, total.at_most) == (0, 90)


@given(WARDS, PRICE)
def test_the_published_bands_hold_the_truth(wards: list[int], price: int) -> None:
    bands, total, cost = published(wards, price)
    assert total.at_least <= sum(wards) <= total.at_most
    assert cost.at_least <= sum(wards) * price <= cost.at_most
    assert all(band.at_least <= people <= band.at_most for band, people in zip(bands, wards, strict=True))


@given(WARDS, PRICE)
def test_dividing_a_cost_by_a_known_price_leaves_the_whole_band(wards: list[int], price: int) -> None:
    _bands, total, cost = published(wards, price)
    if sum(wards):
        assert cost.at_least <= total.at_least * price
        assert cost.at_most >= total.at_most * price


def test_costs() -> None:
    assert banded_cost(0, people=0, band=banded(0)) == Band(at_least=0, at_most=999)
    assert banded_cost(1_234, people=0, band=banded(0)) == Band(at_least=0, at_most=19_999)
    assert banded_cost(17_000, people=100, band=banded(100)) == Band(at_least=10_000, at_most=19_999)


@pytest.mark.parametrize("wrong", [-1, -100])
def test_less_than_nothing_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError):
        banded(wrong)
    with pytest.raises(ValueError):
        banded_cost(wrong, people=1, band=banded(1))
    with pytest.raises(ValueError):
        banded_cost(1, people=wrong, band=banded(1))


def test_nothing_adds_up_to_nobody() -> None:
    assert total_of([]) == banded(0)
