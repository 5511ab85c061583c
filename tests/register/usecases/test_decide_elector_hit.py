"""A doubtful objection against an elector who is nobody on file is looked at, and the answer holds."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from hustings.accounts.access import EVERYTHING, Right, scope_of
from hustings.people.models import Person
from hustings.people.queries import ListedElector, suppressed_electors
from hustings.people.rules.agreement import Level, Part
from hustings.people.rules.keys import Side, name_address_keys
from hustings.people.usecases import object_to_contact
from hustings.people.usecases.decide_hit import ReasonMissing
from hustings.people.usecases.keep_keys import keep_keys
from hustings.people.usecases.lift_objection import lift_objection
from hustings.platform.models import AuditEntry
from hustings.register.models import Elector, ElectorReview, Match, MatchState, RegisterEntry
from hustings.register.personal_data import SOCKET
from hustings.register.queries import (
    answers_about,
    answers_given,
    decided_electors,
    doubtful_electors,
    doubtful_hit,
    people_held_by_answers,
)
from hustings.register.usecases.decide_elector_hit import decide_elector_hit
from tests.cast import Cast
from tests.register.conftest import Import

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 30)


def object_as(given_name: str, *, now: datetime, channel: str = "", family_name: str = "Archer") -> uuid.UUID:
    """Somebody of 1 Mill Street writes a letter and signs it with an initial, or with less."""
    keys = name_address_keys(
        secret=settings.HUSTINGS_SUPPRESSION_KEY,
        given_name=given_name,
        family_name=family_name,
        address_line="1 Mill Street",
        postcode="ZZ1 1AA",
        side=Side.OBJECTION,
    )
    return object_to_contact(source="letter", now=now, keys=keys, channel=channel)


def elector(forename: str) -> Elector:
    return RegisterEntry.objects.get(forename=forename).elector


def decide(one: Elector, objection: uuid.UUID, *, same: bool, cast: Cast, now: datetime) -> None:
    hit = doubtful_hit(scope=EVERYTHING, elector_id=one.pk, objection=objection, on=TODAY)
    assert hit is not None
    decide_elector_hit(hit=hit, is_same_person=same, reason=f"asked them: {same}", by=cast.dora, now=now)


def waiting() -> list[tuple[int, uuid.UUID]]:
    return [(one.entry.elector_id, one.objection) for one in doubtful_electors(scope=EVERYTHING, on=TODAY)]


def test_who_waits_and_why(load: Import, barset: Cast, now: datetime) -> None:
    load()
    by_initial = object_as("A", now=now)
    alice = elector("Alice Mary")
    (one,) = doubtful_electors(scope=EVERYTHING, on=TODAY)
    assert (one.entry.elector_id, one.objection, one.source) == (alice.pk, by_initial, "letter")
    assert one.parts == {**dict.fromkeys(Part, Level.SAME), Part.GIVEN_NAME: Level.THEIR_INITIAL}
    nameless = object_as("", now=now + timedelta(hours=1))
    assert waiting() == [(alice.pk, by_initial), (alice.pk, nameless), (elector("Robert").pk, nameless)]
    # An objection to calls shuts no door, and one that was taken back shuts none any more.
    object_as("R", now=now, channel="call")
    lift_objection(objection=nameless, source="letter", now=now)
    assert waiting() == [(alice.pk, by_initial)]
    # Whoever objected for sure is not asked about again.
    object_as("Alice", now=now)
    assert waiting() == []


def test_only_of_the_places_one_looks_after(load: Import, barset: Cast, now: datetime) -> None:
    load()
    objection = object_as("A", now=now)
    charlies = scope_of(user=barset.charlie, right=Right.SEE_REGISTER, on=TODAY)
    assert doubtful_electors(scope=charlies, on=TODAY) == []
    alice = elector("Alice Mary")
    assert doubtful_hit(scope=charlies, elector_id=alice.pk, objection=objection, on=TODAY) is None
    decide(alice, objection, same=True, cast=barset, now=now)
    assert decided_electors(scope=charlies, on=TODAY) == []


def test_somebody_else_reopens_the_door_for_this_pair_alone(
    load: Import, barset: Cast, now: datetime
) -> None:
    load()
    objection = object_as("", now=now)
    alice, robert = elector("Alice Mary"), elector("Robert")
    decide(alice, objection, same=False, cast=barset, now=now)
    assert waiting() == [(robert.pk, objection)]
    another = object_as("A", now=now)
    assert (alice.pk, another) in waiting()
    audited = AuditEntry.objects.get(subject_type="register.Elector")
    assert (audited.subject_id, audited.actor_id, audited.area_code) == (
        str(alice.pk),
        barset.dora.pk,
        barset.east.pk,
    )


def test_the_same_person_holds_and_can_be_decided_otherwise(
    load: Import, barset: Cast, now: datetime
) -> None:
    load()
    objection = object_as("A", now=now, channel="door")
    alice = elector("Alice Mary")
    decide(alice, objection, same=True, cast=barset, now=now)
    assert waiting() == []
    (decided,) = decided_electors(scope=EVERYTHING, on=TODAY)
    assert decided.review is not None
    assert (decided.review.is_same_person, decided.review.by, decided.review.at) == (True, barset.dora, now)
    decide(alice, objection, same=False, cast=barset, now=now + timedelta(days=1))
    assert answers_about(elector_ids={alice.pk}) == {(alice.pk, objection): False}
    assert [one.reason for one in answers_given(elector_id=alice.pk, objection=objection)] == [
        "asked them: False",
        "asked them: True",
    ]


def test_what_was_found_holds_on_people_joined_to_the_elector_while_it_stands(
    load: Import, barset: Cast, now: datetime
) -> None:
    load()
    objection = object_as("A", now=now, channel="door")
    alice = elector("Alice Mary")
    decide(alice, objection, same=True, cast=barset, now=now)
    ally = Person.objects.create(given_name="Ally", source="test", created_at=now)
    Match.objects.create(
        person=ally, elector=alice, state=MatchState.ACCEPTED, weight=1, probability=1, method="t", at=now
    )
    assert people_held_by_answers(channel="door", purpose="campaign") == {ally.pk}
    assert people_held_by_answers(channel="email", purpose="campaign") == set()
    (told,) = SOCKET.export(person_id=ally.pk)["Whether an objection was yours"]
    assert told["reason"] == "asked them: True"
    lift_objection(objection=objection, source="letter", now=now)
    assert people_held_by_answers(channel="door", purpose="campaign") == set()
    SOCKET.erase(person_id=ally.pk, now=now)
    assert ElectorReview.objects.get().reason == ""


def test_the_answer_outlives_a_change_of_name(load: Import, barset: Cast, now: datetime) -> None:
    load()
    objection = object_as("A", now=now)
    alice = elector("Alice Mary")
    decide(alice, objection, same=True, cast=barset, now=now)
    RegisterEntry.objects.filter(elector=alice).update(surname="Bowman", address="9 High Street")
    answers = answers_about(elector_ids={alice.pk})
    entry = RegisterEntry.objects.get(elector=alice)
    listed = ListedElector(
        elector_id=alice.pk,
        forename=entry.forename,
        surname=entry.surname,
        address=entry.address,
        postcode=entry.postcode,
    )
    found = suppressed_electors(electors=[listed], channel="door", purpose="campaign", answers=answers)
    assert found.definite == {alice.pk}


def test_who_is_on_file_waits_among_the_people(load: Import, barset: Cast, now: datetime) -> None:
    load()
    object_as("A", now=now)
    ally = Person.objects.create(
        given_name="Alice",
        family_name="Archer",
        address_line="1 Mill Street",
        postcode="ZZ1 1AA",
        source="test",
        created_at=now,
    )
    keep_keys(person_ids=[ally.pk])
    assert len(waiting()) == 1
    Match.objects.create(
        person=ally,
        elector=elector("Alice Mary"),
        state=MatchState.MATCHED,
        weight=1,
        probability=1,
        method="t",
        at=now,
    )
    assert waiting() == []


def test_a_reason_is_asked_for(load: Import, barset: Cast, now: datetime) -> None:
    load()
    objection = object_as("A", now=now)
    hit = doubtful_hit(scope=EVERYTHING, elector_id=elector("Alice Mary").pk, objection=objection, on=TODAY)
    assert hit is not None
    with pytest.raises(ReasonMissing):
        decide_elector_hit(hit=hit, is_same_person=True, reason=" ", by=barset.dora, now=now)
