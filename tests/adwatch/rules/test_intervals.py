"""Intervals: sums keep both ends and stay open, estimates name their method."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.adwatch.rules.intervals import NOTHING, BackwardInterval, Interval, midpoint, total


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any interval, one in five open."""
    low = draw(st.integers(0, 10**9))
    is_open = draw(st.integers(0, 4)) == 0
    return Interval(low, None if is_open else low + draw(st.integers(0, 10**9)))


@given(st.lists(intervals(), max_size=20), st.data())
def test_any_true_values_add_up_inside_the_sum(parts: list[Interval], data: st.DataObject) -> None:
    """Whatever each band really was, the true sum lies in the interval of the sums."""
    truth = [
        data.draw(st.integers(one.low, one.high if one.high is not None else one.low + 10**9))
        for one in parts
    ]
    assert total(parts=parts).holds(sum(truth))


@given(st.lists(intervals(), max_size=10))
def test_adding_one_by_one_is_the_same_as_adding_at_once(parts: list[Interval]) -> None:
    """`+` and `total` agree, and one open part opens the sum."""
    running = NOTHING
    for part in parts:
        running = running + part
    assert running == total(parts=parts)
    assert running.is_open == any(part.is_open for part in parts)


def test_small_amounts_of_a_report_are_nought_to_a_hundred_pounds() -> None:
    """Three times “≤100” and once 250 pounds."""
    small = Interval(0, 10_000)
    assert total(parts=[small, small, small, Interval(25_000, 25_000)]) == Interval(25_000, 55_000)


def test_an_estimate_says_how_it_was_made() -> None:
    """Midpoint, and the lower end where there is no top."""
    assert midpoint(interval=Interval(0, 9_900)).value == 4_950
    assert "open" in midpoint(interval=Interval(100_000_000, None)).method


@pytest.mark.parametrize(("low", "high"), [(-1, 5), (10, 9)])
def test_no_interval_runs_backwards(low: int, high: int) -> None:
    """Nor begins below nought."""
    with pytest.raises(BackwardInterval):
        Interval(low, high)
