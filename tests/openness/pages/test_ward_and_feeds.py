"""The page of a ward, the search, the feeds, the files for programs, and “was this sent by you?”."""

import gzip
import io
import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hustings.basics.clock import clock_set_to
from hustings.clearance.models import ApprovedCopy
from hustings.openness.models import Entry
from hustings.openness.queries.table import COLUMNS
from hustings.openness.usecases import record_mailing, record_material, withhold_document
from hustings.openness.usecases.record_publication import Publication, record_publication
from tests.cast import Cast, signed_in
from tests.clearance.materials import IMPRINT, make_copy, make_election
from tests.openness.usecases.test_record import make_mailing

pytestmark = pytest.mark.django_db

AFTER_THE_POLL = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = "The council wants to sell our park behind the old school. Come to the meeting on Thursday at seven and say no."


@pytest.fixture
def copy(cast: Cast) -> ApprovedCopy:
    return make_copy(
        by=cast.alice,
        area=cast.east.code,
        election=make_election(),
        targeting="Everyone who signed",
        cost_pence=1250,
        body=WORDS,
    )


@pytest.fixture
def sending(cast: Cast, copy: ApprovedCopy, now: datetime) -> Entry:
    return record_mailing(mailing=make_mailing(cast, copy, now, people={"accepted": 26}), now=now)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(f"/record/{address}")
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_a_ward_before_and_after_the_poll(
    client: Client, cast: Cast, sending: Entry, copy: ApprovedCopy, now: datetime
) -> None:
    record_publication(
        copy=copy,
        facts=Publication(
            kind="round", started_on=date(2026, 2, 2), ended_on=date(2026, 2, 9), cost_pence=4_500, token="t",
            wards=(cast.east,), numbers=(450,),
        ),
        by=cast.agent,
        now=now,
    )  # fmt: skip
    before = text(client, f"ward/{cast.east.code}/")
    assert "1 leaflet round and 1 mailing by email" in before
    assert IMPRINT in before
    assert "open on 8 May 2026" in before
    assert "450" not in before
    assert "<svg" in before
    assert text(client, f"ward/{cast.west.code}/").count("holds nothing that reached Barset West") == 1
    with clock_set_to(AFTER_THE_POLL):
        after = text(client, f"ward/{cast.east.code}/")
        west = text(client, f"ward/{cast.west.code}/")
    assert "470 to 488" in after, "20 to 29 by email in this ward, 450 to 459 by leaflet"
    assert "20 to 29 people here, 20 to 38 altogether." in after
    assert "Everyone who signed" in after
    assert "fewer than 10 people here" in west
    assert text(client, "ward/E00000000/", 404)


def test_the_ward_s_first_visit_is_small(client: Client, cast: Cast, sending: Entry) -> None:
    with clock_set_to(AFTER_THE_POLL):
        for address in (f"ward/{cast.east.code}/", "", "check/", "sent-by-you/"):
            raw = client.get(f"/record/{address}").content
            assert len(gzip.compress(raw)) < 6_000, address


def test_the_list_leads_to_the_ward(client: Client, cast: Cast, sending: Entry) -> None:
    page = text(client, f"?ward={cast.east.code}")
    assert f"/record/ward/{cast.east.code}/" in page


def test_words_of_the_copy_are_found_until_it_is_withheld(
    client: Client, cast: Cast, sending: Entry, now: datetime
) -> None:
    assert "<b>1</b> entry" in text(client, "?q=school+thursday")
    assert "<b>0</b> entries" in text(client, "?q=school+friday")
    document = Entry.objects.get(number=0).documents.get(name="copy")
    withhold_document(document=document, reason="A court", by=cast.agent, now=now)
    assert "<b>0</b> entries" in text(client, "?q=school+thursday")


def test_feeds(client: Client, cast: Cast, sending: Entry) -> None:
    answer = client.get("/record/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == [
        "The park, to all signers: sent",
        "The park: approved for use",
    ]
    assert entries[1].find(f"{ATOM}author").findtext(f"{ATOM}name") == "Alice Archer"  # type: ignore[union-attr]
    assert all(one.findtext(f"{ATOM}id", "").startswith("http://testserver/record/") for one in entries)
    assert (
        len(
            ElementTree.fromstring(client.get(f"/record/feed.atom?ward={cast.west.code}").content).findall(
                f"{ATOM}entry"
            )
        )
        == 0
    )
    read = client.get("/record/feed.json").json()
    assert read["version"].endswith("1.1")
    assert [item["tags"] for item in read["items"]] == [["sending", "email"], ["material", "email"]]
    assert IMPRINT in read["items"][0]["content_text"]


def test_parquet_and_the_data_dictionary_agree(client: Client, sending: Entry) -> None:
    answer = client.get("/record/entries.parquet")
    table = pq.read_table(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert table.column_names == [column.name for column in COLUMNS]
    assert table.column("number").to_pylist() == [0, 1]
    described = client.get("/record/datapackage.json").json()["resources"][0]["schema"]["fields"]
    assert [one["name"] for one in described] == table.column_names
    assert all(one["description"] for one in described)


def ask(client: Client, status: int = 200, **data: object) -> str:
    answer = client.post("/record/sent-by-you/", data)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_a_forwarded_message_is_found(client: Client, sending: Entry) -> None:
    forwarded = "---------- Forwarded message ---------\nFrom: x@home.example\nSubject: FW\n\n" + "\n".join(
        f"> {line}" for line in WORDS.split(". ")
    )
    page = ask(client, words=forwarded)
    assert "Yes: it is like this in our record" in page
    assert "/record/0/" in page
    mail = SimpleUploadedFile("m.eml", f"From: a@home.example\r\nSubject: x\r\n\r\n{WORDS}".encode())
    assert "/record/0/" in ask(client, file=mail)


def test_what_is_not_in_the_record_is_told_with_what_that_means(client: Client, sending: Entry) -> None:
    page = ask(
        client,
        words="Vote for the other side, they will mend every road and plant a tree for each of you by May.",
    )
    assert "Not in this record" in page
    assert "it does not prove that we did not send it" in page
    assert "Electoral Commission" in page


def test_a_refused_question_keeps_what_was_typed(client: Client, sending: Entry) -> None:
    assert "Give at least 8 words" in ask(client, 422, words="too short")
    assert "too short" in ask(client, 422, words="too short")
    assert "cannot be read" in ask(client, 422, file=SimpleUploadedFile("x.pdf", b"%PDF-1.7 broken"))
    picture = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    assert "could not read the words" in ask(client, 422, file=picture)


def test_withheld_words_are_not_found(client: Client, cast: Cast, sending: Entry, now: datetime) -> None:
    assert "/record/0/" in ask(client, words=WORDS)
    withhold_document(
        document=Entry.objects.get(number=0).documents.get(name="copy"),
        reason="A court",
        by=cast.agent,
        now=now,
    )
    assert "Not in this record" in ask(client, words=WORDS)


def test_asking_without_end_is_slowed_down(client: Client, sending: Entry) -> None:
    client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    answers = [client.post("/record/sent-by-you/", {"words": WORDS}).status_code for _ in range(12)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_the_desk_records_a_round_and_keeps_a_refused_form(
    cast: Cast, copy: ApprovedCopy, now: datetime
) -> None:
    url, agent = reverse("openness_desk:record_by_hand"), signed_in(cast.agent)
    assert agent.get(url).status_code == 200
    form = {
        "token": "abc",
        "kind": "round",
        "copy": copy.pk,
        "started_on": "2026-03-01",
        "ended_on": "2026-03-02",
        "cost": "45",
    }
    refused = agent.post(url, {**form, "numbers": "Barset Nowhere: 12"})
    assert (refused.status_code, "Barset Nowhere" in refused.content.decode()) == (422, True)
    done = agent.post(url, {**form, "numbers": "Barset East: 450\nbarset west: 1,200"})
    entry = Entry.objects.get(kind="round")
    assert (done.status_code, done["Location"]) == (302, reverse("openness_desk:entry", args=[entry.number]))
    exact = json.loads(bytes(entry.documents.get(name="exact").content or b""))
    assert exact["total"] == 1_650
    cast.agent.appointments.update(area=cast.west)
    other = agent.post(url, {**form, "token": "other", "numbers": "Barset West: 5"})
    assert other.status_code == 422, "copies of other places cannot be chosen"
    assert signed_in(cast.charlie).get(url).status_code == 403


def test_a_picture_is_shown_on_its_page(client: Client, cast: Cast, now: datetime) -> None:
    from hustings.clearance.usecases import approve_material
    from hustings.clearance.usecases.make_printed import make_printed
    from tests.clearance.materials import make_material, make_promoter

    written = make_material(promoter=make_promoter(), area=cast.east.code)
    card = make_printed(material=written, shape="card", by=cast.alice, now=now)
    record_material(copy=approve_material(material=card, by=cast.alice, now=now), now=now)
    page = text(client, "0/")
    assert '<img src="/record/0/copy"' in page
    assert client.get("/record/0/copy")["Content-Type"] == "image/png"
