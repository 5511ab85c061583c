"""Every attempt is a contact; only reaching somebody moves the day of the last contact."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hustings.contacts.models import Contact, Outcome
from hustings.contacts.usecases.record_contact import record_contact
from hustings.contacts.usecases.record_contacts import ContactNeedsOneSubject, NewContact, record_contacts
from hustings.people.models import Channel, Purpose
from hustings.register.models import Elector
from tests.contacts import cast

pytestmark = pytest.mark.django_db


def _row(*, person_id: int | None, at: datetime, outcome: str = Outcome.DELIVERED) -> NewContact:
    return NewContact(
        person_id=person_id,
        channel=Channel.EMAIL,
        purpose=Purpose.CAMPAIGN,
        outcome=outcome,
        at=at,
        label="May",
    )


def test_rows_come_back_in_order_with_ids(now: datetime) -> None:
    cast.make_places()
    people = [cast.make_person(name=f"Person {number}") for number in range(3)]
    stored = record_contacts(rows=[_row(person_id=person.pk, at=now) for person in people])
    assert [contact.person_id for contact in stored] == [person.pk for person in people]
    assert [contact.pk for contact in stored] == list(
        Contact.objects.order_by("pk").values_list("pk", flat=True)
    )


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NO_ANSWER])
def test_not_reached_is_recorded_but_not_the_last_contact(now: datetime, outcome: str) -> None:
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    record_contacts(rows=[_row(person_id=gwen.pk, at=now, outcome=outcome)])
    gwen.refresh_from_db()
    assert gwen.last_contacted_at is None
    assert gwen.contacts.get().outcome == outcome


def test_last_contact_never_moves_backwards(now: datetime) -> None:
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    record_contacts(
        rows=[_row(person_id=gwen.pk, at=now), _row(person_id=gwen.pk, at=now - timedelta(days=9))]
    )
    record_contacts(rows=[_row(person_id=gwen.pk, at=now - timedelta(days=30))])
    gwen.refresh_from_db()
    assert gwen.last_contacted_at == now


@pytest.mark.parametrize("has_both", [True, False])
def test_a_contact_concerns_exactly_one(now: datetime, has_both: bool) -> None:
    cast.make_places()
    person = cast.make_person(name="Gwen Proudie")
    elector = Elector.objects.create(first_seen_at=now)
    row = NewContact(
        person_id=person.pk if has_both else None,
        elector_id=elector.pk if has_both else None,
        channel=Channel.DOOR,
        purpose=Purpose.CAMPAIGN,
        outcome=Outcome.SPOKE,
        at=now,
    )
    with pytest.raises(ContactNeedsOneSubject):
        record_contacts(rows=[row])
    assert not Contact.objects.exists()


def test_statements_do_not_grow_with_people(now: datetime) -> None:
    cast.make_places()
    people = [cast.make_person(name=f"Person {number}") for number in range(40)]

    def statements(number: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            record_contacts(rows=[_row(person_id=person.pk, at=now) for person in people[:number]])
        return len(caught)

    assert statements(40) == statements(2)


def test_one_contact_with_an_elector(now: datetime) -> None:
    elector = Elector.objects.create(first_seen_at=now)
    contact = record_contact(
        elector_id=elector.pk,
        channel=Channel.DOOR,
        purpose=Purpose.CAMPAIGN,
        outcome=Outcome.NO_ANSWER,
        at=now,
    )
    assert contact.elector == elector
    assert contact.person is None
