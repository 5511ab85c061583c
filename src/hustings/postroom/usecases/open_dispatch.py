"""Opening a bulk sending: a row for each person whom a Clearance cleared, and the job that sends them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from hustings.clearance.models import Clearance, ClearanceVerdict
from hustings.clearance.rules.gate import Reason
from hustings.clearance.usecases.cleared_recipients import Recipient, cleared_recipients
from hustings.people.models import MARKETING_PURPOSES, Channel, Person
from hustings.postroom.delivery.writing import OWN_FIELDS, UNSUBSCRIBE, compile_dispatch
from hustings.postroom.jobs import wake_dispatch
from hustings.postroom.models import Dispatch, Message, MessageState
from hustings.postroom.queries import sending_domain_warnings
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.header_encoding import AddressNotSendable, wire_address
from hustings.postroom.rules.template_language import parse_template

_BATCH = 1_000


class NotByEmail(ValueError):
    """A Clearance for another channel was given."""

    def __init__(self, *, channel: str) -> None:
        super().__init__(f"This clearance is for “{channel}”. Ask clearance about email to send email.")


class NoWayOut(ValueError):
    """A marketing message without a visible link by which its reader can stop further ones (PECR regulation 23)."""

    def __init__(self) -> None:
        super().__init__(
            "The message has no visible way out. Put {{ unsubscribe_url }} as a link into the text and the HTML."
        )


class StopsBeforeItBegins(ValueError):
    """The time until which to send has passed already."""

    def __init__(self, *, stops_at: datetime) -> None:
        super().__init__(
            f"Sending is to stop at {stops_at:%d %B %Y, %H:%M}, which has passed. Choose a later time."
        )


def open_dispatch(
    *,
    clearance: Clearance,
    label: str,
    subject: str,
    text_body: str,
    html_body: str,
    from_name: str,
    from_address: str,
    now: datetime,
    reply_to: str = "",
    per_minute: int | None = None,
    stops_at: datetime | None = None,
    fields_by_person: Mapping[int, Mapping[str, Any]] | None = None,
    language: str = "en-gb",
) -> Dispatch:
    """Queue one message to everybody whom the Clearance cleared, in the caller's transaction, and start sending at its commit.

    Subject and bodies are in the language of `rules/template_language.py` (`markdown_template` makes them from Markdown).
    `fields_by_person` gives each person's fields; `unsubscribe_url` and `preferences_url` are provided. Somebody cleared whose
    address has become unusable since is withdrawn with the reason, so that every cleared person is accounted for.

    Raises NotByEmail, NoWayOut, StopsBeforeItBegins, FieldMissing, AddressNotSendable, and what `compile_message` raises.
    """
    if clearance.channel != Channel.EMAIL:
        raise NotByEmail(channel=clearance.channel)
    if stops_at is not None and stops_at <= now:
        raise StopsBeforeItBegins(stops_at=stops_at)
    dispatch = Dispatch(
        clearance=clearance,
        label=label,
        subject=subject,
        text_body=text_body,
        html_body=html_body,
        from_name=from_name,
        from_address=from_address,
        reply_to=reply_to,
        per_minute=per_minute,
        stops_at=stops_at,
        language=language,
        made_at=now,
        warnings=sending_domain_warnings(from_address=from_address, now=now),
    )
    needed = compile_dispatch(dispatch=dispatch).fields - OWN_FIELDS
    if clearance.purpose in MARKETING_PURPOSES:
        for body in (text_body, html_body):
            if UNSUBSCRIBE not in parse_template(source=body).fields:
                raise NoWayOut
    with transaction.atomic():
        dispatch.save(force_insert=True)
        for batch in in_batches(everybody_cleared(clearance)):
            rows = _messages(dispatch, clearance, batch, fields_by_person or {}, needed, now)
            Message.objects.bulk_create(rows, batch_size=_BATCH)
        wake_dispatch(dispatch_id=dispatch.pk)
    return dispatch


def everybody_cleared(clearance: Clearance) -> Iterator[Recipient]:
    """Whom the Clearance cleared; those without a working address any more come last, without one."""
    reachable = set()
    for recipient in cleared_recipients(clearance=clearance):
        reachable.add(recipient.person_id)
        yield recipient
    verdicts = ClearanceVerdict.objects.filter(clearance=clearance, reason="", person__isnull=False).order_by(
        "person_id"
    )
    for person_id in verdicts.values_list("person_id", flat=True):
        if person_id not in reachable:
            yield Recipient(person_id, "")


def in_batches(recipients: Iterable[Recipient]) -> Iterator[list[Recipient]]:
    """So many at a time as one insert takes."""
    rest = iter(recipients)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _messages(
    dispatch: Dispatch,
    clearance: Clearance,
    recipients: list[Recipient],
    fields_by_person: Mapping[int, Mapping[str, Any]],
    needed: Iterable[str],
    now: datetime,
) -> list[Message]:
    people = Person.objects.filter(pk__in=[recipient.person_id for recipient in recipients])
    names = {
        pk: f"{given} {family}".strip()
        for pk, given, family in people.values_list("pk", "given_name", "family_name")
    }
    messages = []
    for recipient in recipients:
        person_id, address, name = recipient.person_id, recipient.address, names[recipient.person_id]
        fields = {"to_name": name, **fields_by_person.get(person_id, {})}
        for field in needed:
            if field not in fields:
                raise FieldMissing(name=field)
        reason = domain = ""
        try:
            domain = wire_address(address=address).rpartition("@")[2].lower()
        except AddressNotSendable as fault:
            reason = str(fault) if address else str(Reason.NO_ADDRESS)
        messages.append(
            Message(
                dispatch=dispatch,
                channel=clearance.channel,
                purpose=clearance.purpose,
                language=dispatch.language,
                person_id=person_id,
                address=address,
                domain=domain,
                fields=fields,
                queued_at=now,
                state=MessageState.WITHDRAWN if reason else MessageState.QUEUED,
                reason=reason,
                ended_at=now if reason else None,
            )
        )
    return messages
