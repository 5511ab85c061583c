"""Half-open spans: the first day is in, the last named day is out."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hustings.basics.spans import DateSpan, EmptySpan

POLL = date(2026, 5, 7)
DAY = timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def spans() -> st.SearchStrategy[DateSpan]:
    def build(ends: tuple[date | None, date | None]) -> DateSpan:
        return DateSpan(*ends)

    ends = st.tuples(st.none() | days, st.none() | days)
    return ends.filter(lambda pair: pair[0] is None or pair[1] is None or pair[0] < pair[1]).map(build)


def test_the_first_day_is_in_and_the_last_named_day_is_out() -> None:
    span = DateSpan(POLL, POLL + DAY)
    assert span.contains(POLL)
    assert not span.contains(POLL + DAY)
    assert not span.contains(POLL - DAY)


def test_a_span_without_ends_holds_every_day() -> None:
    assert DateSpan().contains(date.min)
    assert DateSpan().contains(date.max)
    assert DateSpan().is_open
    assert not DateSpan(None, POLL).is_open


@pytest.mark.parametrize("until", [POLL, POLL - DAY])
def test_a_span_without_a_day_is_refused(until: date) -> None:
    with pytest.raises(EmptySpan, match="exclusive"):
        DateSpan(POLL, until)


def test_spans_that_follow_each_other_meet_and_do_not_overlap() -> None:
    before, after = DateSpan(None, POLL), DateSpan(POLL, None)
    assert before.meets(after)
    assert not after.meets(before)
    assert not before.overlaps(after)
    assert str(before) == "the beginning until 2026-05-07"
    assert str(after) == "2026-05-07 until further notice"


@given(spans(), spans(), days)
def test_a_day_in_both_means_overlap(one: DateSpan, other: DateSpan, on: date) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    if one.contains(on) and other.contains(on):
        assert one.overlaps(other)


@given(spans(), spans())
def test_overlapping_spans_share_a_day(one: DateSpan, other: DateSpan) -> None:
    assume(one.overlaps(other))
    latest_start = max(one.valid_from or date.min, other.valid_from or date.min)
    assert one.contains(latest_start)
    assert other.contains(latest_start)
