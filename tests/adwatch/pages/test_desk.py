"""Desk pages of the archive: they open for the whole organisation's people, and for nobody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hustings.accounts.models import Role
from hustings.adwatch.models import Advertiser, CodingRound, Entity, RegisterLink, Snapshot
from hustings.platform.models import ImportRun
from tests.adwatch.conftest import REPORT_2023, api_ad, write_pages
from tests.cast import Cast, make_user, signed_in

NONE = "These ads ran without a disclaimer"
LINES = [
    "1,Barset Lanterns,The Lantern Party,125000,12",
    f"1,Barset Lanterns,{NONE},≤100,2",
    "2,Save our Library,Save our Library,41000,9",
    "3,Wick Boilers,Wick Boilers Ltd,900,3",
]


@pytest.fixture
def archive(write: Any, bring_in: Callable[..., ImportRun], tmp_path: Path) -> Snapshot:
    """A report and a page of single ads."""
    bring_in(write("FacebookAdLibraryReport_2026-03-29_GB_last_30_days.csv", REPORT_2023, LINES))
    bring_in(write_pages(tmp_path / "page.json", [api_ad(1), api_ad(2, delivery_by_region=[])]))
    return Snapshot.objects.get(kind="totals")


def test_how_often_ads_were_seen_stands_beside_what_they_cost(archive: Snapshot, olive: Client) -> None:
    """Where the archive says it, as an interval; a report of totals has no such column."""
    ads = Snapshot.objects.get(kind="ads")
    address = reverse("adwatch_desk:overview")
    page = olive.get(address, {"snapshot": ads.pk}).content.decode()
    assert "Times seen" in page
    assert "2,000 to 3,998" in page
    assert "Times seen" not in olive.get(address, {"snapshot": archive.pk}).content.decode()
    study = olive.get(reverse("adwatch_desk:study"), {"snapshot": ads.pk}).content.decode()
    assert "Times seen: 2,000 to 3,998." in study
    rows = olive.get(address, {"snapshot": ads.pk, "export": "csv"}).content.decode().splitlines()
    assert ",2000,3998,0," in rows[1]


def test_a_long_report_is_turned_over_page_by_page(
    write: Any, bring_in: Callable[..., ImportRun], olive: Client, django_assert_max_num_queries: Any
) -> None:
    """Every line is on one page, no page asks more of the database than another, and the download holds them all."""
    lines = [f"{number},Club {number:03},Club {number:03} Ltd,{1000 + number},1" for number in range(120)]
    bring_in(write("FacebookAdLibraryReport_2026-03-29_GB_last_30_days.csv", REPORT_2023, lines))
    address = reverse("adwatch_desk:overview")
    first, last = (olive.get(address, {"page": page}).content.decode() for page in ("1", "3"))
    assert "<strong>1 to 50</strong> of 120 lines" in first
    assert "<strong>101 to 120</strong> of 120 lines" in last
    assert "Club 119" in first
    assert "Club 000" in last
    assert "page=2" in first
    assert "Club 119" not in last.split("</thead>")[1].split("</table>")[0]
    with django_assert_max_num_queries(40):
        olive.get(address, {"page": "2"})
    rows = olive.get(address, {"page": "2", "export": "csv"}).content.decode().splitlines()
    assert len(rows) == 121


@pytest.fixture
def olive(cast: Cast) -> Client:
    """An organiser of the whole organisation."""
    return signed_in(make_user(name="Olive", role=Role.ORGANISER))


def test_single_things_open_for_the_whole_organisation_and_not_for_charlie(
    archive: Snapshot, cast: Cast, olive: Client, now: Any
) -> None:
    """Charlie organises one ward, and the archive belongs to none."""
    entity = Entity.objects.get(key="save our library")
    link = RegisterLink.objects.create(
        entity=entity,
        register="companies",
        number="1",
        name="Save our Library",
        method="same name",
        evidence="…",
        found_at=now,
    )
    made = CodingRound.objects.create(
        title="Round", first_coder=cast.admin, second_coder=cast.agent, how_drawn="by hand", made_at=now
    )
    made.items.create(entity=entity, place=1)
    addresses = [
        reverse("adwatch_desk:snapshot", args=[archive.pk]),
        reverse("adwatch_desk:original", args=[archive.pk]),
        reverse("adwatch_desk:date", args=[archive.pk]),
        reverse("adwatch_desk:entity", args=[entity.pk]),
        reverse("adwatch_desk:move", args=[Advertiser.objects.filter(entity=entity).first().pk]),  # type: ignore[union-attr]
        reverse("adwatch_desk:reject", args=[link.pk]),
        reverse("adwatch_desk:round", args=[made.pk]),
        reverse("adwatch_desk:round_export", args=[made.pk]),
        reverse("adwatch_desk:decide", args=[made.pk, entity.pk]),
    ]
    charlie = signed_in(cast.charlie)
    for address in addresses:
        assert charlie.get(address).status_code == 404, address
        answer = olive.get(address)
        assert answer.status_code == 200, address
        if answer.streaming:
            answer._resource_closers[0]()
    coding = reverse("adwatch_desk:code", args=[made.pk])
    assert signed_in(cast.admin).get(coding).status_code == 200
    assert charlie.get(coding).status_code == 404
    assert olive.get(coding).status_code == 404, "she is no coder of this round"


@pytest.mark.parametrize(
    "name",
    [
        *("overview", "study", "targeting", "snapshots", "import", "compare", "faults", "entities", "rounds"),
        *("start_round", "codebook", "campaigners", "own", "note_own", "fetches", "fetch", "token"),
    ],
)
def test_pages_open_and_charlie_sees_nothing_of_the_archive(
    name: str, archive: Snapshot, cast: Cast, olive: Client
) -> None:
    """With something in the archive; a ward's organiser finds an empty list or nothing."""
    answer = olive.get(reverse(f"adwatch_desk:{name}"))
    assert answer.status_code == 200
    charlie = signed_in(cast.charlie).get(reverse(f"adwatch_desk:{name}"))
    assert charlie.status_code in {200, 404}
    assert b"Save our Library" not in charlie.content
    assert b"FacebookAdLibraryReport" not in charlie.content


def test_the_report_says_intervals_sources_and_how_to_cite(archive: Snapshot, olive: Client) -> None:
    """And offers the same as CSV, JSON and PDF."""
    page = olive.get(reverse("adwatch_desk:overview"), {"code": "not-party"}).content.decode()
    assert "Save our Library" in page
    assert "Barset Lanterns" not in page
    assert archive.sha256 in page
    assert "<svg" in page
    rows = (
        olive.get(reverse("adwatch_desk:overview"), {"by": "page", "export": "csv"})
        .content.decode()
        .splitlines()
    )
    assert rows[0].startswith("page_id,page,disclaimer,ads,spend_low_pence,spend_high_pence")
    assert rows[1].startswith("1,Barset Lanterns,The Lantern Party,12,12500000,12500000")
    said = olive.get(reverse("adwatch_desk:overview"), {"by": "page", "export": "json"}).json()
    assert said["totals"] == {
        "ads": 26,
        "spend_low_pence": 16_690_000,
        "spend_high_pence": 16_700_000,
        "impressions_low": None,
        "impressions_high": None,
        "ads_without_impressions": 26,
    }
    paper = olive.get(reverse("adwatch_desk:study"), {"export": "pdf"})
    assert paper.content.startswith(b"%PDF")
    assert "Left out" in olive.get(reverse("adwatch_desk:study")).content.decode()


def test_a_file_comes_in_by_upload(cast: Cast, olive: Client, own_home: Path) -> None:
    """Good files make a snapshot; others are refused with a sentence, and the form stays."""
    text = "\n".join([REPORT_2023, *LINES]).encode()
    answer = olive.post(
        reverse("adwatch_desk:import"),
        {"file": SimpleUploadedFile("report.csv", text), "first_on": "2026-03-01", "last_on": "2026-03-29"},
    )
    made = Snapshot.objects.get()
    assert answer.headers["Location"] == reverse("adwatch_desk:snapshot", args=[made.pk])
    assert str(made.covers_from) == "2026-03-01"
    wrong = olive.post(
        reverse("adwatch_desk:import"), {"file": SimpleUploadedFile("people.csv", b"a,b\n1,2\n")}
    )
    assert wrong.status_code == 422
    assert b"was not recognised" in wrong.content


def test_an_advertiser_is_moved_with_a_reason_that_is_kept(archive: Snapshot, olive: Client) -> None:
    """Without one it stays."""
    advertiser = Advertiser.objects.get(disclaimer="Wick Boilers Ltd")
    address = reverse("adwatch_desk:move", args=[advertiser.pk])
    assert olive.post(address, {"to": "Wick Group", "reason": " "}).status_code == 422
    assert olive.post(address, {"to": "Wick Group", "reason": "Its accounts say so."}).status_code == 302
    advertiser.refresh_from_db()
    assert (advertiser.entity.name, advertiser.method) == ("Wick Group", "by hand")
    assert advertiser.moves.get().reason == "Its accounts say so."
