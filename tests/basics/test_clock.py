"""The clock comes from outside, is always aware, and knows British summer time."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from hustings.basics.clock import (
    FixedClock,
    NaiveMoment,
    SystemClock,
    clock,
    clock_set_to,
    set_clock,
    uk_date,
)

LATE_IN_MAY = datetime(2026, 5, 6, 23, 30, tzinfo=UTC)


def test_after_midnight_in_summer_the_uk_is_a_day_ahead_of_utc() -> None:
    assert FixedClock(LATE_IN_MAY).today_in_uk() == date(2026, 5, 7)
    assert FixedClock(LATE_IN_MAY.replace(month=1)).today_in_uk() == date(2026, 1, 6)


def test_a_fixed_clock_tells_utc_whatever_zone_it_was_given() -> None:
    moment = datetime(2026, 5, 7, 1, 0, tzinfo=timezone(timedelta(hours=1)))
    assert FixedClock(moment).now() == datetime(2026, 5, 7, tzinfo=UTC)
    assert FixedClock(moment).now().tzinfo is UTC


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        FixedClock(datetime(2026, 5, 7))
    with pytest.raises(NaiveMoment):
        uk_date(datetime(2026, 5, 7))


def test_the_system_clock_is_aware() -> None:
    assert SystemClock().now().tzinfo is UTC
    assert isinstance(SystemClock().today_in_uk(), date)


def test_the_clock_in_use_can_be_set_and_put_back() -> None:
    before = clock()
    with clock_set_to(LATE_IN_MAY) as fixed:
        assert clock() is fixed
        assert clock().now() == LATE_IN_MAY
    assert clock() is before
    other = FixedClock(LATE_IN_MAY)
    assert set_clock(other) is before
    assert set_clock(before) is other


def test_the_clock_is_put_back_after_an_error() -> None:
    before = clock()
    with pytest.raises(ZeroDivisionError), clock_set_to(LATE_IN_MAY):
        raise ZeroDivisionError
    assert clock() is before
