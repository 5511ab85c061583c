"""Counting in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.working_days import WorkingDays

EASTER_2024 = WorkingDays.without([date(2024, 3, 29), date(2024, 4, 1)])
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_weekends_and_excluded_days_do_not_count() -> None:
    assert not EASTER_2024.counts(date(2024, 3, 29))
    assert not EASTER_2024.counts(date(2024, 3, 30))
    assert EASTER_2024.counts(date(2024, 4, 2))


def test_counting_back_over_easter() -> None:
    assert EASTER_2024.before(date(2024, 5, 2), 19) == date(2024, 4, 5)
    assert EASTER_2024.before(date(2024, 4, 2), 1) == date(2024, 3, 28)
    assert EASTER_2024.after(date(2024, 3, 28), 1) == date(2024, 4, 2)


def test_a_last_day_on_an_excluded_day_moves_on() -> None:
    assert EASTER_2024.on_or_after(date(2024, 3, 29)) == date(2024, 4, 2)
    assert EASTER_2024.on_or_after(date(2024, 4, 3)) == date(2024, 4, 3)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        EASTER_2024.before(date(2024, 5, 2), -1)


@given(days, st.integers(1, 60), st.frozensets(days, max_size=10))
def test_going_there_and_back_again(on: date, count: int, excluded: frozenset[date]) -> None:
    calendar = WorkingDays(excluded)
    start = calendar.on_or_after(on)
    reached = calendar.after(start, count)
    assert calendar.counts(reached)
    assert calendar.before(reached, count) == start
    between = [start + timedelta(days=n) for n in range(1, (reached - start).days + 1)]
    assert sum(map(calendar.counts, between)) == count
