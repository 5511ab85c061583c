"""When the numbers are opened."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hustings.openness.rules.opening import is_open, opening_day

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(DAYS, DAYS)
def test_at_the_latest_the_day_after_the_poll(recorded_on: date, poll_on: date) -> None:
    opens_on = opening_day(recorded_on=recorded_on, poll_on=poll_on)
    assert opens_on > recorded_on
    if recorded_on <= poll_on:
        assert opens_on == poll_on + timedelta(days=1)
    else:
        assert opens_on == recorded_on + timedelta(days=28)


def test_without_a_poll_after_four_weeks() -> None:
    assert opening_day(recorded_on=date(2026, 3, 30), poll_on=None) == date(2026, 4, 27)


def test_seals() -> None:
    day = date(2026, 5, 8)
    assert is_open(seal="open", opens_on=None, on=date(2026, 1, 1))
    assert not is_open(seal="dated", opens_on=day, on=day - timedelta(days=1))
    assert is_open(seal="dated", opens_on=day, on=day)
    assert not is_open(seal="dated", opens_on=None, on=day)
    assert not is_open(seal="sealed", opens_on=day, on=day + timedelta(days=999))
