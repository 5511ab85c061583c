"""Numbers, dates and amounts as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from hustings.platform import words
from tests.conftest import NOW


def test_numbers_and_amounts() -> None:
    """Commas between thousands; even pounds without zeros."""
    assert words.number(1234567) == "1,234,567"
    assert words.number(None) == ""
    assert words.percent(0.375, places=1) == "37.5%"
    assert (words.pounds(123400), words.pounds(123450), words.pounds(None)) == ("£1,234", "£1,234.50", "")


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 5, 7, 9, 5, tzinfo=UTC), "7 May 2026, 10:05am"),
        (datetime(2026, 5, 7, 11, 0, tzinfo=UTC), "7 May 2026, noon"),
        (datetime(2026, 5, 6, 23, 0, tzinfo=UTC), "7 May 2026, midnight"),
        (datetime(2026, 1, 7, 15, 0, tzinfo=UTC), "7 January 2026, 3pm"),
        (datetime(2026, 1, 7, 0, 30, tzinfo=UTC), "7 January 2026, 12:30am"),
    ],
)
def test_moments_are_told_by_the_clock_on_the_wall(moment: datetime, text: str) -> None:
    """In the United Kingdom, summer and winter."""
    assert words.moment(moment) == text


def test_dates_in_welsh() -> None:
    """The month in the reader's language, the time by 24 hours."""
    with translation.override("cy"):
        assert words.moment(datetime(2026, 5, 7, 9, 5, tzinfo=UTC)) == "7 Mai 2026, 10:05"


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=20), "yesterday at 2pm"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=30), "28 February 2026"),
        (-timedelta(days=1), "tomorrow"),
    ],
)
def test_how_long_ago(passed: timedelta, text: str) -> None:
    """As somebody would say it."""
    assert words.ago(NOW - passed, now=NOW) == text
    assert words.ago(None, now=NOW) == "never"


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "today"), (1, "tomorrow"), (5, "in 5 days"), (-1, "1 day overdue"), (60, "on 29 May 2026")],
)
def test_how_far_off(days: int, text: str) -> None:
    """Near days are counted, far ones named."""
    today = date(2026, 3, 30)
    assert words.until(today + timedelta(days=days), today=today) == text


def test_anything_written() -> None:
    """What a list shows for each kind of value."""
    assert [words.written(value) for value in (None, True, False, 1234, "x", date(2026, 5, 7))] == [
        "", "Yes", "No", "1,234", "x", "7 May 2026",
    ]  # fmt: skip


def test_spans_with_their_weekdays() -> None:
    """One day is named once, two days twice; by the wall clock."""
    starts_at = datetime(2026, 4, 4, 9, 0, tzinfo=UTC)
    assert words.span(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)) == (
        "Saturday 4 April 2026, 10am to noon"
    )
    assert words.span(starts_at=starts_at, ends_at=starts_at + timedelta(hours=16)) == (
        "Saturday 4 April 2026, 10am to Sunday 5 April 2026, 2am"
    )
    assert words.appointment(None) == ""


def test_distances() -> None:
    """What rounds to nothing is not “0.0 km away”."""
    assert [words.away(km) for km in (0, 0.04, 0.06, 0.4, 12.34, 1234)] == [
        "less than 100 m away", "less than 100 m away", "0.1 km away", "0.4 km away", "12.3 km away", "1,234.0 km away",
    ]  # fmt: skip
    assert [words.away(km, places=0) for km in (0, 0.49, 0.6, 12.34)] == [
        "less than 1 km away", "less than 1 km away", "about 1 km away", "about 12 km away",
    ]  # fmt: skip
    assert [words.distance(km) for km in (0.01, 3)] == ["less than 100 m", "3.0 km"]
    assert [words.distance(km, places=0) for km in (0.4, 3)] == ["less than 1 km", "3 km"]
    with translation.override("cy"):
        assert words.away(0) == "llai na 100 m i ffwrdd"
        assert words.away(7, places=0) == "tua 7 km i ffwrdd"
