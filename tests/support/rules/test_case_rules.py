"""Clocks of cases, words they must not hold, check-ins, and phone trees."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.support.rules.case_clock import (
    RetentionRefused,
    check_deletion,
    clock_of,
    follow_ups,
    is_due_for_deletion,
    usual_deletion,
)
from hustings.support.rules.case_words import flagged_words
from hustings.support.rules.check_in import CheckInAct, act_now
from hustings.support.rules.phone_tree import phone_tree

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 30)


def test_a_case_is_followed_up_after_a_day_and_a_week_and_deleted_after_thirty() -> None:
    assert follow_ups(opened_at=NOW) == (NOW + timedelta(days=1), NOW + timedelta(days=7))
    assert usual_deletion(opened_on=TODAY) == date(2026, 4, 29)
    assert not is_due_for_deletion(delete_on=date(2026, 4, 29), today=date(2026, 4, 28))
    assert is_due_for_deletion(delete_on=date(2026, 4, 29), today=date(2026, 4, 29))
    assert clock_of(due_at=NOW - timedelta(minutes=1), now=NOW).is_overdue
    assert not clock_of(due_at=NOW, now=NOW).is_overdue


@pytest.mark.parametrize(
    ("delete_on", "code"),
    [
        (None, "missing"),
        (TODAY, "past"),
        (TODAY + timedelta(days=7), "too_early"),
        (TODAY + timedelta(days=91), "too_late"),
    ],
)
def test_a_date_of_deletion_must_make_sense(delete_on: date | None, code: str) -> None:
    with pytest.raises(RetentionRefused) as refusal:
        check_deletion(delete_on=delete_on, opened_on=TODAY, today=TODAY)
    assert refusal.value.code == code


@given(st.integers(8, 90))
def test_any_day_from_eight_to_ninety_is_kept(days: int) -> None:
    chosen = TODAY + timedelta(days=days)
    assert check_deletion(delete_on=chosen, opened_on=TODAY, today=TODAY) == chosen


@pytest.mark.parametrize(
    "text",
    [
        "Arrested for something at the square",
        "He is accused of it",
        "on suspicion of X",
        "charged with X",
        "allegedly threw a thing",
        "has previous convictions",
        "a public order OFFENCE",
        "obstruction",
    ],
)
def test_words_about_what_somebody_is_said_to_have_done_are_flagged(text: str) -> None:
    assert flagged_words(text=text)


@pytest.mark.parametrize(
    "text",
    [
        "Held at Barchester since 14:00. Needs insulin at six. Speaks Welsh.",
        "Twisted ankle, waiting by the bus shelter, wants her sister told.",
        "Somebody followed her home and shouted. She is at a friend's now.",
        "Phone charged. Suspects nothing.",
        "",
    ],
)
def test_the_needed_facts_are_not(text: str) -> None:
    assert [found.words for found in flagged_words(text=text)] == []


def test_a_check_in_is_reminded_once_then_a_case_opens() -> None:
    values = {"due_at": NOW, "ended_at": None, "reminded_at": None, "has_case": False}
    late = timedelta(minutes=20)
    assert act_now(**values, now=NOW - timedelta(seconds=1)) is CheckInAct.NOTHING  # type: ignore[arg-type]
    assert act_now(**values, now=NOW) is CheckInAct.REMIND  # type: ignore[arg-type]
    assert act_now(**{**values, "reminded_at": NOW}, now=NOW) is CheckInAct.NOTHING  # type: ignore[arg-type]
    assert act_now(**{**values, "reminded_at": NOW}, now=NOW + late) is CheckInAct.OPEN_CASE  # type: ignore[arg-type]
    assert act_now(**{**values, "has_case": True}, now=NOW + late) is CheckInAct.NOTHING  # type: ignore[arg-type]
    assert act_now(**{**values, "ended_at": NOW}, now=NOW + late) is CheckInAct.NOTHING  # type: ignore[arg-type]


@given(st.integers(0, 200), st.integers(1, 6))
def test_everybody_in_a_tree_is_rung_once_and_rings_few(count: int, each: int) -> None:
    tree = phone_tree(people=list(range(count)), each_rings=each)
    assert [branch.key for branch in tree] == list(range(count))
    callers = [branch.caller for branch in tree]
    assert all(callers.count(caller) <= each for caller in set(callers))
    known: set[int | None] = {None}
    for branch in tree:
        assert branch.caller in known
        known.add(branch.key)


def test_a_tree_of_twelve_rung_by_three() -> None:
    depths = [branch.depth for branch in phone_tree(people=list(range(12)), each_rings=3)]
    assert depths == [1] * 3 + [2] * 9
    with pytest.raises(ValueError, match="at least one"):
        phone_tree(people=[1], each_rings=0)
