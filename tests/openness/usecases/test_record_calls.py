"""A phone bank that was closed enters the record by itself: in bands, with its purpose and whom it meant; or not at all."""

import json
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from hustings.clearance.models import Medium
from hustings.openness.models import Entry, EntryKind
from hustings.outreach.phonebank.models import PhoneBank
from hustings.outreach.phonebank.queries import banks_ringing
from hustings.outreach.phonebank.usecases.answer_call import Said, answer_call
from hustings.outreach.phonebank.usecases.change_bank import close_bank
from hustings.outreach.phonebank.usecases.open_bank import open_bank
from hustings.outreach.phonebank.usecases.save_bank import BankPlan, BankSubject, save_bank
from hustings.outreach.phonebank.usecases.take_call import accept_words, take_next_call
from hustings.platform.jobs import worker
from tests.cast import Cast, signed_in
from tests.clearance.materials import make_copy
from tests.outreach.phonebank.banks import make_audience, make_open_bank, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def _document(entry: Entry, name: str) -> dict[str, object]:
    content = entry.documents.get(name=name).content
    assert content is not None
    found: dict[str, object] = json.loads(bytes(content))
    return found


def _ring(cast: Cast, bank: PhoneBank, now: datetime, *results: str) -> None:
    for result in results:
        taken = take_next_call(bank=bank, by=cast.bob, now=now)
        assert taken is not None
        answer_call(ticket=taken.ticket, said=Said(result=result), by=cast.bob, now=now)


def test_a_closed_bank_enters_the_record_once(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    _ring(cast, bank, now, "spoke", "no_answer")
    close_bank(bank=bank, by=cast.alice, now=now)
    worker.run_all()
    worker.run_all()
    entry = Entry.objects.get(kind=EntryKind.CALLS)
    assert (entry.title, entry.channel, entry.purpose, entry.area) == (
        "Spring calls",
        "call",
        "campaign",
        cast.east,
    )
    facts, figures, exact = (_document(entry, name) for name in ("facts", "figures", "exact"))
    assert facts["words"] == "Hello, may I ask you about buses?"
    assert figures["people"] == {"at_least": 0, "at_most": 9}
    assert "Barset East" in str(figures["targeting"])
    assert (exact["called"], exact["reached"], exact["tries"]) == (2, 1, 2)
    page = Client().get(f"/record/{entry.number}/")
    assert page.status_code == 200
    assert "Spring calls" in page.content.decode()
    assert "Hello, may I ask you about buses?" in page.content.decode()
    assert "<dt>Called</dt><dd>30 March 2026</dd>" in page.content.decode()
    assert "Proudie" not in json.dumps([facts, figures, exact])


def test_where_nobody_was_called_there_is_no_entry(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    _ring(cast, bank, now, "wrong_number")
    close_bank(bank=bank, by=cast.alice, now=now)
    worker.run_all()
    assert not Entry.objects.filter(kind=EntryKind.CALLS).exists()


def test_an_approved_script_has_its_own_entry_before(cast: Cast, now: datetime) -> None:
    script = make_copy(
        by=cast.agent, medium=Medium.CALL, area=cast.east.code, body="May I ask you about the park?",
        targeting="neighbours of the park",
    )  # fmt: skip
    make_person(name="Gwen Proudie", number=1, area=cast.east, now=now)
    subject = BankSubject(audience=make_audience(area=cast.east, now=now), copy=script)
    bank = save_bank(title="The park", subject=subject, plan=BankPlan(), by=cast.alice, now=now)
    open_bank(bank=bank, by=cast.alice, now=now)
    accept_words(bank=bank, by=cast.bob, now=now)
    bank.refresh_from_db()
    _ring(cast, bank, now, "spoke")
    close_bank(bank=bank, by=cast.alice, now=now)
    worker.run_all()
    entry = Entry.objects.get(kind=EntryKind.CALLS)
    assert entry.concerns is not None
    assert entry.concerns.kind == EntryKind.MATERIAL
    assert _document(entry, "figures")["targeting"] == "neighbours of the park"
    assert Client().get(f"/record/{entry.number}/").status_code == 200


def test_calls_that_a_bank_counts_are_not_recorded_by_hand_as_well(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    copy = make_copy(by=cast.alice, area=cast.east.code)
    url, agent = reverse("openness_desk:record_by_hand"), signed_in(cast.agent)
    form = {"kind": "calls", "copy": copy.pk, "cost": "0", "numbers": "Barset East: 40", "token": "one"}
    days = {"started_on": "2026-03-30", "ended_on": "2026-03-30"}
    asked = agent.post(url, {**form, **days})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "a phone bank rang people there: “Spring calls”" in page
    assert reverse("outreach_desk:phone_bank", args=[bank.pk]) in page
    assert 'name="is_besides"' in page
    assert not Entry.objects.filter(kind=EntryKind.CALLS).exists()
    before = {"started_on": "2026-03-01", "ended_on": "2026-03-29"}
    assert agent.post(url, {**form, **before, "token": "two"}).status_code == 302, "the bank was not open yet"
    assert agent.post(url, {**form, **days, "is_besides": "on"}).status_code == 302
    again = agent.post(url, {**form, **days, "is_besides": "on", "token": "three"})
    number = Entry.objects.filter(kind=EntryKind.CALLS).latest("number").number
    assert f"Exactly this was recorded before, as entry {number}" in again.content.decode()
    assert agent.post(url, {**form, **days, "is_besides": "on"}).status_code == 302, "the same form twice"
    assert Entry.objects.filter(kind=EntryKind.CALLS).count() == 2


def test_a_bank_elsewhere_is_no_reason_to_ask(cast: Cast, now: datetime) -> None:
    make_open_bank(cast=cast, now=now)
    on = now.date()
    west, everywhere = frozenset({cast.west.code}), frozenset({cast.district.code})
    assert banks_ringing(first=on, last=on, codes=west) == []
    assert len(banks_ringing(first=on, last=on, codes=everywhere)) == 1
    assert len(banks_ringing(first=on, last=on, codes=frozenset())) == 1
