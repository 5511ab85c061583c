"""Published files come in through the framework: counted, kept, unchanged the second time, revised row by row."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hustings.money.importers.published import PublishedImporter
from hustings.money.models import PublishedBody, PublishedDonation, PublishedLoan, PublishedReturn
from hustings.money.queries.published import published_gifts
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from tests.data_folder import data_path
from tests.money.importers.test_donation_rows import EXPORT

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def imported(path: Path) -> ImportRun:
    """The run of one file whose layout is recognised."""
    return run_import(path=path, now=NOW)


def test_the_export_comes_in_and_again_unchanged() -> None:
    """Eight rows stand, one is rejected with its reason; the second time all eight are unchanged."""
    run = imported(EXPORT)
    assert (run.importer, run.read, run.accepted, run.rejected) == ("ec-donations", 9, 8, 1)
    again = imported(EXPORT)
    assert (again.accepted, again.unchanged, again.rejected) == (0, 8, 1)
    assert PublishedDonation.objects.count() == 8
    assert len(published_gifts(source="ec-donations")) == 8


def test_a_revised_row_is_written_anew_and_others_stay(tmp_path: Path) -> None:
    """A later file with one changed row and without the others."""
    imported(EXPORT)
    lines = EXPORT.read_text(encoding="utf-8").splitlines()
    later = tmp_path / "later.csv"
    later.write_text("\n".join([lines[0], lines[1].replace("£6,000.00", "£6,500.00")]), encoding="utf-8")
    run = imported(later)
    assert (run.accepted, run.details["changed"]) == (1, 1)
    assert PublishedDonation.objects.get(ref="C0000001").value_pence == 650_000
    assert PublishedDonation.objects.count() == 8


def test_a_reference_that_stands_twice_is_rejected(tmp_path: Path) -> None:
    """Which of the two holds cannot be told."""
    lines = EXPORT.read_text(encoding="utf-8").splitlines()
    twice = tmp_path / "twice.csv"
    twice.write_text("\n".join([lines[0], lines[1], lines[1]]), encoding="utf-8")
    run = imported(twice)
    assert (run.accepted, run.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("name", "slug", "rows", "model"),
    [
        ("finance/ec_donations_lancashire.csv", "ec-donations", 808, PublishedDonation),
        ("finance/mp_register_category2_donations_20250324.csv.gz", "mps-register", 2_757, PublishedDonation),
        ("finance/ec_donors_over_7500.csv", "donor-totals", 843, PublishedDonation),
        ("finance/ec_loans_to_parties_2014.csv", "ec-loans", 665, PublishedLoan),
        ("finance/ec_register_parties_and_third_parties_2014.csv", "ec-register", 1_284, PublishedBody),
        ("elections/ge2024_candidate_spending_returns.csv", "candidate-returns", 2_288, PublishedReturn),
    ],
)
def test_real_files_are_recognised_and_kept_whole(
    name: str, slug: str, rows: int, model: type[PublishedDonation]
) -> None:
    """Each real file comes in by its own importer, with every row, and unchanged the second time."""
    path = data_path(name)
    run = imported(path)
    assert (run.importer, run.read, run.accepted, run.rejected) == (slug, rows, rows, 0)
    assert model.objects.count() == rows
    assert imported(path).unchanged == rows


def test_an_importer_that_reads_no_rows_cannot_be_made() -> None:
    """What is left out is told when the importer is made, not in the middle of a file."""

    class Forgetful(PublishedImporter):
        slug = "forgetful"

    with pytest.raises(TypeError, match=r"abstract.*rows"):
        Forgetful()  # type: ignore[abstract]  # that is what is tried


def test_what_a_loan_a_body_and_a_return_keep() -> None:
    """Figures of real rows."""
    imported(data_path("finance/ec_loans_to_parties_2014.csv"))
    loan = PublishedLoan.objects.get(ref="AL0036290")
    assert (loan.lender, loan.value_pence, loan.outstanding_pence, loan.started_on) == (
        "Nick Townsend",
        5_000_000,
        5_000_000,
        date(2010, 6, 7),
    )
    imported(data_path("finance/ec_register_parties_and_third_parties_2014.csv"))
    assert PublishedBody.objects.get(ref="TP 2436").registered_on == date(2014, 7, 2)
    imported(data_path("elections/ge2024_candidate_spending_returns.csv"))
    found = PublishedReturn.objects.get(constituency="Airdrie and Shotts", candidate="Josh David Robertson")
    assert (found.poll_on, found.total_pence, found.limit_pence) == (date(2024, 7, 4), 191_216, 1_973_516)
