"""Bands never show a handful of people, alone or by their differences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.openness.rules.masking import Band, banded, banded_cost

PEOPLE = st.integers(min_value=0, max_value=100_000)


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


@given(st.lists(PEOPLE, min_size=1, max_size=12), st.integers(min_value=0, max_value=9))
def test_a_total_less_its_parts_never_proves_a_small_rest(parts: list[int], rest: int) -> None:
    total = banded(sum(parts) + rest)
    shown = [banded(part) for part in parts]
    least = total.at_least - sum(band.at_most for band in shown)
    most = total.at_most - sum(band.at_least for band in shown)
    assert least <= 0 or most >= 10


@given(st.integers(min_value=1, max_value=100_000), st.integers(min_value=1, max_value=5_000))
def test_dividing_a_cost_by_a_known_price_tells_no_more_than_ten_people(people: int, price: int) -> None:
    band = banded_cost(people * price, people=people)
    assert band.at_least <= people * price <= band.at_most
    fewest, most = -(-band.at_least // price), band.at_most // price
    assert fewest == 0 or most - fewest + 1 >= 10


def test_costs() -> None:
    assert banded_cost(0, people=0) == Band(at_least=0, at_most=999)
    assert banded_cost(1_234, people=0) == Band(at_least=1000, at_most=1999)
    assert banded_cost(17_000, people=100) == Band(at_least=10_000, at_most=19_999)


@pytest.mark.parametrize("wrong", [-1, -100])
def test_less_than_nothing_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError):
        banded(wrong)
    with pytest.raises(ValueError):
        banded_cost(wrong, people=1)
    with pytest.raises(ValueError):
        banded_cost(1, people=wrong)
