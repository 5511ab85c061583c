"""When returns are due, on real dates, and when spending began to count."""

from datetime import date

import pytest

from hustings.elections.rules.timetable import working_days
from hustings.money.rules.deadlines import ReturnTask, deadlines, reminder_due
from hustings.money.rules.regulated import NotYetACandidate, long_campaign_from, regulated_period

CALENDAR = working_days(nations=["england"], years=[2021, 2024, 2026])


def _due(
    election: str, poll_on: date, result_on: date | None, delivered_on: date | None = None
) -> dict[str, date | None]:
    found = deadlines(
        election=election,
        poll_on=poll_on,
        result_on=result_on,
        return_delivered_on=delivered_on,
        calendar=CALENDAR,
    )
    return {str(due.task): due.due_on for due in found}


@pytest.mark.parametrize(
    ("result_on", "invoices", "paid", "returned"),
    [
        (date(2024, 7, 4), date(2024, 7, 25), date(2024, 8, 1), date(2024, 8, 8)),
        (date(2024, 7, 5), date(2024, 7, 26), date(2024, 8, 2), date(2024, 8, 9)),
        (date(2024, 7, 6), date(2024, 7, 29), date(2024, 8, 5), date(2024, 8, 12)),
    ],
)
def test_the_general_election_of_2024(result_on: date, invoices: date, paid: date, returned: date) -> None:
    """21, 28 and 35 days from the result; a Saturday moves to Monday."""
    found = _due("parl", date(2024, 7, 4), result_on)
    assert (found["invoices-received"], found["invoices-paid"], found["return"]) == (invoices, paid, returned)


def test_may_2026() -> None:
    """Councils count from the result, parishes from the poll."""
    poll = date(2026, 5, 7)
    assert _due("local", poll, date(2026, 5, 7))["return"] == date(2026, 6, 11)
    assert _due("local", poll, date(2026, 5, 8))["return"] == date(2026, 6, 12)
    parish = _due("parish", poll, None)
    assert parish["return"] == date(2026, 6, 4)
    assert parish["candidate-declaration"] == date(2026, 6, 4)
    assert "personal-expenses" not in parish
    assert _due("local", poll, None)["return"] is None


def test_the_candidate_s_declaration_counts_from_the_return() -> None:
    """Seven working days after it was delivered; until then after its last day."""
    poll = date(2026, 5, 7)
    assert _due("local", poll, date(2026, 5, 8), date(2026, 6, 1))["candidate-declaration"] == date(
        2026, 6, 10
    )
    assert _due("local", poll, date(2026, 5, 8))["candidate-declaration"] == date(2026, 6, 23)


def test_seventy_days_in_london_and_a_warning_for_combined_authorities() -> None:
    """What is not confirmed says so."""
    assert _due("mayor-london", date(2024, 5, 2), date(2024, 5, 4))["return"] == date(2024, 7, 15)
    found = deadlines(
        election="mayor-combined",
        poll_on=date(2026, 5, 7),
        result_on=date(2026, 5, 8),
        return_delivered_on=None,
        calendar=CALENDAR,
    )
    (due,) = [due for due in found if due.task is ReturnTask.RETURN]
    assert "35 days to be safe" in due.warning


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        *((date(2026, 5, 29), 14), (date(2026, 5, 30), None), (date(2026, 6, 12), 0)),
        *((date(2026, 6, 15), -3), (date(2026, 6, 14), None)),
    ],
)  # fmt: skip
def test_reminders_come_on_few_days(today: date, expected: int | None) -> None:
    """Fourteen, seven, three and one day before, on the day, and every third day after."""
    assert reminder_due(due_on=date(2026, 6, 12), today=today) == expected


@pytest.mark.parametrize(
    ("poll_on", "notice"),
    [
        (date(2021, 5, 6), date(2021, 3, 29)),
        (date(2024, 5, 2), date(2024, 3, 26)),
        (date(2026, 5, 7), date(2026, 3, 30)),
    ],
)
def test_a_council_candidate_who_declared_early_is_one_from_the_last_day_for_the_notice(
    poll_on: date, notice: date
) -> None:
    """And spending counts from the day after, up to and on polling day."""
    found = regulated_period(
        election="local", poll_on=poll_on, declared_on=date(poll_on.year, 1, 10), calendar=CALENDAR
    )
    assert found.candidate_on == notice
    assert found.span.valid_from is not None
    assert found.span.valid_from > notice
    assert found.span.contains(poll_on)
    assert not found.span.contains(notice)


def test_a_later_declaration_or_nomination_starts_it() -> None:
    """Whichever comes first; a general election cannot begin before the dissolution."""
    found = regulated_period(
        election="local",
        poll_on=date(2026, 5, 7),
        declared_on=date(2026, 4, 8),
        nominated_on=date(2026, 4, 7),
        calendar=CALENDAR,
    )
    assert found.candidate_on == date(2026, 4, 7)
    found = regulated_period(
        election="parl",
        poll_on=date(2024, 7, 4),
        declared_on=date(2023, 9, 1),
        earliest_on=date(2024, 5, 30),
    )
    assert found.span.valid_from == date(2024, 5, 31)
    assert not found.warning
    found = regulated_period(
        election="parl-by-election",
        poll_on=date(2026, 5, 7),
        declared_on=date(2026, 1, 2),
        earliest_on=date(2026, 3, 2),
    )
    assert found.warning  # the vacancy as earliest day is general knowledge


def test_what_is_missing_is_asked_for() -> None:
    """With a sentence that names the day."""
    with pytest.raises(NotYetACandidate, match="dissolution"):
        regulated_period(election="parl", poll_on=date(2024, 7, 4), declared_on=date(2024, 6, 1))
    with pytest.raises(NotYetACandidate, match="declared"):
        regulated_period(election="local", poll_on=date(2026, 5, 7), declared_on=None, calendar=CALENDAR)


def test_the_long_campaign_of_the_parliament_of_2024() -> None:
    """Parliament first met on 9 July 2024: 55 months end about 9 February 2029."""
    assert long_campaign_from(parliament_met_on=date(2024, 7, 9)) == date(2029, 2, 10)
    assert long_campaign_from(parliament_met_on=date(2024, 7, 31)) == date(2029, 3, 1)
