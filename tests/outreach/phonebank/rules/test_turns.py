"""Whether somebody is rung again, and when; the codes of sheets."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.outreach.phonebank.rules.hours import Hours
from hustings.outreach.phonebank.rules.sheet_code import (
    LETTERS,
    NotASheetCode,
    code_of,
    how_many,
    read_code,
)
from hustings.outreach.phonebank.rules.turns import Result, Turn, turn_after

AT = datetime(2026, 3, 30, 18, 0, tzinfo=UTC)
HOURS = Hours(first=time(9), last=time(20, 30))


def _turn(result: Result, tries: int = 0, **given: Any) -> Turn:
    return turn_after(
        **{
            "result": result,
            "tries": tries,
            "at": AT,
            "hours": HOURS,
            "most_tries": 3,
            "hours_between": 4,
            **given,
        }
    )


def test_nobody_answers_three_times() -> None:
    first = _turn(Result.NO_ANSWER)
    # Four hours later it is ten in the evening: the next morning at nine, summer time.
    assert first == Turn(is_done=False, tries=1, not_before=datetime(2026, 3, 31, 8, 0, tzinfo=UTC))
    assert not _turn(Result.NO_ANSWER, 1).is_done
    assert _turn(Result.NO_ANSWER, 2) == Turn(is_done=True, tries=3)


def test_later_is_their_moment_and_no_try() -> None:
    then = AT + timedelta(days=2)
    assert _turn(Result.LATER, 2, later_at=then) == Turn(
        is_done=False, tries=2, not_before=then, is_promised=True
    )
    assert not _turn(Result.LATER).is_promised


@pytest.mark.parametrize("result", [Result.SPOKE, Result.OBJECTED, Result.GONE])
def test_whoever_was_reached_is_done_with(result: Result) -> None:
    assert _turn(result) == Turn(is_done=True, tries=1)


def test_a_wrong_number_is_followed_by_another_where_there_is_one() -> None:
    assert _turn(Result.WRONG_NUMBER).is_done
    assert not _turn(Result.WRONG_NUMBER, has_other_number=True).is_done


@given(st.integers(0, how_many() - 1))
def test_every_code_is_read_back_and_every_slip_of_one_letter_is_noticed(number: int) -> None:
    code = code_of(number=number)
    assert read_code(entered=f" {code[:3].lower()} {code[3:]}") == code
    for place in range(len(code)):
        wrong = LETTERS[(LETTERS.index(code[place]) + 1) % len(LETTERS)]
        with pytest.raises(NotASheetCode):
            read_code(entered=code[:place] + wrong + code[place + 1 :])


@given(st.integers(0, how_many() - 1), st.integers(0, 3))
def test_two_letters_swapped_are_noticed(number: int, place: int) -> None:
    code = code_of(number=number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(NotASheetCode):
            read_code(entered=swapped)


@pytest.mark.parametrize("entered", ["", "AAAAA", "AAAAAAA", "0AAAAA", "ÄAAAAA"])
def test_what_is_no_code_is_refused_in_a_sentence(entered: str) -> None:
    with pytest.raises(NotASheetCode, match="six letters"):
        read_code(entered=entered)
