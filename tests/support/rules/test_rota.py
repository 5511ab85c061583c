"""Shifts cover a span without holes, and gaps are found wherever people are missing."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.support.rules.rota import Gap, ShiftNeed, cut_shifts, gaps_of, longest_gap, overlaps

EIGHT = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)


def hour(number: float) -> datetime:
    return EIGHT + timedelta(hours=number)


def need(key: int, begins: float, ends: float, minimum: int, held: int) -> ShiftNeed:
    return ShiftNeed(key=key, starts_at=hour(begins), ends_at=hour(ends), minimum=minimum, held=held)


def test_twelve_hours_are_six_shifts_and_a_short_rest_joins_the_last() -> None:
    shifts = cut_shifts(starts_at=EIGHT, ends_at=hour(12), minutes=120)
    assert len(shifts) == 6
    assert cut_shifts(starts_at=EIGHT, ends_at=hour(4.5), minutes=120) == (
        (EIGHT, hour(2)),
        (hour(2), hour(4.5)),
    )
    assert cut_shifts(starts_at=EIGHT, ends_at=hour(5), minutes=120)[-1] == (hour(4), hour(5))
    assert cut_shifts(starts_at=EIGHT, ends_at=EIGHT, minutes=60) == ()
    with pytest.raises(ValueError, match="at least a minute"):
        cut_shifts(starts_at=EIGHT, ends_at=hour(1), minutes=0)


@given(st.integers(1, 3_000), st.integers(1, 600))
def test_shifts_join_without_holes(length: int, minutes: int) -> None:
    ends = EIGHT + timedelta(minutes=length)
    shifts = cut_shifts(starts_at=EIGHT, ends_at=ends, minutes=minutes)
    assert shifts[0][0] == EIGHT
    assert shifts[-1][1] == ends
    assert all(before[1] == after[0] for before, after in itertools.pairwise(shifts))


def test_gaps_join_where_as_many_are_missing_and_begin_now() -> None:
    shifts = [need(3, 4, 6, 2, 1), need(1, 0, 2, 2, 0), need(2, 2, 4, 2, 0), need(4, 6, 8, 2, 2)]
    assert gaps_of(shifts=shifts, since=hour(1)) == (
        Gap(starts_at=hour(1), ends_at=hour(4), missing=2),
        Gap(starts_at=hour(4), ends_at=hour(6), missing=1),
    )
    assert gaps_of(shifts=shifts, since=hour(6)) == ()
    longest = longest_gap(shifts=shifts)
    assert longest is not None
    assert longest.hours == 4
    assert longest_gap(shifts=[]) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=12))
def test_missing_hours_add_up(rota: list[tuple[int, int]]) -> None:
    shifts = [need(key, key, key + 1, minimum, held) for key, (minimum, held) in enumerate(rota)]
    gaps = gaps_of(shifts=shifts, since=EIGHT)
    assert sum(gap.hours * gap.missing for gap in gaps) == sum(shift.missing for shift in shifts)


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not overlaps(starts_at=hour(2), ends_at=hour(4), others=[(hour(0), hour(2)), (hour(4), hour(6))])
    assert overlaps(starts_at=hour(2), ends_at=hour(4), others=[(hour(3), hour(5))])
