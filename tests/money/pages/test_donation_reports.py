"""Reports of donations: due by date, as page and file, filed once; nil reports too."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from hustings.basics.clock import clock_set_to
from hustings.money.models import Campaign, ReportFiled
from hustings.money.queries.donation_reports import due_reports
from hustings.money.rules.permissibility import Evidence
from hustings.money.usecases.check_donor import check_donor
from hustings.money.usecases.decide_gift import decide_gift
from tests.cast import Cast, signed_in
from tests.money.campaigns import make_campaign
from tests.money.gifts import ADA, NOW, make_gift

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 20)


@pytest.fixture
def party(cast: Cast) -> Campaign:
    """The party's books with £8,000 and £4,000 of Ada Marsh and £600 of somebody on no register."""
    campaign = make_campaign(kind="party", name="Barset Together", election_type="local")
    for pounds, day in ((8_000, 5), (4_000, 25)):
        make_gift(campaign=campaign, by=cast.tess, pounds=pounds, received_on=date(2026, 2, day))
    bad = make_gift(
        campaign=campaign,
        by=cast.tess,
        pounds=600,
        received_on=date(2026, 3, 3),
        donor={**ADA, "given_name": "=Hugo", "family_name": "Nowhere", "postcode": "ZZ9 9ZZ", "email": ""},
    )
    answers = {"register": Evidence(answer="no", seen="the council's letter")}
    check_donor(gift=bad, answers=answers, by=cast.tess, now=NOW)
    decide_gift(
        gift=bad,
        act="returned_donor",
        reason="On no register.",
        done_on=date(2026, 3, 20),
        by=cast.tess,
        now=NOW,
    )
    return campaign


def test_what_a_quarter_names(party: Campaign) -> None:
    """Both gifts of the source that passed £11,180, and the one given back."""
    found = due_reports(campaign=party, today=TODAY)
    quarter = next(report for report in found if report.period.from_on == date(2026, 1, 1))
    assert [(line.gift.amount_pence, line.line.why) for line in quarter.lines] == [
        (800_000, "aggregate"),
        (400_000, "aggregate"),
        (60_000, "refused"),
    ]
    assert quarter.period.due_on == date(2026, 4, 30)
    assert not quarter.is_overdue(today=TODAY)
    assert quarter.is_overdue(today=date(2026, 5, 1))


def test_a_candidate_owes_none(cast: Cast) -> None:
    """They stand in the return."""
    assert due_reports(campaign=make_campaign(), today=TODAY) == []


def test_weekly_reports_before_a_general_election(cast: Cast) -> None:
    """Six for a party in 2024, each needed even with nothing in it; a single gift above £11,180 stands in its week."""
    campaign = make_campaign(
        kind="party",
        name="Barset Together",
        election_type="parl",
        poll_on=date(2024, 7, 4),
        regulated_from=date(2023, 7, 6),
        regulated_until=date(2024, 7, 5),
    )
    make_gift(campaign=campaign, by=cast.tess, pounds=12_000, received_on=date(2024, 6, 15))
    weekly = [one for one in due_reports(campaign=campaign, today=TODAY) if one.period.kind == "weekly"]
    assert len(weekly) == 6
    assert [len(one.lines) for one in reversed(weekly)] == [0, 0, 1, 0, 0, 0]
    assert all(one.is_needed for one in weekly)


def test_pages_and_files(party: Campaign, cast: Cast) -> None:
    """The list, the report, its three files, its filing, and that it is filed once."""
    tess: Client = signed_in(cast.tess)
    top = f"/desk/money/campaigns/{party.pk}/reports/"
    report = f"{top}quarterly/2026-01-01/"
    assert tess.get(top).status_code == 200
    page = tess.get(report).content.decode()
    assert "the year&#x27;s sum passed the threshold" in page
    rows = list(csv.DictReader(io.StringIO(tess.get(f"{report}csv/").content.decode())))
    assert [row["Value"] for row in rows] == ["£8,000.00", "£4,000.00", "£600.00"]
    assert rows[2]["Donor"].startswith("'=")
    book = load_workbook(io.BytesIO(tess.get(f"{report}xlsx/").content))
    assert book.worksheets[0].max_row == 5
    assert tess.get(f"{report}pdf/").content.startswith(b"%PDF")
    assert tess.get(f"{report}doc/").status_code == 404
    assert tess.get(f"{top}quarterly/1999-01-01/").status_code == 404
    assert tess.get(f"{top}quarterly/tomorrow/").status_code == 404
    assert "Was it sent?" not in page
    with clock_set_to(NOW):
        tess.post(report, {"reference": "EC-123"})
    filed = ReportFiled.objects.get()
    assert (filed.reference, len(filed.lines)) == ("EC-123", 3)
    assert "filed" in tess.get(report).content.decode()


def test_a_nil_report_says_so(party: Campaign, cast: Cast) -> None:
    """A quarter that has not begun is not there; the running one has nothing yet."""
    tess = signed_in(cast.tess)
    running = f"/desk/money/campaigns/{party.pk}/reports/quarterly/2026-04-01/"
    assert tess.get(running).status_code == 404
    with clock_set_to(NOW):
        assert "A nil report must be sent all the same" in tess.get(running).content.decode()
        assert tess.get(f"{running}pdf/").content.startswith(b"%PDF")
