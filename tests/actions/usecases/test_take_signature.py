"""What goes to the disk in a surge is what the models would have written, in as few statements as can be."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hustings.actions.models import Petition, Signature
from hustings.actions.usecases import take_signature
from hustings.actions.usecases.take_signature import FormFilledIn
from hustings.basics.email_address import parse_email
from hustings.people.models import Purpose
from hustings.postroom.models import Message
from hustings.postroom.usecases.queue_message import queue_message
from tests.actions.conftest import NOW

pytestmark = pytest.mark.django_db


def entry_of(petition: Petition, number: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The entry of a form, as it came to the writer process."""
    caught: list[Any] = []
    monkeypatch.setattr(take_signature.SIGNATURES, "store", caught.append)
    form = FormFilledIn(
        petition=petition,
        version_id=petition.versions.get().pk,
        given_name="Ewan",
        family_name="McTavish",
        email=parse_email(f"Ewan.{number}@barset.example", allow_example=True),
        postcode="ZZ1 1AA",
        choices={"consents": [], "intention": None, "issues": [number]},
        language="cy",
    )
    take_signature.take_signature(form=form, now=NOW + timedelta(seconds=number))
    sent = json.loads(json.dumps(take_signature._as_json(caught[0])))
    assert take_signature._from_json(sent) == caught[0]
    return caught[0]


def columns_of(row: Signature | Message) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name != "id"
    }


def test_every_column_is_as_the_models_write_it(petition: Petition, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = entry_of(petition, 1, monkeypatch)
    with transaction.atomic():
        Message(**entry.message).save()
        Signature(**entry.signature).save()
    by_model = columns_of(Signature.objects.get()), columns_of(Message.objects.get())
    Signature.objects.all().delete()
    Message.objects.all().delete()
    take_signature.store_together([entry])
    assert (columns_of(Signature.objects.get()), columns_of(Message.objects.get())) == by_model


def test_the_message_is_what_the_postroom_would_queue(
    petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entry_of(petition, 1, monkeypatch)
    take_signature.store_together([entry])
    stored = columns_of(Message.objects.get())
    queued = queue_message(
        template="actions/petition_confirmation",
        address=entry.message["address"],
        fields=entry.message["fields"],
        purpose=Purpose.SERVICE,
        language="cy",
        now=entry.message["queued_at"],
    )
    queued.refresh_from_db()
    assert columns_of(queued) | {"public_id": stored["public_id"]} == stored


def test_new_forms_take_three_statements_however_many_they_are(
    petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_signature.store_together([entry_of(petition, 1, monkeypatch)])
    entries = [entry_of(petition, number, monkeypatch) for number in range(2, 9)]
    with CaptureQueriesContext(connection) as asked:
        take_signature.store_together(entries)
    assert len(asked) == 3, [query["sql"] for query in asked]
    assert Signature.objects.count() == Message.objects.count() == 8


def test_the_same_entries_once_more_change_nothing(
    petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [entry_of(petition, number, monkeypatch) for number in (1, 2, 3)]
    take_signature.store_together(entries[:2])
    take_signature.store_together(entries)
    assert Signature.objects.count() == Message.objects.count() == 3
    assert set(Signature.objects.values_list("mails", flat=True)) == {1}
