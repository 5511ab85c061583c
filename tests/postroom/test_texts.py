"""Text messages go out to a real HTTP server, each once, with a state of its own; reports and STOP come back."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from hustings.basics.clock import FixedClock
from hustings.contacts.models import Contact
from hustings.people.models import Channel, ContactPoint, ContactPointKind, Person, Purpose
from hustings.people.rules.keys import phone_key
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.postroom.delivery import text_provider, text_templates
from hustings.postroom.delivery.service_templates import ServiceTemplateUnknown
from hustings.postroom.delivery.text_courier import deliver_texts
from hustings.postroom.models import DeliveryReport, Message, MessageState
from hustings.postroom.queries import text_figures
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.text_protocol import signature_of
from hustings.postroom.usecases.queue_message import MessageRequest, queue_message, queue_messages
from hustings.postroom.usecases.resend_unknown import resend_unknown
from hustings.postroom.usecases.tend_outbox import tend_outbox
from tests.postroom.outbox import make_organisation
from tests.postroom.text_sink import TextSink, text_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TextSink]:
    """A provider that takes everything, and a template “tests/hello”."""
    make_organisation()
    file = tmp_path / "hello.txt"
    file.write_text('Hello {{ name or "friend" }},\n{% if place %}see you at {{ place }}.{% endif %}\n')
    monkeypatch.setattr(
        text_templates, "_path", lambda name, language: file if name == "tests/hello" else None
    )
    text_templates._parsed.cache_clear()
    settings.HUSTINGS_HOME = tmp_path
    settings.HUSTINGS_TEXT_TOKEN = "token"
    settings.HUSTINGS_TEXT_FROM = "07700 900999"
    settings.HUSTINGS_TEXT_SECRET = "shared"
    settings.HUSTINGS_TEXT_CONNECTIONS = 1
    with text_sink() as sink:
        settings.HUSTINGS_TEXT_PROVIDER = sink.url
        yield sink
    text_templates._parsed.cache_clear()


def someone(number: str = "07700 900123", name: str = "Fay") -> Person:
    person = Person.objects.create(
        given_name=name, source="tests", created_at=datetime(2026, 1, 1).astimezone()
    )
    ContactPoint.objects.create(
        person=person, kind=ContactPointKind.PHONE, value=number, canonical="+44" + number.replace(" ", "")[1:],
        is_mobile=True, added_at=person.created_at, source="tests",
    )  # fmt: skip
    return person


def queue(
    now: datetime, number: str = "07700 900123", person: Person | None = None, **fields: Any
) -> Message:
    with transaction.atomic():
        return queue_message(
            template="tests/hello", address=number, fields={"name": "Fay", "place": "", **fields},
            purpose=Purpose.SERVICE, now=now, person=person, channel=Channel.SMS,
        )  # fmt: skip


def report(client: Client, values: dict[str, Any], now: datetime, secret: str = "shared") -> Any:
    body = json.dumps(values).encode()
    moment = str(int(now.timestamp()))
    return client.post(
        "/postroom/texts/", body, content_type="application/json",
        headers={
            "X-Hustings-Time": moment,
            "X-Hustings-Signature": signature_of(secret=secret, moment=moment, body=body),
        },
    )  # fmt: skip


def test_a_text_goes_out_once_cleared_counted_and_emptied(
    provider: TextSink, now: datetime, standing_clock: FixedClock
) -> None:
    person = someone()
    message = queue(now, person=person, place="Gaol Lane")
    assert (message.address, message.parts, message.domain) == ("+447700900123", 1, "")
    assert deliver_texts(clock=standing_clock).as_json() == {"accepted": 1, "withdrawn": 0}
    assert deliver_texts(clock=standing_clock).done == 0
    (taken,) = provider.taken
    assert taken["text"] == "Barset Together: Hello Fay, see you at Gaol Lane."
    assert (taken["to"], taken["from"]) == ("+447700900123", "07700 900999")
    assert taken["reference"] == str(message.public_id)
    assert provider.tokens == ["Bearer token"]
    message.refresh_from_db()
    assert (message.state, message.fields) == (MessageState.ACCEPTED, {})
    assert message.clearance is not None
    assert (message.clearance.channel, message.clearance.purpose) == ("sms", "service")
    assert Contact.objects.get(person=person).channel == "sms"
    figures = text_figures(since=now - timedelta(days=1))
    assert (figures.parts, figures.cost_pence) == (1, 4)


def test_mail_and_texts_do_not_take_each_others_messages(
    provider: TextSink, now: datetime, standing_clock: FixedClock, sink: Any
) -> None:
    from hustings.postroom.delivery.courier import deliver_singles

    queue(now)
    assert deliver_singles(clock=standing_clock).done == 0
    assert Message.objects.get().state == MessageState.QUEUED
    assert deliver_texts(clock=standing_clock).done == 1


def test_an_objection_stops_a_text_at_the_last_moment(
    provider: TextSink, now: datetime, standing_clock: FixedClock, settings: Any
) -> None:
    message = queue(now)
    key = phone_key(secret=settings.HUSTINGS_SUPPRESSION_KEY, e164="+447700900123")
    object_to_contact(keys=[key], channel="sms", purpose="service", source="tests", now=now)
    assert deliver_texts(clock=standing_clock).withdrawn == 1
    message.refresh_from_db()
    assert (message.state, message.reason, provider.taken) == (MessageState.WITHDRAWN, "suppressed", [])


@pytest.mark.parametrize(
    ("status", "state", "waits"),
    [
        (400, MessageState.REFUSED, False),
        (500, MessageState.UNKNOWN, False),
        (None, MessageState.UNKNOWN, False),
        (401, MessageState.DEFERRED, True),
        (503, MessageState.DEFERRED, True),
    ],
)
def test_every_answer_has_a_state(
    provider: TextSink,
    now: datetime,
    standing_clock: FixedClock,
    status: int | None,
    state: str,
    waits: bool,
) -> None:
    provider.answer = lambda _values: status
    first, second = queue(now), queue(now, number="07700 900124")
    tally = deliver_texts(clock=standing_clock)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == state
    if waits:
        assert str(status) in tally.problem
        assert second.state == MessageState.QUEUED
        assert first.not_before is not None
        assert first.not_before > now
    else:
        assert second.state == state
        assert tally.problem == ""


def test_a_provider_that_cannot_be_reached_leaves_everything_waiting(
    provider: TextSink, now: datetime, standing_clock: FixedClock, settings: Any
) -> None:
    settings.HUSTINGS_TEXT_PROVIDER = "http://127.0.0.1:9/"
    message = queue(now)
    assert "cannot be reached" in deliver_texts(clock=standing_clock).problem
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    settings.HUSTINGS_TEXT_PROVIDER = "http://texts.example/"
    assert "must begin with https://" in deliver_texts(clock=standing_clock).problem
    settings.HUSTINGS_TEXT_PROVIDER = ""
    assert "not set up" in deliver_texts(clock=standing_clock).problem


class Killed(BaseException):
    """Stands for a kill: nothing catches it."""


def test_a_kill_leaves_one_in_doubt_and_tells_nobody_twice(
    provider: TextSink, now: datetime, standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch, cast: Any
) -> None:
    with transaction.atomic():
        queue_messages(
            requests=[
                MessageRequest(
                    template="tests/hello", address=f"07700 90012{n}", fields={"name": "x", "place": ""},
                    channel=Channel.SMS,
                )
                for n in range(6)
            ],
            now=now,
        )  # fmt: skip
    real = text_provider.TextProvider.send

    def killed_after_sending(self: Any, **values: Any) -> Any:
        outcome = real(self, **values)
        if len(provider.taken) == 3:
            raise Killed
        return outcome

    monkeypatch.setattr(text_provider.TextProvider, "send", killed_after_sending)
    with pytest.raises(Killed):
        deliver_texts(clock=standing_clock)
    monkeypatch.setattr(text_provider.TextProvider, "send", real)
    assert deliver_texts(clock=standing_clock).as_json() == {"accepted": 3, "withdrawn": 0}
    numbers = [taken["to"] for taken in provider.taken]
    assert len(numbers) == len(set(numbers)) == 6
    (doubtful,) = Message.objects.filter(state=MessageState.UNKNOWN)
    assert Message.objects.filter(state=MessageState.ACCEPTED).count() == 5
    assert tend_outbox(now=now)["woken"] == 0
    assert resend_unknown(message_ids=[doubtful.pk], by=cast.admin, now=now) == 1
    assert tend_outbox(now=now)["woken"] == 1
    assert deliver_texts(clock=standing_clock).done == 1


def test_reports_are_believed_when_signed_and_count_once(
    provider: TextSink, now: datetime, standing_clock: FixedClock, client: Client
) -> None:
    provider.answer = lambda _values: None
    message, person = queue(now), someone()
    deliver_texts(clock=standing_clock)
    told = {"event": "delivered", "id": "a", "reference": str(message.public_id)}
    assert report(client, told, now, secret="wrong").status_code == 400
    assert report(client, told, now - timedelta(minutes=6)).status_code == 400
    assert report(client, told, now).json() == {"is_new": True}
    assert report(client, told, now).json() == {"is_new": False}
    message.refresh_from_db()
    assert (message.state, message.delivered_at) == (MessageState.ACCEPTED, now)
    failed = {
        "event": "failed",
        "id": "b",
        "reference": str(message.public_id),
        "permanent": True,
        "detail": "gone",
    }
    assert report(client, failed, now).json() == {"is_new": True}
    assert report(client, failed, now).json() == {"is_new": False}
    assert DeliveryReport.objects.get().diagnostic == "gone"
    assert person.contact_points.get().unusable_at == now


def test_without_a_secret_there_is_no_such_address(client: Client, settings: Any, now: datetime) -> None:
    settings.HUSTINGS_TEXT_SECRET = ""
    assert report(client, {"event": "reply", "from": "+447700900123"}, now).status_code == 404


def test_stop_stops_every_text_to_the_number_and_no_calls(
    provider: TextSink, now: datetime, standing_clock: FixedClock, client: Client
) -> None:
    from hustings.people.queries import suppressed_addresses

    queue(now)
    deliver_texts(clock=standing_clock)
    said = {"event": "reply", "id": "c", "from": "07700 900123", "text": "Stop."}
    assert report(client, said, now).json() == {"is_new": True}
    assert report(client, said, now).json() == {"is_new": False}
    assert report(client, {**said, "id": "d", "text": "Yes, 6-8"}, now).json() == {"is_new": True}
    assert report(client, {**said, "id": "e", "from": "not a number"}, now).json() == {"is_new": False}
    assert sorted(DeliveryReport.objects.values_list("kind", flat=True)) == ["reply", "stop"]
    for channel, purpose, expected in (
        ("sms", "service", 1), ("sms", "campaign", 1), ("call", "service", 0), ("call", "campaign", 0),
    ):  # fmt: skip
        found = suppressed_addresses(
            canonicals=["+447700900123"], kind="phone", channel=channel, purpose=purpose
        )
        assert len(found) == expected, (channel, purpose)
    again = queue(now)
    deliver_texts(clock=standing_clock)
    again.refresh_from_db()
    assert again.state == MessageState.WITHDRAWN


def test_what_cannot_be_queued_says_why(provider: TextSink, now: datetime) -> None:
    from hustings.basics.phone import NotAPhoneNumber

    with pytest.raises(NotAPhoneNumber):
        queue(now, number="12")
    with pytest.raises(ServiceTemplateUnknown):
        queue_message(
            template="tests/none",
            address="07700 900123",
            fields={},
            purpose="service",
            now=now,
            channel="sms",
        )
    with pytest.raises(FieldMissing):
        queue_message(
            template="tests/hello",
            address="07700 900123",
            fields={},
            purpose="service",
            now=now,
            channel="sms",
        )


def test_the_desk_shows_figures_and_counts_a_text(cast: Any, provider: TextSink, now: datetime) -> None:
    from tests.cast import signed_in

    address = reverse("postroom_desk:texts")
    page = signed_in(cast.alice).get(address, {"text": "Tŷ"}).content.decode()
    assert "UCS-2" in page
    assert "ŷ" in page
    assert signed_in(cast.bob).get(address).status_code == 403


def many(now: datetime, count: int) -> None:
    with transaction.atomic():
        queue_messages(
            requests=[
                MessageRequest(
                    template="tests/hello", address=f"07700 900{n:03}", fields={"name": "x", "place": ""},
                    channel=Channel.SMS,
                )
                for n in range(count)
            ],
            now=now,
        )  # fmt: skip


def test_several_connections_send_at_the_same_time_each_message_once(
    provider: TextSink, now: datetime, standing_clock: FixedClock, settings: Any
) -> None:
    settings.HUSTINGS_TEXT_CONNECTIONS = 3
    together = threading.Barrier(3, timeout=20)

    def answer(_values: dict[str, Any]) -> int:
        together.wait()  # breaks, and with it the test, unless three are under way at once
        return 202

    provider.answer = answer
    many(now, 99)
    assert deliver_texts(clock=standing_clock).as_json() == {"accepted": 99, "withdrawn": 0}
    numbers = [taken["to"] for taken in provider.taken]
    assert len(numbers) == len(set(numbers)) == 99


def test_a_kill_with_several_connections_leaves_one_a_connection_in_doubt_at_most(
    provider: TextSink,
    now: datetime,
    standing_clock: FixedClock,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.HUSTINGS_TEXT_CONNECTIONS = 3
    many(now, 60)
    real = text_provider.TextProvider.send

    def killed_after_sending(self: Any, **values: Any) -> Any:
        outcome = real(self, **values)
        if len(provider.taken) >= 20:
            raise Killed
        return outcome

    monkeypatch.setattr(text_provider.TextProvider, "send", killed_after_sending)
    with pytest.raises(Killed):
        deliver_texts(clock=standing_clock)
    monkeypatch.setattr(text_provider.TextProvider, "send", real)
    deliver_texts(clock=standing_clock)
    numbers = [taken["to"] for taken in provider.taken]
    assert len(numbers) == len(set(numbers)) == 60
    assert 1 <= Message.objects.filter(state=MessageState.UNKNOWN).count() <= 3
    assert Message.objects.filter(state=MessageState.ACCEPTED).count() >= 57


def test_a_provider_in_trouble_on_one_connection_stops_the_others_and_loses_nothing(
    provider: TextSink, now: datetime, standing_clock: FixedClock, settings: Any
) -> None:
    settings.HUSTINGS_TEXT_CONNECTIONS = 3
    many(now, 60)
    provider.answer = lambda _values: 503 if len(provider.taken) >= 10 else 202
    tally = deliver_texts(clock=standing_clock)
    assert "503" in tally.problem
    states = dict(Message.objects.values_list("state").annotate(Count("pk")).order_by())
    assert states["accepted"] == len(provider.taken)
    assert 1 <= states["deferred"] <= 3
    assert sum(states.values()) == 60
    assert set(states) == {"accepted", "deferred", "queued"}


@pytest.mark.parametrize(
    ("status", "told", "outcome", "is_reached"),
    [
        (None, {"event": "delivered"}, "delivered", True),
        (202, {"event": "failed", "permanent": True}, "refused", True),
        (None, {"event": "failed", "permanent": True}, "refused", False),
        (None, {"event": "failed", "permanent": False}, "unknown", False),
    ],
)
def test_a_delivery_report_settles_the_contact(
    provider: TextSink, now: datetime, standing_clock: FixedClock, client: Client, status: int | None,
    told: dict[str, Any], outcome: str, is_reached: bool,
) -> None:  # fmt: skip
    provider.answer = lambda _values: status
    person = someone()
    message = queue(now, person=person)
    deliver_texts(clock=standing_clock)
    assert Contact.objects.get().outcome == ("unknown" if status is None else "delivered")
    for _time in range(2):
        report(client, {**told, "id": "r", "reference": str(message.public_id)}, now)
    assert Contact.objects.get().outcome == outcome
    person.refresh_from_db()
    assert (person.last_contacted_at is not None) is is_reached
    message.refresh_from_db()
    assert message.state == {"delivered": "accepted", "refused": "accepted" if status else "refused"}.get(
        outcome, "unknown"
    )
