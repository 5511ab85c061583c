"""How long areas exist, by their codes and lists."""

from datetime import date

import pytest

from hustings.basics.spans import DateSpan
from hustings.places.rules.lifespans import (
    code_in_2024,
    constituency_span,
    end_from_register,
    is_in_2024_set,
    ward_first_day,
)

POLL = date(2024, 7, 4)


@pytest.mark.parametrize(
    ("code", "span"),
    [
        ("E14000530", DateSpan(date(2010, 5, 6), POLL)),
        ("S14000001", DateSpan(date(2005, 5, 5), POLL)),
        ("S14000051", DateSpan(date(2005, 5, 5), None)),
        ("S14000006", DateSpan(date(2005, 5, 5), POLL)),
        ("S14000107", DateSpan(POLL, None)),
        ("E14001063", DateSpan(POLL, None)),
        ("N05000001", DateSpan(POLL, None)),
        ("N06000001", DateSpan(date(2010, 5, 6), POLL)),
        ("E05000001", DateSpan()),
    ],
)
def test_a_constituencys_code_tells_its_days(code: str, span: DateSpan) -> None:
    assert constituency_span(code=code) == span


def test_kept_scottish_seats_belong_to_both_sets() -> None:
    assert is_in_2024_set(code="S14000051")
    assert is_in_2024_set(code="S14000060")
    assert not is_in_2024_set(code="S14000001")


def test_early_lists_of_the_2024_seats_have_five_old_codes() -> None:
    assert code_in_2024(code="S14000006") == "S14000107"
    assert code_in_2024(code="S14000051") == "S14000051"


def test_wards_begin_in_may_and_the_oldest_list_tells_nothing() -> None:
    assert ward_first_day(first_listed_in=2023) == date(2023, 5, 1)
    assert ward_first_day(first_listed_in=2016) is None


def test_both_ways_of_writing_a_councils_end_mean_the_first_of_april() -> None:
    assert end_from_register(last_day_or_first_day_after=date(2020, 3, 31)) == date(2020, 4, 1)
    assert end_from_register(last_day_or_first_day_after=date(2023, 4, 1)) == date(2023, 4, 1)
