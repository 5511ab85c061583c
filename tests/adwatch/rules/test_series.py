"""Series of daily spend: running totals are noticed, odd days are named."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hustings.adwatch.rules.series import read_series

START = date(2019, 11, 6)


def _points(values: list[int]) -> list[tuple[date, int]]:
    return [(START + timedelta(days=place), value) for place, value in enumerate(values)]


@given(st.lists(st.integers(1, 10**6), min_size=3, max_size=40))
def test_daily_amounts_add_up_to_the_last_running_total(amounts: list[int]) -> None:
    """Differences lose nothing."""
    running = [sum(amounts[: place + 1]) for place in range(len(amounts))]
    found = read_series(values={"Lantern": _points(running)})
    assert found.were_totals
    assert [one.pence for one in found.days] == amounts


def test_true_daily_amounts_stay_as_they_are() -> None:
    """A value that falls cannot be a running total."""
    found = read_series(values={"Lantern": _points([500, 300, 900])})
    assert not found.were_totals
    assert [one.pence for one in found.days] == [500, 300, 900]


def test_oddities_are_named() -> None:
    """A straight line drawn over missing days, a day without spending, a day that stands twice, a day missing."""
    found = read_series(
        values={
            "Lantern": [
                *_points([100_00, 200_00, 300_00, 400_00, 400_00]),
                (START, 100_00),
                (START + timedelta(days=9), 990_00),
            ]
        }
    )
    words = " ".join(one.sentence for one in found.oddities)
    assert "stands twice on 2019-11-06" in words
    assert "same amount" in words
    assert "nothing spent on 2019-11-10" in words
    assert "no value on 2019-11-11" in words
