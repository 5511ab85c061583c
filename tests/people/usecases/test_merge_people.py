"""Two rows become one person, and two again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hustings.contacts.models import Contact
from hustings.people.models import (
    Consent,
    ConsentEvent,
    ContactPoint,
    Merge,
    Person,
    PersonKey,
    RightsRequest,
    SuppressionReview,
    Tag,
)
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases import (
    merge_people,
    object_to_contact,
    record_consent,
    record_person,
    undo_merge,
    verify_contact_point,
    wording_for,
)
from hustings.people.usecases.merge_people import CannotMerge, CannotUndo

pytestmark = pytest.mark.django_db


def consent(person: Person, at: datetime, *, is_given: bool) -> None:
    record_consent(
        person=person,
        channel="email",
        purpose="campaign",
        is_given=is_given,
        wording=wording_for(key="k", text="Yes", now=at),
        source="test",
        evidence={"row": 1},
        now=at,
    )


@pytest.fixture
def pair(now: datetime) -> tuple[Person, Person]:
    kept = record_person(
        given_name="Fiona", email="fiona@barset.example", phone="07700900123", source="a", now=now
    )
    merged = record_person(
        given_name="Fi",
        family_name="Fishwick",
        email="fi@barset.example",
        postcode="ZZ1 1AA",
        address_line="12 Mill Lane",
        source="b",
        now=now,
    )
    ContactPoint.objects.create(
        person=merged, kind="phone", value="07700 900123", canonical="+447700900123", added_at=now, source="b"
    )
    verify_contact_point(person=merged, kind="phone", canonical="+447700900123", now=now)
    consent(kept, now, is_given=False)
    consent(merged, now + timedelta(days=1), is_given=True)
    merged.tags.add(Tag.objects.create(name="baker"))
    Contact.objects.create(
        person=merged, channel="door", purpose="campaign", outcome="spoke", at=now + timedelta(days=2)
    )
    Person.objects.filter(pk=merged.pk).update(last_contacted_at=now + timedelta(days=2))
    RightsRequest.objects.create(kind="access", person=merged, received_at=now, due_on=now.date())
    return kept, Person.objects.get(pk=merged.pk)


def snapshot() -> dict[str, Any]:
    models = (
        Person,
        ContactPoint,
        Consent,
        ConsentEvent,
        PersonKey,
        SuppressionReview,
        RightsRequest,
        Contact,
    )
    rows: dict[str, Any] = {}
    for model in models:
        values = [dict(row) for row in model._default_manager.values()]
        if model is Consent:
            for row in values:
                del row["id"]
        rows[model.__name__] = sorted(values, key=str)
    rows["tags"] = sorted(Person.tags.through.objects.values_list("person_id", "tag_id"))
    return rows


def test_everything_belongs_to_the_one_kept(pair: tuple[Person, Person], now: datetime) -> None:
    kept, merged = pair
    merge_people(kept=kept, merged=merged, reason="the same phone", now=now)
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.given_name, kept.family_name, kept.postcode) == ("Fiona", "Fishwick", "ZZ1 1AA")
    assert kept.last_contacted_at == now + timedelta(days=2)
    assert merged.merged_into == kept
    assert {(p.canonical, p.is_preferred) for p in kept.contact_points.filter(kind="email")} == {
        ("fiona@barset.example", True),
        ("fi@barset.example", False),
    }
    assert kept.contact_points.get(kind="phone").verified_at == now
    assert kept.consents.get().is_given
    assert kept.consent_events.count() == 2
    assert Contact.objects.get().person == kept
    assert [tag.name for tag in kept.tags.all()] == ["baker"]
    assert record_person(email="fi@barset.example", source="c", now=now) == kept


def test_undoing_leaves_everything_as_it_was(pair: tuple[Person, Person], now: datetime) -> None:
    before = snapshot()
    merge = merge_people(kept=pair[0], merged=pair[1], reason="the same phone", now=now)
    assert snapshot() != before
    undo_merge(merge=merge, now=now)
    assert snapshot() == before
    with pytest.raises(CannotUndo):
        undo_merge(merge=merge, now=now)


def test_what_came_in_between_stays_with_the_one_kept(pair: tuple[Person, Person], now: datetime) -> None:
    kept, merged = pair
    merge = merge_people(kept=kept, merged=merged, reason="the same phone", now=now)
    record_person(email="fiona@barset.example", postcode="ZZ9 9ZZ", source="page", now=now)
    undo_merge(merge=merge, now=now)
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.postcode, merged.postcode) == ("ZZ9 9ZZ", "ZZ1 1AA")


def test_an_objection_of_either_blocks_the_one(pair: tuple[Person, Person], now: datetime) -> None:
    kept, merged = pair
    object_to_contact(person=merged, channel="post", source="letter", now=now)
    merge = merge_people(kept=kept, merged=merged, reason="the same phone", now=now)

    def is_blocked(person: Person) -> bool:
        found = suppressed_person_ids(person_ids=None, channel="post", purpose="campaign")
        return person.pk in found.definite

    assert is_blocked(kept)
    undo_merge(merge=merge, now=now)
    assert is_blocked(merged)
    assert not is_blocked(kept)


def test_what_cannot_be_joined(pair: tuple[Person, Person], now: datetime) -> None:
    kept, merged = pair
    with pytest.raises(CannotMerge):
        merge_people(kept=kept, merged=kept, reason="", now=now)
    first = merge_people(kept=kept, merged=merged, reason="", now=now)
    with pytest.raises(CannotMerge):
        merge_people(kept=kept, merged=merged, reason="", now=now)
    third = record_person(given_name="Fifi", email="fifi@barset.example", source="c", now=now)
    second = merge_people(kept=third, merged=kept, reason="", now=now)
    with pytest.raises(CannotUndo):
        undo_merge(merge=first, now=now)
    undo_merge(merge=second, now=now)
    undo_merge(merge=first, now=now)
    assert Merge.objects.filter(undone_at=None).count() == 0
