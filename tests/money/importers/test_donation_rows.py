"""Published donations are read under every publisher's headings, and what is said about them holds."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.money.commands import app
from hustings.money.importers.donation_rows import read_donations
from hustings.money.rules.published.donations import PublishedGift
from hustings.money.rules.published.report import Report, report_on
from hustings.platform.importing.importer import ImportRefused
from tests.data_folder import data_path

EXPORT = Path(__file__).resolve().parents[2] / "data" / "money" / "ec_export.csv"


def gifts_in(path: Path) -> list[PublishedGift]:
    """The rows that could be read."""
    return [gift for _, _, gift in read_donations(path=path) if isinstance(gift, PublishedGift)]


@pytest.fixture(scope="module")
def report() -> Report:
    """The report on the made-up export."""
    return report_on(gifts=gifts_in(EXPORT))


def test_the_commissions_own_layout_is_read() -> None:
    """Pounds with commas, days before months, True and False."""
    first = gifts_in(EXPORT)[0]
    assert (first.value_pence, first.received_on, first.accepted_on) == (
        600_000,
        date(2019, 11, 11),
        date(2019, 11, 12),
    )
    assert gifts_in(EXPORT)[2].is_reported_pre_poll


def test_a_row_without_an_amount_is_told_with_its_line() -> None:
    """Line 9 says “about a thousand”."""
    problems = [
        (line, str(gift)) for line, _, gift in read_donations(path=EXPORT) if isinstance(gift, Exception)
    ]
    assert problems == [(9, "The value “about a thousand” is not an amount in pounds.")]


def test_donors_are_one_across_spellings(report: Report) -> None:
    """Bill is William for one recipient; a company number joins two names; an abbreviation in brackets is an aside."""
    spellings = {one.donor: one.spellings for one in report.by_donor if len(one.spellings) > 1}
    assert sorted(spellings.values()) == [
        ("Bill Marsh", "Mr William Marsh"),
        ("Fellowship of Hoggle-Stock Hauliers", "Fellowship of Hoggle-Stock Hauliers (FHSH)"),
        ("WEIR HOLDINGS LIMITED", "Weir Holdings Ltd"),
    ]


def test_the_sum_of_two_spellings_passes_the_threshold_of_its_day(report: Report) -> None:
    """£6,000 and £6,000 in 2019 pass £7,500 on the day of the second."""
    marsh = next(one for one in report.aggregates if "Marsh" in one.donor)
    assert (marsh.pence, marsh.threshold_pence, marsh.crossed_on) == (1_200_000, 750_000, date(2019, 11, 20))
    assert marsh.status == "sourced"


def test_an_accounting_unit_has_its_own_threshold(report: Report) -> None:
    """£2,000 to Barchester in 2024 stays below £2,230, which was not read."""
    unit = next(one for one in report.aggregates if one.unit == "Barchester")
    assert (unit.threshold_pence, unit.is_above, unit.status) == (223_000, False, "known")


def test_returned_gifts_and_public_money_are_in_no_yearly_sum(report: Report) -> None:
    """They are in the totals all the same."""
    assert not any(one.donor in {"Dot Nobody", "House of Commons"} for one in report.aggregates)
    assert any(one.donor == "House of Commons" for one in report.by_donor)
    assert any("public money" in warning for warning in report.warnings)


def test_totals_add_up(report: Report) -> None:
    """Every list of totals adds up to the whole."""
    for totals in (report.by_recipient, report.by_donor, report.by_week):
        assert sum(total.pence for total in totals) == report.pence
    quarters = [total for total in report.by_period if not total.key.startswith("pre-poll")]
    assert sum(total.pence for total in quarters) == report.pence
    assert [total.key for total in report.by_period if total.key.startswith("pre-poll")] == [
        "pre-poll 2019 (2019-11-06 to 2019-12-12)",
        "pre-poll 2017 (2017-05-03 to 2017-06-08)",
    ]


def test_two_elections_side_by_side_and_the_standing_example(report: Report) -> None:
    """Made-up rows with the published sums reproduce the comparison; without one of them it is not reproducible."""
    assert [(one.year, one.reported_pence) for one in report.pre_poll] == [
        (2017, 1_870_000_000),
        (2019, 1_950_000_000),
    ]
    assert report.example.is_reproduced
    fewer = report_on(gifts=[gift for gift in gifts_in(EXPORT) if gift.ref != "C0000004"])
    assert not fewer.example.is_reproduced
    assert "not reproducible from the data at hand" in fewer.example.sentence


def test_the_real_copy_of_lancashire() -> None:
    """808 rows, all read; the union's five spellings are one donor; the standing example cannot be had from it."""
    gifts = gifts_in(data_path("finance/ec_donations_lancashire.csv"))
    found = report_on(gifts=gifts)
    assert (found.gifts, found.undated) == (808, 0)
    union = next(one for one in found.by_donor if one.donor == "Communication Workers Union")
    assert (union.gifts, len(union.spellings)) == (39, 5)
    assert not found.example.is_reproduced


def test_the_real_register_of_members_interests() -> None:
    """2,757 rows; each has a day, that of registration where none of receipt is given; Members are donees."""
    gifts = gifts_in(data_path("finance/mp_register_category2_donations_20250324.csv.gz"))
    found = report_on(gifts=gifts)
    assert (found.gifts, found.undated) == (2_757, 0)
    assert {gift.threshold_of for gift in gifts} == {"donee"}


def test_the_real_list_of_donors_totals_has_no_days() -> None:
    """843 rows without a date are in the totals and in no yearly sum."""
    found = report_on(gifts=gifts_in(data_path("finance/ec_donors_over_7500.csv")))
    assert (found.gifts, found.undated, len(found.aggregates)) == (843, 843, 0)


def test_an_empty_export_is_an_empty_report() -> None:
    """The heading row alone."""
    found = report_on(gifts=gifts_in(data_path("finance/ec_donations_export_headings.csv")))
    assert (found.gifts, found.pence, found.by_recipient) == (0, 0, ())


def test_every_word_of_the_real_vocabulary_is_taken(tmp_path: Path) -> None:
    """One row for each value that the full export was seen to have."""
    words = (
        data_path("finance/ec_donations_value_vocabulary.csv").read_text(encoding="utf-8").splitlines()[1:]
    )
    header = data_path("finance/ec_donations_export_headings.csv").read_text(encoding="utf-8").strip()
    columns = header.split(",")
    lines = []
    for word in words:
        column, value, _ = (
            word.rsplit(",", 2)[0].partition(",")[0],
            word.rsplit(",", 1)[0].partition(",")[2],
            None,
        )
        row = {
            "RegulatedEntityName": "Barset Party",
            "Value": "£1.00",
            "DonorName": "Ada Marsh",
            column: value,
        }
        lines.append(",".join(row.get(name, "") for name in columns))
    path = tmp_path / "words.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    assert len(gifts_in(path)) == len(words) == 44


def test_loans_are_not_donations() -> None:
    """The file is refused in a sentence."""
    with pytest.raises(ImportRefused, match="not a file of donations"):
        gifts_in(data_path("finance/ec_loans_to_parties_2014.csv"))


def test_the_command_prints_json_alone() -> None:
    """Everything, with what was left out."""
    result = CliRunner().invoke(app, ["donations", str(EXPORT), "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["read"] == 9
    assert [one["line"] for one in found["rejected"]] == [9]
    assert {
        "by_recipient",
        "by_donor",
        "by_week",
        "by_period",
        "aggregates",
        "elections",
        "standing_example",
    } <= set(found)


def test_the_command_speaks_and_refuses() -> None:
    """Text for people; an election without known dates is refused, and so is a file that is not there."""
    said = CliRunner().invoke(app, ["donations", str(EXPORT), "--election", "2024"])
    assert said.exit_code == 0
    assert "By donor, across spellings" in said.stdout
    assert CliRunner().invoke(app, ["donations", str(EXPORT), "--election", "1997"]).exit_code == 1
    assert CliRunner().invoke(app, ["donations", "nowhere.csv"]).exit_code == 1
