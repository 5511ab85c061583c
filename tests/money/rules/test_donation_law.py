"""Thresholds by date, the thirty days, the calendar of reports: real dates from the Electoral Commission's pages."""

from datetime import date, timedelta

import pytest

from hustings.basics.tables import NoRuleInForce
from hustings.money.rules.donation_law import (
    clock_of,
    donation_tables,
    floor_pence,
    pending_keys,
    pending_rule,
    threshold,
)
from hustings.money.rules.donation_reports import (
    NoSuchElection,
    ReportGift,
    quarterly_lines,
    quarters,
    weekly_before,
    weekly_lines,
)


@pytest.mark.parametrize(
    ("what", "who", "on", "pence"),
    [
        ("report", "party", date(2023, 12, 31), 750_000),
        ("report", "party", date(2024, 1, 1), 1_118_000),
        ("further", "party", date(2023, 12, 31), 150_000),
        ("further", "party", date(2024, 1, 1), 223_000),
        ("weekly", "party", date(2019, 11, 20), 750_000),
        ("weekly", "party", date(2024, 6, 5), 1_118_000),
        ("weekly", "non-party", date(2024, 6, 5), 750_000),
        ("floor", "party", date(2026, 1, 1), 50_000),
        ("floor", "candidate", date(2026, 1, 1), 5_000),
        ("report", "donee", date(2024, 1, 1), 223_000),
    ],
)
def test_thresholds_by_date(what: str, who: str, on: date, pence: int) -> None:
    """The sums of rules 4.1, on both sides of 1 January 2024."""
    assert threshold(what=what, who=who, on=on).integer() == pence


def test_earlier_than_the_tables_there_is_no_rule() -> None:
    """Nothing is guessed."""
    with pytest.raises(NoRuleInForce):
        floor_pence(recipient="party", on=date(2005, 1, 1))


def test_figures_that_were_not_read_say_so() -> None:
    """The donee's figure is general knowledge, the donor's own report uncertain."""
    assert threshold(what="report", who="donee", on=date(2025, 1, 1)).warning
    assert threshold(what="own-report", who="donor", on=date(2025, 1, 1)).status == "uncertain"


def test_every_entry_has_a_source() -> None:
    """All the tables load, and say where they were read."""
    assert all(entry.source for table in donation_tables() for entry in table.entries)


def test_proposed_rules_are_uncertain() -> None:
    """None of section 11 is law as far as was found."""
    assert {pending_rule(key=key).status for key in pending_keys()} == {"uncertain"}
    assert len(pending_keys()) == 4


def test_thirty_days_with_the_day_of_receipt_as_the_first() -> None:
    """A gift of 1 April must be decided by the end of 30 April."""
    clock = clock_of(starts_on=date(2026, 4, 1), today=date(2026, 4, 30))
    assert (clock.last_day, clock.days_left, clock.is_over) == (date(2026, 4, 30), 0, False)
    assert clock_of(starts_on=date(2026, 4, 1), today=date(2026, 5, 1)).is_over


def test_weekly_reports_of_2024() -> None:
    """30 May to 5 June due 12 June … 27 June to 3 July due 10 July; 4 July due 11 July."""
    periods = weekly_before(poll_on=date(2024, 7, 4), recipient="party")
    assert [(one.from_on, one.last_on, one.due_on) for one in periods] == [
        *(
            (
                date(2024, 5, 30) + timedelta(days=7 * week),
                date(2024, 6, 5) + timedelta(days=7 * week),
                date(2024, 6, 12) + timedelta(days=7 * week),
            )
            for week in range(5)
        ),
        (date(2024, 7, 4), date(2024, 7, 4), date(2024, 7, 11)),
    ]
    assert all(one.needs_nil for one in periods)
    assert not any(one.needs_nil for one in weekly_before(poll_on=date(2024, 7, 4), recipient="non-party"))


def test_no_weekly_reports_before_other_polls() -> None:
    """A council election has none."""
    with pytest.raises(NoSuchElection):
        weekly_before(poll_on=date(2026, 5, 7), recipient="party")


def test_quarterly_reports_are_due_thirty_days_later() -> None:
    """30 April, 30 July, 30 October, 30 January."""
    assert [one.due_on for one in quarters(of_year=2025)] == [
        date(2025, 4, 30),
        date(2025, 7, 30),
        date(2025, 10, 30),
        date(2026, 1, 30),
    ]


def _gift(
    gift_id: int, pounds: int, on: date, source: str = "ada", *, is_refused: bool = False
) -> ReportGift:
    return ReportGift(
        gift_id=gift_id, source=source, amount_pence=pounds * 100, received_on=on, is_refused=is_refused
    )


def test_a_source_is_named_once_its_year_passes_the_threshold() -> None:
    """£6,000 in January and £6,000 in May: nothing in the first quarter, both in the second; then only above £2,230 more."""
    gifts = [
        _gift(1, 6_000, date(2025, 1, 10)),
        _gift(2, 6_000, date(2025, 5, 10)),
        _gift(3, 2_000, date(2025, 8, 1)),
        _gift(4, 1_000, date(2025, 11, 1)),
        _gift(5, 11_181, date(2025, 2, 1), "ben"),
        _gift(6, 400, date(2025, 2, 1), "cat"),
        _gift(7, 800, date(2025, 2, 1), "dan", is_refused=True),
    ]
    first, second, third, fourth = (
        [(line.gift_id, line.why) for line in quarterly_lines(gifts=gifts, period=period, floor_pence=50_000)]
        for period in quarters(of_year=2025)
    )
    assert first == [(5, "single"), (7, "refused")]
    assert second == [(1, "aggregate"), (2, "aggregate")]
    assert third == []
    assert fourth == [(3, "further"), (4, "further")]


def test_exactly_the_threshold_is_not_above_it() -> None:
    """£11,180.00 is not reported, a penny more is."""
    gifts = [
        _gift(1, 11_180, date(2025, 1, 10)),
        ReportGift(gift_id=2, source="ben", amount_pence=1_118_001, received_on=date(2025, 1, 10)),
    ]
    lines = quarterly_lines(gifts=gifts, period=quarters(of_year=2025)[0], floor_pence=50_000)
    assert [line.gift_id for line in lines] == [2]


def test_a_weekly_report_names_single_gifts_above_its_own_threshold() -> None:
    """Parties above £11,180, non-party campaigners above £7,500."""
    gifts = [_gift(1, 8_000, date(2024, 6, 1)), _gift(2, 12_000, date(2024, 6, 1), "ben")]
    period = weekly_before(poll_on=date(2024, 7, 4), recipient="party")[0]
    assert [line.gift_id for line in weekly_lines(gifts=gifts, period=period, recipient="party")] == [2]
    assert [line.gift_id for line in weekly_lines(gifts=gifts, period=period, recipient="non-party")] == [
        1,
        2,
    ]
