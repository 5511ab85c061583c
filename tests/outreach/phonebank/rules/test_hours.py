"""Nobody is rung outside the hours, by the wall clock, before and after it changes."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.clock import UK
from hustings.outreach.phonebank.rules.hours import (
    Hours,
    HoursTooWide,
    check_hours,
    may_ring,
    next_moment,
    usual_hours,
    widest_hours,
)

ON = date(2026, 3, 30)
USUAL = usual_hours(on=ON)


def test_a_new_bank_begins_with_nine_to_half_past_eight() -> None:
    assert Hours(first=time(9), last=time(20, 30)) == USUAL


@pytest.mark.parametrize(
    ("at", "may"),
    [
        # In winter the wall clock is UTC's, in summer an hour ahead of it.
        (datetime(2026, 3, 28, 8, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 28, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 29, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 29, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 29, 19, 29, tzinfo=UTC), True),
        (datetime(2026, 3, 29, 19, 30, tzinfo=UTC), False),
        (datetime(2026, 10, 24, 19, 30, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 8, 30, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 19, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 20, 30, tzinfo=UTC), False),
    ],
)
def test_the_hours_follow_the_wall_clock_over_both_changes(at: datetime, may: bool) -> None:
    assert may_ring(at=at, hours=USUAL) is may


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (datetime(2026, 3, 28, 21, 0, tzinfo=UTC), datetime(2026, 3, 29, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), datetime(2026, 10, 25, 9, 0, tzinfo=UTC)),
        (datetime(2026, 3, 30, 2, 0, tzinfo=UTC), datetime(2026, 3, 30, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 30, 12, 0, tzinfo=UTC), datetime(2026, 3, 30, 12, 0, tzinfo=UTC)),
    ],
)
def test_the_next_moment_is_the_next_morning_by_the_wall_clock(at: datetime, then: datetime) -> None:
    assert next_moment(at=at, hours=USUAL) == then


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    first=st.integers(8 * 60, 20 * 60),
    minutes=st.integers(1, 60),
)
def test_the_next_moment_may_always_be_rung_and_is_within_a_day(
    at: datetime, first: int, minutes: int
) -> None:
    last = first + minutes
    hours = Hours(first=time(first // 60, first % 60), last=time(last // 60, last % 60))
    then = next_moment(at=at, hours=hours)
    assert may_ring(at=then, hours=hours)
    assert 0 <= (then - at).total_seconds() <= 25 * 3600
    assert then == at or then.astimezone(UK).time() == hours.first


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (time(12), time(12), "order"),
        (time(18), time(9), "order"),
        (time(7, 59), time(12), "wide"),
        (time(9), time(21, 1), "wide"),
    ],
)
def test_hours_that_are_none_or_too_wide_are_refused(first: time, last: time, code: str) -> None:
    with pytest.raises(HoursTooWide) as refused:
        check_hours(hours=Hours(first=first, last=last), on=ON)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_the_widest_hours_may_be_chosen() -> None:
    check_hours(hours=widest_hours(on=ON), on=ON)
