"""The audit of returns: on made-up cases one by one, and on the whole published file of 2024."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hustings.money.importers.candidate_returns import poll_date_in, read_returns
from hustings.money.rules.returns_audit import CandidateReturn, Finding, audit_returns, grade_of
from hustings.platform.importing.importer import ImportRefused
from tests.data_folder import data_path

JUL_2024 = date(2024, 7, 4)
GOOD = {
    "constituency": "Barset East",
    "candidate": "Ann Example",
    "nation": "england",
    "seat_kind": "county",
    "electors_on_return": 70_000,
    "limit_on_return": 1_979_000,
    "electors_from_ro": 70_000,
    "limit_from_ro": 1_979_000,
    "total": 150_000,
    "categories": {"Advertising": 100_000, "Transport": 50_000},
}


def _audit(**changes: object) -> list[Finding]:
    item = CandidateReturn(**{**GOOD, **changes})  # type: ignore[arg-type]
    return list(audit_returns(returns=[item], poll_on=JUL_2024))


def test_a_return_that_agrees_has_no_finding() -> None:
    """£11,390 + 12p × 70,000 = £19,790."""
    assert _audit() == []


@pytest.mark.parametrize(
    ("changes", "check", "stated", "expected", "grade"),
    [
        ({"limit_on_return": 1_979_050}, "limit_on_return", 1_979_050, 1_979_000, "rounding"),
        ({"limit_on_return": 1_975_000}, "limit_on_return", 1_975_000, 1_979_000, "minor"),
        ({"limit_on_return": 870_000}, "limit_on_return", 870_000, 1_979_000, "material"),
        ({"limit_from_ro": 1_979_101}, "limit_from_ro", 1_979_101, 1_979_000, "minor"),
        ({"total": 150_001}, "category_sum", 150_001, 150_000, "rounding"),
        (
            {"total": 2_000_000, "categories": {"Advertising": 2_000_000}},
            "over_limit",
            2_000_000,
            1_979_000,
            "material",
        ),
        ({"total": None}, "missing", None, None, "minor"),
        ({"limit_on_return": None}, "missing", None, None, "minor"),
        ({"categories": {"Advertising": 150_000, "Transport": None}}, "missing", None, None, "minor"),
    ],
)
def test_each_difference_is_one_finding(
    changes: dict[str, object], check: str, stated: int | None, expected: int | None, grade: str
) -> None:
    """With both figures and a grade."""
    (finding,) = _audit(**changes)
    assert (finding.check, finding.stated, finding.expected, finding.grade) == (
        check,
        stated,
        expected,
        grade,
    )


def test_words_are_careful() -> None:
    """A difference is said as ours, with its size."""
    (finding,) = _audit(limit_on_return=1_975_000)
    assert finding.message == (
        "The limit on the return, £19,750.00, is £40.00 less than the £19,790.00 that the stated electorate of 70,000 "
        "gives by our calculation."
    )


def test_grades_meet_at_a_pound_and_a_hundred() -> None:
    """Up to £1 is rounding; more than £100 is material."""
    assert [grade_of(difference=pence) for pence in (1, -100, 101, 10_000, -10_001)] == [
        *("rounding", "rounding", "minor", "minor", "material")
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ge2024_candidate_spending_returns.csv", JUL_2024),
        ("UKPGE_candidate_spending_2019.csv", date(2019, 12, 12)),
        ("returns.csv", None),
        ("returns_2019_2024.csv", None),
    ],
)
def test_the_election_is_read_from_the_name(name: str, expected: date | None) -> None:
    """Only where it is plain."""
    assert poll_date_in(name=name) == expected


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """With the column that is missing."""
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ImportRefused, match="no column “Forename”"):
        list(read_returns(path=path))


@pytest.mark.data
def test_the_published_file_of_2024() -> None:
    """About three in ten stated limits differ, one in five by more than a pound, and at least one of an officer's.

    Every limit is worked out here a second time, without the tables.
    """
    path = data_path("elections/ge2024_candidate_spending_returns.csv")
    returns = list(read_returns(path=path))
    assert len(returns) == 2288
    findings = list(audit_returns(returns=returns, poll_on=JUL_2024))
    by_check = Counter(finding.check for finding in findings)

    def independent(item: CandidateReturn, electors: int) -> int:
        return 1_139_000 + {"county": 12, "borough": 8}[item.seat_kind] * electors

    both = [item for item in returns if item.electors_on_return and item.limit_on_return is not None]
    differing = [
        item.limit_on_return - independent(item, item.electors_on_return)
        for item in both
        if item.limit_on_return is not None and item.electors_on_return
        if item.limit_on_return != independent(item, item.electors_on_return)
    ]
    assert by_check["limit_on_return"] == len(differing)
    assert 0.25 < len(differing) / len(both) < 0.35
    assert 0.15 < sum(abs(pence) > 100 for pence in differing) / len(both) < 0.25
    officers = [
        item
        for item in returns
        if item.electors_from_ro and item.limit_from_ro != independent(item, item.electors_from_ro)
    ]
    assert by_check["limit_from_ro"] == len(officers) >= 1
