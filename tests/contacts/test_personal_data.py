"""Export, erasure, merging two people and undoing it."""

from datetime import datetime, timedelta

import pytest

from hustings.contacts.models import Contact, Intention, Issue, IssueRaised
from hustings.contacts.personal_data import SOCKET
from hustings.contacts.usecases.record_contact import record_contact
from hustings.contacts.usecases.record_intention import record_intention
from hustings.elections.models import Party
from hustings.people.models import Person
from tests.contacts import cast

pytestmark = pytest.mark.django_db


def _known(name: str, at: datetime) -> Person:
    person = cast.make_person(name=name)
    contact = record_contact(
        person_id=person.pk, channel="door", purpose="campaign", outcome="spoke", at=at, label="Round 3"
    )
    greens, _ = Party.objects.get_or_create(name="Example Greens")
    record_intention(person=person, choice="party", party=greens, source="door", contact=contact, now=at)
    issue, _ = Issue.objects.get_or_create(name="Buses")
    IssueRaised.objects.create(person=person, issue=issue, at=at, source="door")
    return person


@pytest.fixture
def ada(now: datetime) -> Person:
    cast.make_organisation()
    cast.make_places()
    return _known("Ada One", now)


def test_export_tells_everything(ada: Person) -> None:
    told = SOCKET.export(person_id=ada.pk)
    assert told["Contacts made with you"][0]["in the course of"] == "Round 3"
    assert told["What you told us about your vote"][0]["party"] == "Example Greens"
    assert told["Issues you raised"][0]["issue"] == "Buses"


def test_erasing_deletes_opinions_and_keeps_that_a_contact_was_made(ada: Person, now: datetime) -> None:
    assert SOCKET.erase(person_id=ada.pk, now=now) == 2
    assert not Intention.objects.exists()
    assert not IssueRaised.objects.exists()
    assert Contact.objects.count() == 1
    ada.refresh_from_db()
    assert ada.last_said == ""


def test_merge_and_undo(ada: Person, now: datetime) -> None:
    bea = _known("Bea Two", now + timedelta(days=1))
    green = f"party:{Party.objects.get().pk}"
    assert _said(ada, bea) == [green, green]
    moved = SOCKET.merge(kept_id=ada.pk, merged_id=bea.pk, now=now)
    assert Contact.objects.filter(person=ada).count() == 2
    assert Intention.objects.get(person=ada, is_latest=True).at == now + timedelta(days=1)
    assert _said(ada, bea) == [green, ""]
    SOCKET.unmerge(kept_id=ada.pk, merged_id=bea.pk, moved=moved)
    assert [Contact.objects.filter(person=person).count() for person in (ada, bea)] == [1, 1]
    assert Intention.objects.get(person=ada, is_latest=True).at == now
    assert Intention.objects.get(person=bea, is_latest=True).at == now + timedelta(days=1)
    assert IssueRaised.objects.filter(person=bea).count() == 1
    assert _said(ada, bea) == [green, green]


def _said(*people: Person) -> list[str]:
    return [Person.objects.get(pk=person.pk).last_said for person in people]
