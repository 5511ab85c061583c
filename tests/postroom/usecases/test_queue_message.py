"""Single messages: checked when queued, stored with their cause, sent by the worker."""

from datetime import timedelta

import pytest
from django.db import transaction

from hustings.people.models import Purpose
from hustings.platform.jobs import worker
from hustings.platform.models import Job
from hustings.postroom.delivery.service_templates import ServiceTemplateUnknown
from hustings.postroom.models import Message, MessageState
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.header_encoding import AddressNotSendable
from hustings.postroom.usecases.queue_message import (
    MarketingNeedsADispatch,
    MessageRequest,
    queue_message,
    queue_messages,
)
from tests.conftest import NOW
from tests.postroom.mail_sink import Sink
from tests.postroom.outbox import make_organisation

pytestmark = pytest.mark.django_db

FIELDS = {"subject": "Your signature", "body_lines": "Please confirm.\nThank you."}


def request(**changes: object) -> MessageRequest:
    given: dict[str, object] = {
        "template": "postroom/account_mail",
        "address": "dot@barset.example",
        "fields": FIELDS,
    }
    return MessageRequest(**{**given, **changes})  # type: ignore[arg-type]


def test_a_queued_message_is_sent_by_the_worker_and_says_who_writes(sink: Sink) -> None:
    make_organisation()
    message = queue_message(
        template="postroom/account_mail", address="dot@bücher.example", fields={**FIELDS, "to_name": "Dot"},
        purpose=Purpose.SERVICE, now=NOW,
    )  # fmt: skip
    assert message.domain == "xn--bcher-kva.example"
    assert worker.run_all() == 1
    message.refresh_from_db()
    assert message.state == MessageState.ACCEPTED
    (taken,) = sink.taken
    assert taken.recipient == "dot@xn--bcher-kva.example"
    assert b"Auto-Submitted: auto-generated" in taken.content
    assert b"Barset Together, 1 High Street" in taken.content


def test_many_messages_are_one_insert_and_one_job(sink: Sink) -> None:
    make_organisation()
    messages = queue_messages(requests=[request(address=f"d{n}@barset.example") for n in range(30)], now=NOW)
    assert len({message.pk for message in messages}) == 30
    assert Job.objects.count() == 1
    worker.run_all()
    assert sorted(sink.recipients) == sorted(f"d{n}@barset.example" for n in range(30))


@transaction.atomic
def queue_and_fail() -> None:
    queue_messages(requests=[request()], now=NOW)
    raise LookupError


def test_a_message_is_stored_exactly_if_its_cause_is() -> None:
    with pytest.raises(LookupError):
        queue_and_fail()
    assert not Message.objects.exists()
    assert not Job.objects.exists()


def test_a_message_waits_for_its_time(sink: Sink) -> None:
    make_organisation()
    queue_messages(requests=[request(not_before=NOW + timedelta(hours=1))], now=NOW)
    worker.run_all()
    assert sink.taken == []


@pytest.mark.parametrize("purpose", [Purpose.CAMPAIGN, Purpose.FUNDRAISING, Purpose.VOLUNTEERING])
def test_marketing_does_not_go_this_way(purpose: str) -> None:
    with pytest.raises(MarketingNeedsADispatch, match="through the gate"):
        queue_messages(requests=[request(purpose=purpose)], now=NOW)


def test_what_could_never_be_sent_is_refused_at_once() -> None:
    with pytest.raises(ServiceTemplateUnknown):
        queue_messages(requests=[request(template="postroom/nothing")], now=NOW)
    with pytest.raises(ServiceTemplateUnknown):
        queue_messages(requests=[request(template="../../etc/passwd")], now=NOW)
    with pytest.raises(FieldMissing, match="body_lines"):
        queue_messages(requests=[request(fields={"subject": "x"})], now=NOW)
    with pytest.raises(AddressNotSendable):
        queue_messages(requests=[request(address="dot")], now=NOW)
    assert not Message.objects.exists()
