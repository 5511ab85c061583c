"""What the provider of text messages tells: delivered, failed, or somebody wrote back; STOP is an objection."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from hustings.basics.phone import NotAPhoneNumber, parse_phone
from hustings.contacts.models import Outcome
from hustings.contacts.usecases.settle_contact import settle_contact
from hustings.people.models import Channel, ContactPoint, ContactPointKind, Purpose
from hustings.people.queries import suppressed_addresses
from hustings.people.rules.keys import phone_key
from hustings.people.usecases.mark_unusable import mark_unusable
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.platform.events import announce
from hustings.postroom.events import MessageBounced, TextAnswered
from hustings.postroom.models import DeliveryReport, Message, MessageState
from hustings.postroom.rules.text_protocol import TextEvent, TextEventKind, is_stop
from hustings.postroom.usecases.record_report import hash_address

SOURCE = "text provider"
STOP_SOURCE = "STOP in answer to a text message"


def take_text_event(*, event: TextEvent, now: datetime) -> bool:
    """Record one event; returns whether it was news. The same event counts once, however often it is told."""
    with transaction.atomic():
        if event.kind is TextEventKind.REPLY:
            return _reply(event, now)
        found = Message.objects.filter(public_id=event.reference or "", channel=Channel.SMS)
        message = found.first() if event.reference else None
        if message is None:
            return False
        if event.kind is TextEventKind.DELIVERED:
            return _delivered(message, now)
        return _failed(message, event, now)


def _delivered(message: Message, now: datetime) -> bool:
    """It is on the phone: a fate that was unknown is known now."""
    known = Message.objects.filter(pk=message.pk, state=MessageState.UNKNOWN)
    known.update(state=MessageState.ACCEPTED, fields={})
    if message.contact_id is not None and message.bounced_at is None:
        settle_contact(contact_id=message.contact_id, outcome=Outcome.DELIVERED, at=now)
    return bool(Message.objects.filter(pk=message.pk, delivered_at=None).update(delivered_at=now))


def _failed(message: Message, event: TextEvent, now: datetime) -> bool:
    _report, is_new = DeliveryReport.objects.get_or_create(
        source=SOURCE,
        source_id=f"failed/{event.key}",
        defaults={
            "message": message,
            "kind": "bounce",
            "is_permanent": event.is_permanent,
            "address_hash": hash_address(address=message.address),
            "diagnostic": event.text,
            "at": now,
        },
    )
    if not is_new:
        return False
    Message.objects.filter(pk=message.pk, bounced_at=None).update(bounced_at=now)
    if event.is_permanent:
        doubtful = Message.objects.filter(pk=message.pk, state=MessageState.UNKNOWN)
        doubtful.update(state=MessageState.REFUSED, reason=event.text[:200], fields={})
    if message.contact_id is not None and event.is_permanent:
        settle_contact(contact_id=message.contact_id, outcome=Outcome.REFUSED, at=now)
    announce(
        MessageBounced(at=now, message_id=message.pk, is_permanent=event.is_permanent, is_complaint=False)
    )
    if event.is_permanent:
        mark_unusable(
            canonical=message.address, kind=ContactPointKind.PHONE, reason="text failed for good", now=now
        )
    return True


def _reply(event: TextEvent, now: datetime) -> bool:
    try:
        number = parse_phone(event.number).e164
    except NotAPhoneNumber:
        return False
    last = Message.objects.filter(address=number, channel=Channel.SMS).order_by("-queued_at", "-pk").first()
    stop = is_stop(text=event.text)
    report, is_new = DeliveryReport.objects.get_or_create(
        source=SOURCE,
        source_id=f"reply/{event.key}",
        defaults={
            "message": last,
            "kind": "stop" if stop else "reply",
            "address_hash": hash_address(address=number),
            "diagnostic": event.text[:300],
            "at": now,
        },
    )
    if is_new and stop:
        _object(number, now)
    elif is_new:
        announce(TextAnswered(at=now, report_id=report.pk, person_ids=_people_with(number)))
    return is_new


def _people_with(number: str) -> tuple[int, ...]:
    points = ContactPoint.objects.filter(
        kind=ContactPointKind.PHONE, canonical=number, unusable_at=None, person__erased_at=None
    )
    return tuple(points.order_by("person_id").values_list("person_id", flat=True).distinct())


def _object(number: str, now: datetime) -> None:
    """No more texts of any kind: marketing, and what they asked for; calls and mail are left as they are."""
    key = phone_key(secret=settings.HUSTINGS_SUPPRESSION_KEY, e164=number)
    for asked, recorded in ((Purpose.CAMPAIGN, ""), (Purpose.SERVICE, Purpose.SERVICE)):
        stopped = suppressed_addresses(
            canonicals=[number], kind=ContactPointKind.PHONE, channel=Channel.SMS, purpose=asked
        )
        if not stopped:
            object_to_contact(keys=[key], channel=Channel.SMS, purpose=recorded, source=STOP_SOURCE, now=now)
