"""The clock of requests."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.tables import NoRuleInForce
from hustings.people.models import RightsRequestKind
from hustings.people.rules.rights import (
    CLOCK,
    acknowledgement_due,
    add_months,
    answer_due,
    may_extend,
    may_pause,
)


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2026, 3, 30), date(2026, 4, 30)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_an_access_request_has_a_month(received_on: date, due_on: date) -> None:
    due = answer_due(kind="access", received_on=received_on)
    assert (due.on, due.warning) == (due_on, "")
    assert CLOCK.by_id(due.rule).key == ("access", "answer")


def test_two_more_months_where_extended() -> None:
    assert answer_due(kind="access", received_on=date(2026, 3, 30), is_extended=True).on == date(2026, 6, 30)
    with pytest.raises(NoRuleInForce):
        answer_due(kind="complaint", received_on=date(2026, 7, 1), is_extended=True)
    assert [may_extend(kind=kind, received_on=date(2026, 7, 1)) for kind in ("access", "complaint")] == [
        True,
        False,
    ]


def test_the_clock_stands_still_only_since_the_law_lets_it() -> None:
    before, after = date(2026, 2, 4), date(2026, 2, 5)
    assert not may_pause(kind="access", received_on=before)
    assert may_pause(kind="access", received_on=after)
    assert answer_due(kind="access", received_on=before, paused_days=10).on == date(2026, 3, 4)
    assert answer_due(kind="access", received_on=after, paused_days=10).on == date(2026, 3, 15)
    assert not may_pause(kind="complaint", received_on=after)


def test_an_objection_is_heeded_at_once() -> None:
    assert answer_due(kind="objection", received_on=date(2026, 3, 30)).on == date(2026, 3, 30)


def test_complaints_are_acknowledged_since_june_2026() -> None:
    assert acknowledgement_due(kind="complaint", received_on=date(2026, 6, 18)) is None
    due = acknowledgement_due(kind="complaint", received_on=date(2026, 6, 19))
    assert due is not None
    assert due.on == date(2026, 7, 19)
    assert acknowledgement_due(kind="access", received_on=date(2026, 6, 19)) is None


def test_every_kind_of_request_has_a_time() -> None:
    for kind in RightsRequestKind.values:
        assert answer_due(kind=kind, received_on=date(2026, 7, 1)).on >= date(2026, 7, 1)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 24))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    later = add_months(day=day, months=months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1 < day.day
