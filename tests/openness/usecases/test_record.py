"""Entries are added without a gap and never changed; what must go leaves a tombstone."""

import hashlib
import json
import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from hustings.accounts.access import NotAllowed
from hustings.clearance.models import ApprovedCopy, Clearance
from hustings.clearance.usecases import withdraw_material
from hustings.openness.jobs import (
    record_approved_material,
    record_finished_mailing,
    record_withdrawn_material,
)
from hustings.openness.models import Document, Entry, EntryKind, EntryPlace, Seal
from hustings.openness.pages.words import channel_words
from hustings.openness.rules.leaf import commitment, leaf_hash
from hustings.openness.usecases import (
    Draft,
    NothingToCorrect,
    NotToBeWithheld,
    correct_entry,
    record_entry,
    record_mailing,
    record_material,
    withhold_document,
)
from hustings.openness.usecases.record_mailing import NotSentYet
from hustings.outreach.models import Audience, Mailing
from hustings.platform.kept import NeverChanged
from hustings.postroom.models import Dispatch, Message
from tests.cast import Cast
from tests.clearance.materials import IMPRINT, make_copy, make_election
from tests.contacts.cast import make_person

pytestmark = pytest.mark.django_db


def make_entry(now: datetime, *, source: str = "test", **fields: Any) -> Entry:
    return record_entry(
        kind=EntryKind.MATERIAL,
        source=source,
        title="The park",
        documents=[
            Draft.of_facts(name="facts", seal=Seal.OPEN, facts={"title": "The park"}),
            Draft.of_facts(name="figures", seal=Seal.DATED, facts={"cost_pence": 1}),
        ],
        opens_on=date(2026, 5, 8),
        now=now,
        **fields,
    )


@pytest.fixture
def copy(cast: Cast) -> ApprovedCopy:
    return make_copy(
        by=cast.alice, area=cast.east.code, election=make_election(), targeting="Signers", cost_pence=1250
    )


def facts_of(entry: Entry, name: str = "facts") -> dict[str, Any]:
    content = entry.documents.get(name=name).content
    assert content is not None
    return json.loads(bytes(content))


def test_numbers_run_from_nought_without_a_gap_and_each_leaf_bears_its_own(now: datetime) -> None:
    for number in range(5):
        assert make_entry(now, source=f"test {number}").number == number
    for entry in Entry.objects.all():
        assert json.loads(bytes(entry.leaf))["number"] == entry.number
        assert entry.leaf_hash == leaf_hash(bytes(entry.leaf))


def test_the_same_source_is_recorded_once(now: datetime) -> None:
    assert make_entry(now) == make_entry(now + timedelta(days=1))
    assert Entry.objects.count() == 1


def test_a_rolled_back_entry_leaves_no_gap(now: datetime) -> None:
    make_entry(now, source="first")
    undo = transaction.savepoint()
    make_entry(now, source="second")
    transaction.savepoint_rollback(undo)
    assert make_entry(now, source="third").number == 1


def test_each_document_opens_its_commitment_with_a_salt_of_its_own(now: datetime) -> None:
    entry = make_entry(now)
    said = {one["name"]: one for one in json.loads(bytes(entry.leaf))["documents"]}
    salts = set()
    for document in entry.documents.all():
        assert document.content is not None
        salt = bytes.fromhex(document.salt)
        salts.add(salt)
        assert commitment(salt=salt, content=bytes(document.content)) == document.commitment
        assert said[document.name] == {
            "name": document.name,
            "seal": document.seal,
            "sha256": document.commitment,
        }
    assert len(salts) == 2
    assert make_entry(now, source="other").documents.get(name="facts").commitment != said["facts"]["sha256"]


def test_nothing_is_changed_or_deleted(now: datetime) -> None:
    entry = make_entry(now)
    document = entry.documents.get(name="facts")
    entry.kind, document.media_type = EntryKind.SENDING, "text/html"
    for act in (
        entry.save,
        entry.delete,
        document.save,
        document.delete,
        Entry.objects.all().delete,
        Document.objects.all().delete,
        EntryPlace.objects.all().delete,
        lambda: Entry.objects.update(kind="sending"),
        lambda: Document.objects.update(salt=""),
        lambda: entry.save(update_fields=["leaf"]),
        lambda: document.save(
            update_fields=["content", "salt", "withheld_at", "withheld_reason", "withheld_by"]
        ),
    ):
        with pytest.raises(NeverChanged):
            act()
    entry.refresh_from_db()
    assert entry.kind == EntryKind.MATERIAL


def test_the_database_holds_a_document_or_its_tombstone_and_nothing_between(now: datetime) -> None:
    entry = make_entry(now)
    for wrong in (
        {"content": None, "salt": "ab"},
        {"content": b"x", "salt": ""},
        {"content": None, "salt": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.create(
                entry=entry,
                name=str(wrong),
                seal=Seal.OPEN,
                media_type="text/plain",
                commitment="cd" * 32,
                **wrong,
            )


def test_a_material_and_its_imprint_are_open_at_once_and_its_cost_after_the_poll(
    copy: ApprovedCopy, now: datetime
) -> None:
    entry = record_material(copy=copy, now=now)
    assert entry.opens_on == date(2026, 5, 8)
    assert entry.area == copy.material.area
    facts = facts_of(entry)
    assert facts["imprint"] == IMPRINT
    assert facts["copy_sha256"] == copy.sha256
    assert facts["election"]["poll_on"] == "2026-05-07"
    kept = entry.documents.get(name="copy")
    assert (bytes(kept.content or b""), kept.seal) == (bytes(copy.content), Seal.OPEN)
    figures = entry.documents.get(name="figures")
    assert figures.seal == Seal.DATED
    assert facts_of(entry, "figures") == {"cost_pence": 1250, "targeting": "Signers"}


def test_the_leaf_names_nobody(copy: ApprovedCopy, now: datetime) -> None:
    leaf = bytes(record_material(copy=copy, now=now).leaf).decode()
    for word in ("Alice", "Archer", "High Street", "ZZ1", "Signers", "park", "1250"):
        assert word not in leaf


def test_approvals_and_withdrawals_become_entries_once(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    for _ in range(2):
        record_approved_material.func(at=now.isoformat(), copy_id=copy.pk)
    withdraw_material(material=copy.material, reason="A wrong date", by=cast.alice, now=now)
    for _ in range(2):
        record_withdrawn_material.func(at=now.isoformat(), copy_id=copy.pk)
    material, withdrawal = Entry.objects.all()
    assert (material.kind, withdrawal.kind) == (EntryKind.MATERIAL, EntryKind.WITHDRAWAL)
    assert withdrawal.concerns == material
    assert facts_of(withdrawal)["reason"] == "A wrong date"


def test_a_withdrawal_that_overtakes_its_approval_records_both_in_order(
    cast: Cast, copy: ApprovedCopy, now: datetime
) -> None:
    withdraw_material(material=copy.material, reason="A wrong date", by=cast.alice, now=now)
    record_withdrawn_material.func(at=now.isoformat(), copy_id=copy.pk)
    record_approved_material.func(at=now.isoformat(), copy_id=copy.pk)
    assert [entry.kind for entry in Entry.objects.all()] == ["material", "withdrawal"]


def make_mailing(cast: Cast, copy: ApprovedCopy, now: datetime, *, people: dict[str, int]) -> Mailing:
    clearance = Clearance.objects.create(
        copy=copy, channel="email", purpose="campaign", asked=0, cleared=0, refused=0, at=now
    )
    dispatch = Dispatch.objects.create(
        label="The park",
        clearance=clearance,
        from_address="office@barset.example",
        made_at=now,
        started_at=now,
        finished_at=now + timedelta(hours=1),
    )
    number = 0
    for state, count in people.items():
        for _ in range(count):
            number += 1
            ward = cast.east.code if number % 12 else cast.west.code
            Message.objects.create(
                dispatch=dispatch,
                purpose="campaign",
                person=make_person(name=f"Ada {number}", ward=ward),
                address=f"ada{number}@barset.example",
                state=state,
                queued_at=now,
            )
    return Mailing.objects.create(
        title="The park, to all signers",
        audience=Audience.objects.create(name="Signers in the east", made_at=now, changed_at=now),
        material=copy.material,
        copy=copy,
        reply_to="alice@barset.example",
        state="finished",
        clearance=clearance,
        dispatch=dispatch,
        made_at=now,
    )


def test_a_mailing_is_recorded_with_what_was_accepted(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    mailing = make_mailing(
        cast, copy, now, people={"accepted": 26, "refused": 3, "unknown": 1, "withdrawn": 2}
    )
    for _ in range(2):
        record_finished_mailing.func(at=now.isoformat(), mailing_id=mailing.pk)
    material, sending = Entry.objects.all()
    assert sending.concerns == material
    assert sending.opens_on == date(2026, 5, 8)
    assert facts_of(sending)["material_entry"] == material.number
    figures = facts_of(sending, "figures")
    assert figures["people"] == {"at_least": 20, "at_most": 38}, "the sum of the wards' bands"
    assert figures["by_ward"] == [
        {"code": cast.east.code, "name": "Barset East", "people": {"at_least": 20, "at_most": 29}},
        {"code": cast.west.code, "name": "Barset West", "people": {"at_least": 0, "at_most": 9}},
    ]
    assert figures["targeting"] == "Signers"
    assert figures["cost_pence"] == {"at_least": 0, "at_most": 1999}
    exact = sending.documents.get(name="exact")
    assert exact.seal == Seal.SEALED
    assert facts_of(sending, "exact")["messages"] == {
        "accepted": 26,
        "refused": 3,
        "unknown": 1,
        "withdrawn": 2,
    }
    places = dict(sending.places.values_list("area", "opens_on"))
    assert places == {cast.east.code: None, cast.west.code: date(2026, 5, 8)}


@pytest.mark.parametrize(
    ("conditions", "words"),
    [({}, "People anywhere, without any condition."), ({"spoilt": 1}, "Signers in the east")],
)
def test_targeting_without_words_of_its_own_is_read_from_the_audience(
    cast: Cast, now: datetime, conditions: dict[str, int], words: str
) -> None:
    copy = make_copy(by=cast.alice, area=cast.east.code)
    mailing = make_mailing(cast, copy, now, people={"accepted": 1})
    mailing.audience.conditions = conditions
    assert facts_of(record_mailing(mailing=mailing, now=now), "figures")["targeting"] == words


@pytest.mark.parametrize("channel", ["email", "sms", "post", "call", "door"])
def test_a_mailing_bears_the_channel_that_the_gate_was_asked_about(
    cast: Cast, copy: ApprovedCopy, now: datetime, channel: str
) -> None:
    mailing = make_mailing(cast, copy, now, people={"accepted": 12})
    Clearance.objects.update(channel=channel)
    record_finished_mailing.func(at=now.isoformat(), mailing_id=mailing.pk)
    sending = Entry.objects.get(source=f"mailing:{mailing.pk}")
    assert (sending.channel, facts_of(sending)["channel"]) == (channel, channel)
    assert channel_words(channel) != channel or channel == "email"


def test_a_mailing_that_was_not_sent_is_not_recorded(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    mailing = make_mailing(cast, copy, now, people={})
    mailing.dispatch = None
    mailing.save()
    with pytest.raises(NotSentYet):
        record_finished_mailing.func(at=now.isoformat(), mailing_id=mailing.pk)


def test_withholding_leaves_a_tombstone_and_an_entry_and_the_leaf_as_it_was(
    cast: Cast, copy: ApprovedCopy, now: datetime
) -> None:
    entry = record_material(copy=copy, now=now)
    before = (bytes(entry.leaf), entry.leaf_hash)
    document = entry.documents.get(name="facts")
    withhold_document(document=document, reason="A home address", by=cast.agent, now=now)
    document.refresh_from_db()
    assert (document.content, document.salt, document.withheld_reason) == (None, "", "A home address")
    entry.refresh_from_db()
    assert (bytes(entry.leaf), entry.leaf_hash) == before
    assert entry.title == ""
    tombstone = Entry.objects.get(kind=EntryKind.WITHHOLDING)
    assert tombstone.concerns == entry
    assert facts_of(tombstone) == {"withholds": entry.number, "document": "facts", "reason": "A home address"}
    with pytest.raises(NotToBeWithheld, match="already"):
        withhold_document(document=document, reason="Again", by=cast.agent, now=now)


def test_withholding_and_correcting_are_for_the_place_s_agent_with_a_reason(
    cast: Cast, copy: ApprovedCopy, now: datetime
) -> None:
    entry = record_material(copy=copy, now=now)
    document = entry.documents.get(name="facts")
    with pytest.raises(NotToBeWithheld):
        withhold_document(document=document, reason=" ", by=cast.agent, now=now)
    with pytest.raises(NothingToCorrect):
        correct_entry(entry=entry, was="a", is_now="", reason="r", by=cast.agent, now=now)
    cast.agent.appointments.update(area=cast.west)
    for user in (cast.alice, cast.charlie, cast.agent):
        with pytest.raises(NotAllowed):
            withhold_document(document=document, reason="mine", by=user, now=now)
        with pytest.raises(NotAllowed):
            correct_entry(entry=entry, was="a", is_now="b", reason="r", by=user, now=now)


def test_a_correction_is_a_further_entry(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    entry = record_material(copy=copy, now=now)
    for number in (1, 2):
        correction = correct_entry(
            entry=entry, was="£12.50", is_now=f"£13.5{number}", reason="VAT", by=cast.agent, now=now
        )
        assert (correction.number, correction.concerns) == (number, entry)
    assert facts_of(correction) == {"corrects": 0, "was": "£12.50", "is": "£13.52", "reason": "VAT"}


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_leave_neither_gap_nor_double(now: datetime) -> None:
    faults: list[Exception] = []

    def write(worker: int) -> None:
        try:
            for number in range(5):
                make_entry(now, source=f"{worker}/{number}")
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert list(Entry.objects.values_list("number", flat=True)) == list(range(20))


def test_the_hash_is_over_exactly_the_kept_bytes(now: datetime) -> None:
    entry = make_entry(now)
    assert entry.leaf_hash == hashlib.sha256(b"\x00" + bytes(entry.leaf)).hexdigest()
