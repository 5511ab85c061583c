"""Receipts and objections are only ever added: the model refuses, and so does the database."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from hustings.accounts.models import User
from hustings.people.models import ConsentEvent, Person, Suppression
from hustings.people.usecases import object_to_contact, record_consent, record_person, wording_for
from hustings.platform.kept import NeverChanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(now: datetime) -> ConsentEvent:
    fiona = record_person(given_name="Fiona", email="fiona@barset.example", source="test", now=now)
    return record_consent(
        person=fiona,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="k", text="Yes", now=now),
        source="test",
        evidence={"page": 1},
        now=now,
        recorded_by=User.objects.create_user("alice@barset.example"),
    )


@pytest.fixture
def suppression(event: ConsentEvent, now: datetime) -> Suppression:
    object_to_contact(person=event.person, source="test", now=now)
    return Suppression.objects.all()[0]


def test_the_models_refuse(event: ConsentEvent, suppression: Suppression) -> None:
    for row in (event, suppression):
        with pytest.raises(NeverChanged):
            row.save()
        with pytest.raises(NeverChanged):
            row.delete()
        with pytest.raises(NeverChanged):
            type(row).objects.update(source="else")
        with pytest.raises(NeverChanged):
            type(row).objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_consentevent SET is_given = NOT is_given",
        "UPDATE people_consentevent SET source = 'else'",
        "UPDATE people_consentevent SET wording_id = NULL",
        "UPDATE people_consentevent SET evidence = '{\"forged\": true}'",
        "DELETE FROM people_consentevent",
        "UPDATE people_suppression SET is_lifted = NOT is_lifted",
        "UPDATE people_suppression SET key_hash = ''",
        "DELETE FROM people_suppression",
    ],
)
def test_the_database_refuses(event: ConsentEvent, suppression: Suppression, statement: str) -> None:
    refused = pytest.raises(IntegrityError, match="kept as they were written")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ConsentEvent.objects.get(pk=event.pk).evidence == {"page": 1}
    assert Suppression.objects.filter(pk=suppression.pk, is_lifted=False).exists()


def test_merging_erasing_and_losing_a_login_are_let_through(event: ConsentEvent, now: datetime) -> None:
    other = record_person(given_name="Fi", email="fi@barset.example", source="test", now=now)
    assert ConsentEvent.objects.filter(pk=event.pk).hand_over(person_id=other.pk) == 1
    assert ConsentEvent.objects.filter(pk=event.pk).empty_evidence() == 1
    User.objects.all().delete()
    event.refresh_from_db()
    assert (event.person, event.evidence, event.recorded_by) == (other, {}, None)
    assert Person.objects.count() == 2
