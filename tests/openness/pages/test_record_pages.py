"""The public record as a resident, a journalist and a program meet it."""

import csv
import gzip
import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

import hustings.platform
from hustings.basics.clock import clock_set_to
from hustings.clearance.models import ApprovedCopy, Medium
from hustings.clearance.usecases import withdraw_material
from hustings.openness.models import Entry
from hustings.openness.pages.urls import urlpatterns
from hustings.openness.queries import COLUMNS
from hustings.openness.usecases import (
    correct_entry,
    record_mailing,
    record_material,
    record_withdrawal,
    withhold_document,
)
from tests.cast import Cast
from tests.clearance.materials import IMPRINT, make_copy, make_election
from tests.openness.usecases.test_record import make_mailing

pytestmark = pytest.mark.django_db

AFTER_THE_POLL = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)
LARGEST_FIRST_VISIT = 14 * 1024


@pytest.fixture
def copy(cast: Cast) -> ApprovedCopy:
    return make_copy(
        by=cast.alice,
        area=cast.east.code,
        election=make_election(),
        targeting="Everyone who signed",
        cost_pence=1250,
    )


@pytest.fixture
def sending(cast: Cast, copy: ApprovedCopy, now: datetime) -> Entry:
    return record_mailing(mailing=make_mailing(cast, copy, now, people={"accepted": 26}), now=now)


def get(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(f"/record/{address}")
    assert answer.status_code == status, (address, answer.status_code)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return body.decode()


def text(client: Client, address: str) -> str:
    return " ".join(get(client, address).split())


def test_an_empty_record_says_what_will_be_here(client: Client, cast: Cast) -> None:
    assert "Nothing was recorded yet." in text(client, "")
    assert json.loads(get(client, "entries.json"))["entries"] == []


def test_material_and_imprint_are_open_at_once(client: Client, copy: ApprovedCopy, now: datetime) -> None:
    record_material(copy=copy, now=now)
    page = text(client, "0/")
    assert IMPRINT in page
    assert "The council wants to sell it." in page
    assert "open on 8 May 2026" in page
    assert "Everyone who signed" not in page
    assert "12.50" not in page
    assert IMPRINT in text(client, "")


def test_numbers_cost_and_targeting_open_the_day_after_the_poll(client: Client, sending: Entry) -> None:
    before = text(client, "1/")
    assert "20 to 29" not in before
    assert "Barset West" not in before
    get(client, "1/figures", 404)
    with clock_set_to(AFTER_THE_POLL - timedelta(days=1)):
        get(client, "1/figures", 404)
    with clock_set_to(AFTER_THE_POLL):
        after = text(client, "1/")
        figures = json.loads(get(client, "1/figures"))
    assert "<dd>20 to 38</dd>" in after
    assert "<td>fewer than 10</td>" in after
    assert "Everyone who signed" in after
    assert "under £20" in after
    assert figures["people"] == {"at_least": 20, "at_most": 38}


def test_what_is_sealed_is_never_public(client: Client, sending: Entry) -> None:
    with clock_set_to(AFTER_THE_POLL + timedelta(days=3650)):
        get(client, "1/exact", 404)
        assert '"accepted"' not in get(client, "1.json")
        assert "26" not in json.loads(get(client, "entries.json"))["entries"][1]["leaf"][:40]
        for address in ("1/", "1.json", "entries.csv"):
            assert "accepted_by_ward" not in get(client, address)


def test_anyone_can_check_an_entry_with_ordinary_tools(client: Client, sending: Entry) -> None:
    with clock_set_to(AFTER_THE_POLL):
        proof = json.loads(get(client, "1.json"))
        leaf = client.get("/record/1/leaf").content
        assert proof["leaf"].encode() == leaf
        assert proof["leaf_hash"] == hashlib.sha256(b"\0" + leaf).hexdigest()
        said = {one["name"]: one["sha256"] for one in json.loads(leaf)["documents"]}
        opened = [one for one in proof["documents"] if one["state"] == "open"]
        assert {one["name"] for one in opened} == {"facts", "figures"}
        for one in opened:
            content = client.get(f"/record/{one['address']}").content
            salted = b"hustings-commitment-1\n" + bytes.fromhex(one["salt"]) + content
            assert hashlib.sha256(salted).hexdigest() == one["commitment"] == said[one["name"]]
            assert len(content) == one["bytes"]


def test_salts_of_what_is_not_open_stay_back(client: Client, sending: Entry) -> None:
    for one in json.loads(get(client, "1.json"))["documents"]:
        assert ("salt" in one) is (one["state"] == "open")
        assert one["state"] == {"facts": "open", "figures": "dated", "exact": "sealed"}[one["name"]]


def test_the_copy_comes_byte_for_byte_and_never_runs_here(
    client: Client, copy: ApprovedCopy, now: datetime
) -> None:
    record_material(copy=copy, now=now)
    answer = client.get("/record/0/copy")
    assert answer.content == bytes(copy.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_picture_is_a_file_to_download(client: Client, cast: Cast, now: datetime) -> None:
    picture = make_copy(
        by=cast.alice,
        area=cast.east.code,
        medium=Medium.IMAGE,
        upload=b"pixels",
        upload_type="image/png",
        body="",
        imprint_seen_by=cast.alice,
    )
    record_material(copy=picture, now=now)
    assert "Download the exact file" in text(client, "0/")
    assert client.get("/record/0/copy").content == b"pixels"


def test_what_is_withheld_leaves_its_reason(
    client: Client, cast: Cast, sending: Entry, now: datetime
) -> None:
    material = Entry.objects.get(number=0)
    withhold_document(
        document=material.documents.get(name="facts"), reason="A home address", by=cast.agent, now=now
    )
    withhold_document(
        document=material.documents.get(name="copy"), reason="It showed a child", by=cast.agent, now=now
    )
    page = text(client, "0/")
    assert "A home address" in page
    assert "It showed a child" in page
    for hidden in (IMPRINT, "The council wants", "Alice Archer"):
        assert hidden not in page
        assert hidden not in get(client, "0.json")
    get(client, "0/facts", 404)
    get(client, "0/copy", 404)
    assert "A home address" in text(client, "2/")
    assert "Document withheld" in text(client, "0/")


def test_withdrawals_and_corrections_follow_what_they_concern(
    client: Client, cast: Cast, copy: ApprovedCopy, now: datetime
) -> None:
    entry = record_material(copy=copy, now=now)
    withdraw_material(material=copy.material, reason="A wrong date", by=cast.alice, now=now)
    copy.refresh_from_db()
    record_withdrawal(copy=copy, now=now)
    correct_entry(entry=entry, was="£12.50", is_now="£13.50", reason="VAT", by=cast.agent, now=now)
    page = text(client, "0/")
    assert "A wrong date" in page
    assert "VAT" in page
    assert "£13.50" in text(client, "2/")


def test_a_resident_finds_what_was_sent_in_the_ward(
    client: Client, cast: Cast, sending: Entry, now: datetime
) -> None:
    east, west = f"?ward={cast.east.code}", f"?ward={cast.west.code}"
    assert "The park, to all signers" in text(client, east)
    # That it also reached the west is part of the targeting, and opens with it.
    assert "The park, to all signers" not in text(client, west)
    with clock_set_to(AFTER_THE_POLL):
        assert "The park, to all signers" in text(client, west)
    assert "Nothing in the record fits" in text(client, "?ward=E05000000")


def test_what_concerns_the_whole_borough_is_found_under_each_ward(
    client: Client, cast: Cast, now: datetime
) -> None:
    record_material(copy=make_copy(by=cast.agent, area=cast.district.code, title="Borough news"), now=now)
    assert "Borough news" in text(client, f"?ward={cast.west.code}")


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("?month=2026-03", True),
        ("?month=2026-04", False),
        ("?month=never", False),
        ("?kind=sending", True),
        ("?kind=correction", False),
        ("?q=PARK+signers", True),
        ("?q=library", False),
        ("?postcode=nonsense", True),
        ("?page=999", True),
        ("?ward=%00", True),
    ],
)
def test_narrowing(client: Client, sending: Entry, query: str, is_found: bool) -> None:
    assert ("The park, to all signers" in text(client, query)) is is_found


def test_pages_of_a_long_record(client: Client, copy: ApprovedCopy, now: datetime) -> None:
    from hustings.openness.usecases import Draft, record_entry

    for number in range(25):
        record_entry(
            kind="material",
            source=f"test {number}",
            title=f"Number {number}",
            documents=[Draft.of_facts(name="facts", seal="open", facts={"title": f"Number {number}"})],
            now=now,
        )
    assert "page 1 of 2" in text(client, "")
    assert "Number 24" in text(client, "")
    assert "Number 4<" in text(client, "?page=2")


def test_the_downloads_hold_every_entry_and_every_column_is_explained(client: Client, sending: Entry) -> None:
    names = [column.name for column in COLUMNS]
    as_json = json.loads(get(client, "entries.json"))["entries"]
    rows = list(csv.DictReader(io.StringIO(get(client, "entries.csv"))))
    assert [list(row) for row in as_json] == [names, names] == [list(row) for row in rows]
    assert [row["number"] for row in rows] == ["0", "1"]
    assert as_json[1]["people_at_least"] is None
    assert as_json[1]["concerns"] == 0
    page = text(client, "data/")
    for name in names:
        assert f"<code>{name}</code>" in page
    with clock_set_to(AFTER_THE_POLL):
        opened = json.loads(get(client, "entries.json"))["entries"]
    assert (opened[1]["people_at_least"], opened[1]["people_at_most"]) == (20, 38)
    assert (opened[0]["cost_pence_at_least"], opened[0]["cost_pence_at_most"]) == (1250, 1250)
    assert opened[1]["targeting"] == "Everyone who signed"


def test_a_spreadsheet_runs_nothing(client: Client, cast: Cast, now: datetime) -> None:
    record_material(copy=make_copy(by=cast.agent, area=cast.district.code, title="=1+1"), now=now)
    assert "'=1+1" in get(client, "entries.csv")


def test_the_dictionary_and_the_way_to_check_are_told(client: Client, sending: Entry) -> None:
    page = text(client, "check/")
    assert "It cannot prove that nothing was left out" in page
    assert "The record holds 2 entries." in page


def test_what_is_not_there_is_not_found(client: Client, cast: Cast) -> None:
    for address in ("7/", "7.json", "7/leaf", "7/copy"):
        get(client, address, 404)
    assert client.post("/record/").status_code == 405
    assert {pattern.name for pattern in urlpatterns} >= {"record", "entry", "document", "entries_csv"}


def test_a_first_visit_is_small_and_needs_no_script(
    client: Client, copy: ApprovedCopy, now: datetime
) -> None:
    from hustings.openness.usecases import Draft, record_entry

    facts = {"title": "A mailing about the park", "imprint": IMPRINT}
    for number in range(20):
        record_entry(
            kind="material",
            source=f"test {number}",
            title="A mailing",
            documents=[Draft.of_facts(name="facts", seal="open", facts=facts)],
            opens_on=date(2026, 5, 8),
            now=now,
        )
    record_material(copy=copy, now=now)
    style = (Path(hustings.platform.__file__).parent / "static" / "hustings" / "public.css").read_bytes()
    for address in ("", "20/", "check/", "data/"):
        page = get(client, address)
        assert "<script" not in page
        assert len(gzip.compress(page.encode())) + len(gzip.compress(style)) <= LARGEST_FIRST_VISIT


def test_the_words_are_shown_as_people_got_them_and_nothing_in_them_runs(
    client: Client, cast: Cast, now: datetime
) -> None:
    body = "On **12 April** <script>alert(1)</script> [press](javascript:alert(1)) ![x](data:text/html,y)"
    record_material(copy=make_copy(by=cast.agent, area=cast.district.code, body=body), now=now)
    page = text(client, "0/")
    assert "<strong>12 April</strong>" in page
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "data:text/html" not in page.replace("(data:text/html", "")
