"""An objection cannot be lost."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from hustings.people.models import Person, Suppression, SuppressionReview
from hustings.people.queries import suppressed_addresses, suppressed_person_ids
from hustings.people.rules.keys import email_key
from hustings.people.usecases import (
    lift_objection,
    object_to_contact,
    record_consent,
    record_person,
    wording_for,
)
from hustings.people.usecases.lift_objection import NoSuchObjection
from hustings.people.usecases.object_to_contact import NothingToHoldOn

pytestmark = pytest.mark.django_db

ADDRESS = {"postcode": "ZZ1 1AA", "address_line": "12 Mill Lane", "family_name": "Fishwick"}


def person(now: datetime, **said: str) -> Person:
    return record_person(source="test", now=now, **said)  # type: ignore[arg-type]


@pytest.fixture
def fiona(now: datetime) -> Person:
    return person(now, given_name="Fiona", email="fiona@barset.example", phone="07700 900123", **ADDRESS)


def verdict(one: Person, channel: str = "email", purpose: str = "campaign") -> str:
    found = suppressed_person_ids(person_ids=[one.pk], channel=channel, purpose=purpose)
    everybody = suppressed_person_ids(person_ids=None, channel=channel, purpose=purpose)
    assert (one.pk in found.definite) == (one.pk in everybody.definite)
    assert (one.pk in found.doubtful) == (one.pk in everybody.doubtful)
    return "definite" if found.definite else "doubtful" if found.doubtful else ""


def test_an_objection_to_all_stops_marketing_and_leaves_what_was_asked_for(
    now: datetime, fiona: Person
) -> None:
    object_to_contact(person=fiona, source="page", now=now)
    for channel in ("email", "sms", "call", "post", "door"):
        for purpose in ("campaign", "fundraising", "volunteering", "opinion"):
            assert verdict(fiona, channel, purpose) == "definite"
        assert verdict(fiona, channel, "service") == ""
        assert verdict(fiona, channel, "account") == ""


def test_an_objection_to_one_channel_stops_one_channel(now: datetime, fiona: Person) -> None:
    object_to_contact(person=fiona, channel="email", source="page", now=now)
    assert verdict(fiona, "email", "fundraising") == "definite"
    assert verdict(fiona, "post", "fundraising") == ""


def test_consents_it_covers_are_withdrawn_with_a_receipt(now: datetime, fiona: Person) -> None:
    wording = wording_for(key="k", text="Yes", now=now)
    for channel in ("email", "sms"):
        record_consent(
            person=fiona,
            channel=channel,
            purpose="campaign",
            is_given=True,
            wording=wording,
            source="page",
            evidence={"page": 1},
            now=now,
        )
    objection = object_to_contact(person=fiona, channel="email", source="page", now=now)
    assert [consent.channel for consent in fiona.consents.filter(is_given=True)] == ["sms"]
    assert fiona.consent_events.get(is_given=False).evidence == {"objection": str(objection)}


def test_it_holds_by_any_of_the_keys(now: datetime, fiona: Person) -> None:
    object_to_contact(person=fiona, source="page", now=now)
    Person.objects.filter(pk=fiona.pk).update(erased_at=now)
    fiona.contact_points.all().delete()
    by_name = person(now, given_name="Fiona", email="new@barset.example", **ADDRESS)
    by_initial = person(now, given_name="F", email="f@barset.example", **ADDRESS)
    by_phone = person(now, given_name="George", phone="07700900123", family_name="Green")
    stranger = person(now, given_name="George", email="george@barset.example", **ADDRESS)
    assert verdict(by_name) == "definite"
    assert verdict(by_initial) == "doubtful"
    assert verdict(by_phone, "call") == "definite"
    assert verdict(by_phone, "post") == "doubtful"
    assert verdict(stranger) == ""


def test_without_email_or_phone_it_holds_on_name_and_address(now: datetime) -> None:
    on_paper = person(now, given_name="Fiona", **ADDRESS)
    object_to_contact(person=on_paper, channel="post", source="letter", now=now)
    later = person(now, given_name="Fiona", email="fiona@barset.example", **ADDRESS)
    assert verdict(later, "post") == "definite"


def test_a_doubtful_hit_blocks_until_it_was_seen(now: datetime, fiona: Person) -> None:
    objection = object_to_contact(person=fiona, source="page", now=now)
    initial = person(now, given_name="F", email="f@barset.example", **ADDRESS)
    review = SuppressionReview.objects.create(
        person=initial, objection=objection, is_same_person=False, reason="Frank, her brother", at=now
    )
    assert verdict(initial) == ""
    review.is_same_person = True
    review.save()
    assert verdict(initial) == "definite"
    SuppressionReview.objects.create(
        person=fiona, objection=objection, is_same_person=False, reason="A slip", at=now
    )
    assert verdict(fiona) == "definite"


def test_lifting_wholly_or_in_part(now: datetime, fiona: Person) -> None:
    objection = object_to_contact(person=fiona, source="page", now=now)
    lift_objection(objection=objection, channel="email", purpose="campaign", source="page", now=now)
    assert verdict(fiona, "email", "campaign") == ""
    assert verdict(fiona, "email", "fundraising") == "definite"
    assert verdict(fiona, "sms", "campaign") == "definite"
    lift_objection(objection=objection, source="page", now=now)
    assert verdict(fiona, "sms", "campaign") == ""
    object_to_contact(person=fiona, source="page", now=now)
    assert verdict(fiona, "sms", "campaign") == "definite"
    with pytest.raises(NoSuchObjection):
        lift_objection(objection=uuid.uuid4(), source="page", now=now)


@pytest.mark.parametrize(("is_own_act", "expected"), [(True, ""), (False, "definite")])
def test_only_the_persons_own_consent_lifts(
    now: datetime, fiona: Person, is_own_act: bool, expected: str
) -> None:
    object_to_contact(person=fiona, source="page", now=now)
    record_consent(
        person=fiona,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="k", text="Yes", now=now),
        source="page",
        evidence={"page": 1},
        now=now + timedelta(days=1),
        is_own_act=is_own_act,
    )
    assert verdict(fiona, "email", "campaign") == expected
    assert verdict(fiona, "email", "fundraising") == "definite"


def test_nobody_lifts_another_persons_objection(now: datetime, fiona: Person) -> None:
    object_to_contact(person=fiona, source="page", now=now)
    frank = person(now, given_name="F", email="frank@barset.example", **ADDRESS)
    record_consent(
        person=frank,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="k", text="Yes", now=now),
        source="page",
        evidence={"page": 1},
        now=now,
        is_own_act=True,
    )
    assert verdict(frank) == "doubtful"
    assert verdict(fiona) == "definite"


def test_an_address_alone_is_enough(now: datetime) -> None:
    key = email_key(secret=settings.HUSTINGS_SUPPRESSION_KEY, canonical="fiona@barset.example")
    object_to_contact(keys=[key], channel="email", source="list", now=now)
    assert suppressed_addresses(
        canonicals=["fiona@barset.example", "bob@barset.example"],
        kind="email",
        channel="email",
        purpose="campaign",
    ) == {"fiona@barset.example"}
    assert verdict(person(now, email="Fiona@Barset.example")) == "definite"
    with pytest.raises(NothingToHoldOn):
        object_to_contact(keys=[], source="list", now=now)
    with pytest.raises(NothingToHoldOn):
        object_to_contact(person=person(now, given_name="Mary"), source="list", now=now)


def test_no_address_stands_in_the_table(now: datetime, fiona: Person) -> None:
    object_to_contact(person=fiona, source="page", now=now)
    for row in Suppression.objects.values():
        assert "fiona" not in str(row).lower()
        assert "900123" not in str(row)
