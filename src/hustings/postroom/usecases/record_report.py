"""Writing down a bounce or a complaint, and drawing the consequence: an address given up, an objection recorded."""

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from hustings.people.models import Channel, ContactPointKind, Person
from hustings.people.queries import NotALink, read_unsubscribe_token, suppressed_person_ids
from hustings.people.rules.keys import email_key
from hustings.people.usecases.mark_unusable import mark_unusable
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.platform.events import announce
from hustings.postroom.events import MessageBounced
from hustings.postroom.models import DeliveryReport, Message
from hustings.postroom.rules.addresses import canonical_address
from hustings.postroom.rules.reports import Report, ReportKind, is_address_gone

_PUBLIC_ID = re.compile(r"([0-9a-f]{32})@")
_UNSUBSCRIBE = re.compile(r"/unsubscribe/([A-Za-z0-9_-]+)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of a report: the message it belongs to, if found, and what followed."""

    report: DeliveryReport
    is_new: bool
    is_address_unusable: bool = False
    is_objection: bool = False


def record_report(*, report: Report, source: str, now: datetime, is_trusted: bool = False) -> Recorded:
    """Record one report; the same report from the same source counts once.

    A message is found by its Message-ID, which cannot be guessed, or its reader by the signed unsubscribe link. With
    `is_trusted` (a provider whose signature was checked) the last message accepted for the address will do. What belongs to no
    message of ours is kept and has no consequence, because anybody can write such a letter.
    """
    with transaction.atomic():
        message = _message_of(report) or (_last_message_to(report.recipient) if is_trusted else None)
        stored, is_new = DeliveryReport.objects.get_or_create(
            source=source[:60],
            source_id=_source_id(report),
            defaults={
                "message": message,
                "kind": report.kind,
                "is_permanent": report.is_permanent,
                "address_hash": hash_address(address=report.recipient),
                "status": report.status[:20],
                "diagnostic": report.diagnostic[:300],
                "at": now,
            },
        )
        if not is_new:
            return Recorded(report=stored, is_new=False)
        if message is not None:
            _note(message, report, now)
        if report.kind is ReportKind.COMPLAINT:
            objected = _object(report, message, source, now, is_trusted=is_trusted)
            return Recorded(report=stored, is_new=True, is_objection=objected)
        gone = message is not None and _give_up_address(message, report, stored, now)
        return Recorded(report=stored, is_new=True, is_address_unusable=gone)


def hash_address(*, address: str) -> str:
    """A keyed hash of an address, by which reports about the same address are recognised without keeping it."""
    canonical = canonical_address(address=address)
    return salted_hmac("hustings.postroom.address", canonical, algorithm="sha256").hexdigest()


def _message_of(report: Report) -> Message | None:
    for message_id in report.message_ids:
        if found := _PUBLIC_ID.match(message_id):
            message = Message.objects.filter(public_id=uuid.UUID(hex=found[1])).first()
            if message is not None:
                return message
    return None


def _last_message_to(address: str) -> Message | None:
    accepted = Message.objects.filter(address__iexact=address, ended_at__isnull=False) if address else None
    return accepted.order_by("-ended_at").first() if accepted is not None else None


def _note(message: Message, report: Report, now: datetime) -> None:
    is_complaint = report.kind is ReportKind.COMPLAINT
    column = "complained_at" if is_complaint else "bounced_at"
    if getattr(message, column) is None:
        Message.objects.filter(pk=message.pk).update(**{column: now})
    announce(
        MessageBounced(
            at=now, message_id=message.pk, is_permanent=report.is_permanent, is_complaint=is_complaint
        )
    )


def _give_up_address(message: Message, report: Report, stored: DeliveryReport, now: datetime) -> bool:
    """Mark the address unusable if the bounce says so, or is one too many; only for the address we wrote to."""
    canonical = canonical_address(address=message.address)
    if report.recipient and canonical_address(address=report.recipient) != canonical:
        return False  # it was passed on, and came back from there
    earlier = DeliveryReport.objects.filter(
        address_hash=hash_address(address=message.address), kind=ReportKind.BOUNCE, is_permanent=True
    ).exclude(pk=stored.pk)
    messages_before = earlier.exclude(message=message).values("message").distinct().count()
    if not report.is_permanent or not is_address_gone(status=report.status, earlier_bounces=messages_before):
        return False
    reason = f"bounced: {report.status}" if report.status else "bounced"
    return bool(mark_unusable(canonical=canonical, kind=ContactPointKind.EMAIL, reason=reason, now=now))


def _object(report: Report, message: Message | None, source: str, now: datetime, *, is_trusted: bool) -> bool:
    """A complaint is an objection to marketing by email."""
    person = message.person if message is not None else _person_of_link(report)
    words = f"complaint by way of {source}"[:120]
    if person is not None:
        if (
            person.pk
            in suppressed_person_ids(
                person_ids=[person.pk], channel=Channel.EMAIL, purpose="campaign"
            ).definite
        ):
            return False
        object_to_contact(person=person, channel=Channel.EMAIL, source=words, now=now)
        return True
    address = message.address if message is not None else (report.recipient if is_trusted else "")
    if not address:
        return False
    key = email_key(secret=settings.HUSTINGS_SUPPRESSION_KEY, canonical=canonical_address(address=address))
    object_to_contact(keys=[key], channel=Channel.EMAIL, source=words, now=now)
    return True


def _person_of_link(report: Report) -> Person | None:
    for link in report.unsubscribe_links:
        if found := _UNSUBSCRIBE.search(link):
            try:
                choice = read_unsubscribe_token(token=found[1])
            except NotALink:
                continue
            return Person.objects.filter(pk=choice.person_id).first()
    return None


def _source_id(report: Report) -> str:
    key = f"{report.kind}/{report.key}"
    return key if len(key) <= 160 else hashlib.sha256(key.encode()).hexdigest()
