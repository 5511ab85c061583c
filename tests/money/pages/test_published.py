"""Other people's money on the desk: lists, single rows with their source, and the files they came from."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hustings.money.models import PublishedBody, PublishedDonation, PublishedLoan, PublishedReturn
from hustings.platform.importing.importer import Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from tests.cast import Cast, make_user, signed_in
from tests.data_folder import data_path
from tests.money.campaigns import make_campaign
from tests.money.importers.test_donation_rows import EXPORT

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SHEET = "received_on,amount,evidence,route,given_name,family_name\n2026-03-02,lots,line 3,card,Ben,Marsh\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Rejects go to a folder of the test."""
    settings.HUSTINGS_HOME = tmp_path
    return tmp_path


def page(client: Client, path: str) -> str:
    """What a page of money says."""
    answer = client.get(f"/desk/money/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def status(client: Client, path: str) -> int:
    """How a page of money answers, read to its end."""
    answer = client.get(f"/desk/money/{path}")
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def test_rows_and_totals(cast: Cast) -> None:
    """The list filters; the totals join spellings and set two elections side by side."""
    tess = signed_in(cast.tess)
    assert "Nothing was brought in yet" in page(tess, "published/")
    assert tess.get("/desk/money/published/totals/").status_code == 200
    run_import(path=EXPORT, now=NOW)
    assert "Weir Holdings Ltd" in page(tess, "published/?prepoll=yes")
    totals = page(tess, "published/totals/?one=2017&other=2019")
    assert "Bill Marsh; Mr William Marsh" in totals
    assert "£19,500,000.00" in totals
    assert tess.get("/desk/money/published/totals/?one=1066&source=nonsense").status_code == 200
    assert signed_in(cast.charlie).get("/desk/money/published/totals/").status_code == 403


def test_a_donation_names_its_file(cast: Cast) -> None:
    """With the fingerprint, and a way to the file's own page."""
    run = run_import(path=EXPORT, now=NOW)
    row = PublishedDonation.objects.get(ref="C0000001")
    said = page(signed_in(cast.tess), f"published/donations/{row.pk}/")
    assert run.file_sha256 in said
    assert f"/desk/money/imports/{run.pk}/" in said


def test_real_loans_registers_and_returns(cast: Cast) -> None:
    """Each list finds a real row by its words; the row's page has its figures and its source."""
    tess = signed_in(cast.tess)
    for name in ("loans", "registers", "returns"):
        assert "Nothing was brought in yet" in page(tess, f"published/{name}/")
    for name in (
        "finance/ec_loans_to_parties_2014.csv",
        "finance/ec_register_parties_and_third_parties_2014.csv",
        "elections/ge2024_candidate_spending_returns.csv",
    ):
        run_import(path=data_path(name), now=NOW)
    assert "£50,000" in page(tess, "published/loans/?q=AL0036290")
    loan = PublishedLoan.objects.get(ref="AL0036290")
    assert "Nick Townsend" in page(tess, f"published/loans/{loan.pk}/")
    assert "1001 Campaign" in page(tess, "published/registers/?q=1001")
    assert "1001 Campaign" not in page(tess, "published/registers/?q=1001&status=Deregistered")
    body = PublishedBody.objects.get(ref="PP 704")
    assert "28 March 2008" in page(tess, f"published/registers/{body.pk}/")
    assert "Airdrie and Shotts" in page(tess, "published/returns/?q=Airdrie&poll=2024-07-04")
    row = PublishedReturn.objects.get(constituency="Airdrie and Shotts", candidate="Josh David Robertson")
    said = page(tess, f"published/returns/{row.pk}/")
    assert "£19,735.16" in said
    assert "ge2024_candidate_spending_returns.csv" in said
    export = b"".join(tess.get("/desk/money/published/loans/?export=csv").streaming_content).decode()
    assert export.count("\n") == 666


def test_a_return_whose_limit_does_not_follow_says_so(cast: Cast) -> None:
    """The same sentence as the audit's, on the row's own page."""
    run_import(path=data_path("elections/ge2024_candidate_spending_returns.csv"), now=NOW)
    tess, said = signed_in(cast.tess), ""
    for row in PublishedReturn.objects.order_by("pk")[:60]:
        said += page(tess, f"published/returns/{row.pk}/")
    assert "gives by our calculation" in said


def test_a_file_s_rejects_are_read_and_taken_away(cast: Cast) -> None:
    """Counts, fingerprint, line and reason; the whole as CSV; a file that was cleared away is said to be gone."""
    run = run_import(path=EXPORT, now=NOW)
    tess = signed_in(cast.tess)
    assert EXPORT.name in page(tess, "imports/?rejects=yes")
    said = page(tess, f"imports/{run.pk}/")
    assert run.file_sha256 in said
    assert "Rows that could not be used" in said
    assert "RegulatedEntityName: Barset Party; " in said
    csv = tess.get(f"/desk/money/imports/{run.pk}/rejects.csv")
    assert b"line,reason,row" in b"".join(csv.streaming_content)
    ImportRun.objects.filter(pk=run.pk).update(rejects_path="imports/0/gone.csv")
    assert "no longer there" in page(tess, f"imports/{run.pk}/")
    assert tess.get(f"/desk/money/imports/{run.pk}/rejects.csv").status_code == 404


def test_charlie_cannot_and_a_sheet_of_gifts_is_its_place_s(cast: Cast, home: Path) -> None:
    """An organiser is refused; a treasurer of the west reads what is public, and no sheet of the east's gifts."""
    run_import(path=EXPORT, now=NOW)
    sheet = home / "gifts.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    run = run_import(
        path=sheet, now=NOW, slug="gift-sheet", started_by=cast.tess,
        options=Options(values={"campaign": make_campaign(area=cast.east).pk}),
    )  # fmt: skip
    other = ImportRun.objects.create(
        importer="supporters", file_name="people.csv", file_sha256="0" * 64, file_bytes=1, started_at=NOW
    )
    tess, charlie = signed_in(cast.tess), signed_in(cast.charlie)
    west = signed_in(make_user(name="Will", role="treasurer", area=cast.west))
    donation = PublishedDonation.objects.order_by("pk")[0]
    public = (
        *("published/loans/", "published/registers/", "published/returns/", "imports/"),
        f"published/donations/{donation.pk}/",
        f"imports/{donation.run_id}/",
        f"imports/{donation.run_id}/rejects.csv",
    )
    for path in public:
        assert status(charlie, path) == 403, path
        assert status(west, path) == 200, path
    for path in (f"imports/{run.pk}/", f"imports/{run.pk}/rejects.csv"):
        assert status(charlie, path) == 403, path
        assert status(west, path) == 404, path
        assert status(tess, path) == 200, path
    assert "gifts.csv" not in page(west, "imports/")
    assert "gifts.csv" in page(tess, "imports/")
    for client in (tess, west):
        assert client.get(f"/desk/money/imports/{other.pk}/").status_code == 404
    for name in ("loans", "registers", "returns", "donations"):
        assert charlie.get(f"/desk/money/published/{name}/999999/").status_code == 403
        assert tess.get(f"/desk/money/published/{name}/999999/").status_code == 404
