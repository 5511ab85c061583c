"""Putting a single message into the outbox: a confirmation, a reminder, something a person asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hustings.basics.phone import parse_phone
from hustings.people.models import Channel, Person, Purpose
from hustings.postroom.delivery.bulk_texts import SAMPLE, single_text
from hustings.postroom.delivery.service_templates import service_template
from hustings.postroom.delivery.writing import compile_sample
from hustings.postroom.jobs import wake_the_postman, wake_the_texter
from hustings.postroom.models import Message
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.header_encoding import wire_address
from hustings.postroom.rules.text_parts import size_of

_SINGLE_PURPOSES = (Purpose.ACCOUNT, Purpose.SERVICE)


class MarketingNeedsADispatch(ValueError):
    """A single message was queued for a marketing purpose; those go only to whom a Clearance cleared."""

    def __init__(self, *, purpose: str) -> None:
        super().__init__(
            f"A message for the purpose “{purpose}” goes out in a mailing, through the gate. Open a dispatch for it."
        )


@dataclass(frozen=True, kw_only=True)
class MessageRequest:
    """One single message to be queued: what, to which address (by text message, which number), with which fields."""

    template: str
    address: str
    fields: Mapping[str, str | bool] = field(default_factory=dict)
    purpose: str = Purpose.SERVICE
    person_id: int | None = None
    language: str = "en-gb"
    not_before: datetime | None = None
    channel: str = Channel.EMAIL


def queue_message(
    *,
    template: str,
    address: str,
    fields: Mapping[str, str | bool],
    purpose: str,
    now: datetime,
    person: Person | None = None,
    language: str = "en-gb",
    not_before: datetime | None = None,
    channel: str = Channel.EMAIL,
) -> Message:
    """Queue one message in the caller's transaction; it goes out when that commits, if clearance then lets it.

    `template` is `<app>/<name>` (see delivery/service_templates.py), `fields` all that it uses; `to_name` is the reader's
    name for the address line. With `channel` SMS
    it is a text message: `address` is a telephone number and the template lies in `templates/<app>/text`. Raises
    ServiceTemplateUnknown, FieldMissing, AddressNotSendable, NotAPhoneNumber or MarketingNeedsADispatch.
    """
    request = MessageRequest(
        template=template, address=address, fields=fields, purpose=purpose, person_id=person.pk if person else None,
        language=language, not_before=not_before, channel=channel,
    )  # fmt: skip
    (message,) = queue_messages(requests=[request], now=now)
    return message


def queue_messages(*, requests: Sequence[MessageRequest], now: datetime) -> list[Message]:
    """Queue many single messages with one insert; as queue_message for each."""
    messages = [message_for(request=request, now=now) for request in requests]
    Message.objects.bulk_create(messages, batch_size=500)
    channels = {message.channel for message in messages}
    if Channel.EMAIL in channels:
        wake_the_postman()
    if Channel.SMS in channels:
        wake_the_texter()
    return messages


def message_for(*, request: MessageRequest, now: datetime) -> Message:
    """The checked row for one request, not yet stored, for callers that store rows of several kinds in one commit.

    They must call `wake_the_postman` (for a text message `wake_the_texter`) in the same transaction.
    """
    if request.purpose not in _SINGLE_PURPOSES:
        raise MarketingNeedsADispatch(purpose=request.purpose)
    if request.channel == Channel.SMS:
        return _text_for(request=request, now=now)
    compiled = (
        compile_sample(fields=request.fields)
        if request.template == SAMPLE
        else service_template(name=request.template, language=request.language)
    )
    for name in compiled.fields:
        if name not in request.fields:
            raise FieldMissing(name=name)
    return Message(
        channel=Channel.EMAIL,
        purpose=request.purpose,
        template=request.template,
        language=request.language,
        person_id=request.person_id,
        address=request.address,
        domain=wire_address(address=request.address).rpartition("@")[2].lower(),
        fields=dict(request.fields),
        not_before=request.not_before,
        queued_at=now,
    )


def _text_for(*, request: MessageRequest, now: datetime) -> Message:
    text = single_text(template=request.template, language=request.language, fields=request.fields)
    return Message(
        channel=Channel.SMS,
        purpose=request.purpose,
        template=request.template,
        language=request.language,
        person_id=request.person_id,
        address=parse_phone(request.address).e164,
        domain="",
        fields=dict(request.fields),
        parts=size_of(text=text).parts,
        not_before=request.not_before,
        queued_at=now,
    )
