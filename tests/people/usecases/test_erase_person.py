"""What is erased is gone; what blocks contact stays."""

from datetime import datetime

import pytest

from hustings.people.models import (
    Consent,
    ConsentEvent,
    ContactPoint,
    Person,
    PersonKey,
    RightsRequest,
    Suppression,
    Tag,
)
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases import (
    erase_person,
    merge_people,
    object_to_contact,
    record_consent,
    record_person,
    wording_for,
)
from hustings.people.usecases.erase_person import AlreadyErased
from hustings.platform.models import AuditEntry

pytestmark = pytest.mark.django_db

FIONA = {
    "given_name": "Fiona",
    "family_name": "Fishwick",
    "email": "fiona@barset.example",
    "phone": "07700 900123",
    "postcode": "ZZ1 1AA",
    "address_line": "12 Mill Lane",
}


@pytest.fixture
def fiona(now: datetime) -> Person:
    fiona = record_person(source="test", now=now, **FIONA)  # type: ignore[arg-type]
    record_consent(
        person=fiona,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="k", text="Yes", now=now),
        source="test",
        evidence={"name": "Fiona Fishwick"},
        now=now,
    )
    fiona.tags.add(Tag.objects.create(name="knows Ewan"))
    RightsRequest.objects.create(
        kind="erasure", person=fiona, received_at=now, due_on=now.date(), details="Fiona Fishwick asks"
    )
    return fiona


def everything_held() -> str:
    """All rows about people as text, as a reader of the database would see them."""
    models = (Person, ContactPoint, ConsentEvent, Consent, PersonKey, RightsRequest, Suppression, AuditEntry)
    return "\n".join(str(row) for model in models for row in model._default_manager.values()).casefold()


def test_nothing_that_names_them_is_left(fiona: Person, now: datetime) -> None:
    assert "fishwick" in everything_held()
    erased = erase_person(person=fiona, now=now)
    held = everything_held()
    for part in ("fiona", "fishwick", "900123", "mill lane", "zz1 1aa"):
        assert part not in held
    fiona.refresh_from_db()
    assert fiona.erased_at == now
    assert erased.rows["people"] > 5
    assert not fiona.tags.exists()
    assert AuditEntry.objects.get(verb="erased").subject_id == str(fiona.pk)


def test_that_a_consent_was_given_stays_provable(fiona: Person, now: datetime) -> None:
    erase_person(person=fiona, now=now)
    given, withdrawn = ConsentEvent.objects.order_by("pk")
    assert (given.is_given, given.wording.text, given.evidence) == (True, "Yes", {})  # type: ignore[union-attr]
    assert not withdrawn.is_given
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "again",
    [
        FIONA,
        {"email": "Fiona+x@barset.example"},
        {
            "given_name": "Fiona",
            "family_name": "Fishwick",
            "postcode": "ZZ1 1AA",
            "address_line": "12 Mill Lane",
        },
    ],
)
def test_the_next_list_does_not_reach_them(fiona: Person, now: datetime, again: dict[str, str]) -> None:
    erase_person(person=fiona, now=now)
    back = record_person(source="list", now=now, **again)  # type: ignore[arg-type]
    assert back != fiona
    for channel in ("email", "post", "call"):
        found = suppressed_person_ids(person_ids=[back.pk], channel=channel, purpose="campaign")
        assert back.pk in found.definite


def test_an_earlier_objection_holds_on_every_later_address(fiona: Person, now: datetime) -> None:
    object_to_contact(person=fiona, channel="call", source="phone", now=now)
    record_person(email=FIONA["email"], phone="07700 900999", source="page", now=now)
    erase_person(person=fiona, now=now)
    back = record_person(given_name="F", family_name="F", phone="07700 900999", source="list", now=now)
    assert suppressed_person_ids(
        person_ids=[back.pk], channel="call", purpose="campaign"
    ).definite == frozenset({back.pk})


def test_rows_joined_to_it_go_with_it(fiona: Person, now: datetime) -> None:
    twin = record_person(
        given_name="Fi", family_name="Fishwick", email="fi@barset.example", source="t", now=now
    )
    merge_people(kept=fiona, merged=twin, reason="Fiona says so", now=now)
    erase_person(person=twin, now=now)
    held = everything_held()
    assert "fi@barset" not in held
    assert "fishwick" not in held
    twin.refresh_from_db()
    fiona.refresh_from_db()
    assert twin.erased_at == fiona.erased_at == now


def test_somebody_without_any_address_is_erased_all_the_same(now: datetime) -> None:
    mary = record_person(given_name="Mary", source="test", now=now)
    assert not erase_person(person=mary, now=now).is_blocked
    with pytest.raises(AlreadyErased):
        erase_person(person=Person.objects.get(pk=mary.pk), now=now)
