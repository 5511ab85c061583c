"""Receipts, and the consent in force that follows from them."""

from datetime import datetime, timedelta

import pytest

from hustings.people.models import Consent, ConsentEvent, ConsentWording, Person
from hustings.people.usecases import (
    ConsentRow,
    record_consent,
    record_consents,
    record_person,
    wording_for,
)
from hustings.people.usecases.record_consent import EvidenceMissing
from hustings.people.usecases.wording_for import WordingMissing

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiona(now: datetime) -> Person:
    return record_person(given_name="Fiona", email="fiona@barset.example", source="test", now=now)


@pytest.fixture
def wording(now: datetime) -> ConsentWording:
    return wording_for(key="petition/email", text="Email me news about this.", now=now)


def give(person: Person, wording: ConsentWording, at: datetime, *, is_given: bool = True) -> ConsentEvent:
    return record_consent(
        person=person,
        channel="email",
        purpose="campaign",
        is_given=is_given,
        wording=wording,
        source="petition",
        evidence={"signature": 1},
        now=at,
    )


def test_words_are_numbered_as_they_change(now: datetime, wording: ConsentWording) -> None:
    assert wording.version == 1
    assert wording_for(key="petition/email", text=" Email me news about this.\n", now=now) == wording
    second = wording_for(key="petition/email", text="Email me news.", now=now)
    welsh = wording_for(key="petition/email", text="Anfonwch newyddion ataf.", language="cy", now=now)
    assert (second.version, welsh.version) == (2, 1)
    assert wording_for(key="petition/email", text="Email me news about this.", now=now) == wording
    with pytest.raises(WordingMissing):
        wording_for(key="petition/email", text="  ", now=now)


def test_the_last_receipt_is_in_force(now: datetime, fiona: Person, wording: ConsentWording) -> None:
    give(fiona, wording, now)
    last = give(fiona, wording, now + timedelta(days=1), is_given=False)
    consent = fiona.consents.get()
    assert (consent.is_given, consent.event, consent.at) == (False, last, last.at)
    assert fiona.consent_events.count() == 2


def test_an_old_list_cannot_undo_what_was_said_since(
    now: datetime, fiona: Person, wording: ConsentWording
) -> None:
    give(fiona, wording, now, is_given=False)
    give(fiona, wording, now - timedelta(days=300))
    assert not fiona.consents.get().is_given
    assert fiona.consent_events.count() == 2


def test_a_consent_is_shown_or_not_recorded(now: datetime, fiona: Person, wording: ConsentWording) -> None:
    for words, evidence in ((None, {"signature": 1}), (wording, {})):
        with pytest.raises(EvidenceMissing):
            record_consent(
                person=fiona,
                channel="email",
                purpose="campaign",
                is_given=True,
                wording=words,
                source="list",
                evidence=evidence,
                now=now,
            )
    assert not Consent.objects.exists()


def test_many_receipts_in_one_pass(now: datetime, wording: ConsentWording) -> None:
    people = [
        record_person(given_name="Ann", email=f"ann{n}@barset.example", source="test", now=now)
        for n in range(3)
    ]
    record_consents(
        rows=[
            ConsentRow(
                person_id=person.pk,
                channel="email",
                purpose="campaign",
                is_given=is_given,
                wording=wording,
                at=now + timedelta(hours=hour),
                evidence={"row": hour},
            )
            for person in people
            for hour, is_given in ((2, False), (1, True))
        ],
        source="list",
    )
    assert Consent.objects.filter(is_given=False).count() == 3
    assert ConsentEvent.objects.count() == 6
