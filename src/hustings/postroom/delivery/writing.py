"""From claimed rows to letters: one compiled message, filled for each person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from hustings.people.models import Channel, Person
from hustings.people.queries import preference_link, unsubscribe_token
from hustings.postroom.delivery.bulk_texts import SAMPLE
from hustings.postroom.delivery.service_templates import ServiceTemplateUnknown, service_template
from hustings.postroom.models import Dispatch
from hustings.postroom.rules.body_encoding import UnsafeLink, one_line
from hustings.postroom.rules.compiled_message import (
    CompiledMessage,
    FieldMissing,
    MessageFrame,
    compile_message,
    kind_of,
)
from hustings.postroom.rules.header_encoding import AddressNotSendable, HeaderInjection, Mailbox, wire_address
from hustings.postroom.rules.template_language import parse_template
from hustings.postroom.smtp.letters import Letter
from hustings.postroom.usecases.claim_messages import ClaimedMessage

#: Fields that the postroom itself provides for every message of a dispatch.
UNSUBSCRIBE = "unsubscribe_url"
PREFERENCES = "preferences_url"
OWN_FIELDS = frozenset({UNSUBSCRIBE, PREFERENCES})

#: The names under which the fields of a sample, a single message that carries the whole of a bulk one, hold its parts.
SAMPLE_FIELDS = "sample_"
SAMPLE_PARTS = ("subject", "text", "html", "from_address", "from_name", "reply_to")

_CANNOT_BE_WRITTEN = (
    AddressNotSendable,
    FieldMissing,
    HeaderInjection,
    ServiceTemplateUnknown,
    UnsafeLink,
)


@dataclass(frozen=True, slots=True)
class Written:
    """What could be written, and for the rest, why not."""

    letters: list[Letter]
    faults: dict[int, str]


class Writer(Protocol):
    """Writes the letters of one load: a dispatch's, or single messages of any template."""

    def write(self, *, messages: Sequence[ClaimedMessage], now: datetime) -> Written:
        """The letters for these messages."""
        ...


def unsubscribe_link(*, person_id: int) -> str:
    """The one-click address (RFC 8058) that stops all marketing by email to this person."""
    token = unsubscribe_token(person_id=person_id, channel=Channel.EMAIL, purpose="")
    return f"{settings.HUSTINGS_ADDRESS}/unsubscribe/{token}/"


def compile_dispatch(*, dispatch: Dispatch) -> CompiledMessage:
    """The dispatch's message, compiled. Raises what `compile_message` raises."""
    return _compile_bulk(
        subject=dispatch.subject,
        text=dispatch.text_body,
        html=dispatch.html_body,
        from_address=dispatch.from_address,
        from_name=dispatch.from_name,
        reply_to=dispatch.reply_to,
    )


def compile_sample(*, fields: Mapping[str, Any]) -> CompiledMessage:
    """The message of a bulk mailing carried whole in a single message's fields: see `usecases/queue_sample.py`."""
    return _compile_bulk(**{name: str(fields[f"{SAMPLE_FIELDS}{name}"]) for name in SAMPLE_PARTS})


def _compile_bulk(
    *, subject: str, text: str, html: str, from_address: str, from_name: str, reply_to: str
) -> CompiledMessage:
    parsed = [parse_template(source=part) for part in (subject, text, html)]
    names = {name for template in parsed for name in (*template.fields, *template.conditions)} | OWN_FIELDS
    frame = MessageFrame(
        sender=Mailbox(from_address, from_name),
        reply_to=Mailbox(reply_to, from_name) if reply_to else None,
        headers={"Precedence": "bulk", "Auto-Submitted": "auto-generated"},
        unsubscribe_field=UNSUBSCRIBE,
    )
    return compile_message(
        subject=subject,
        text=text,
        html=html,
        kinds={name: kind_of(field_name=name) for name in names},
        frame=frame,
    )


class DispatchWriter:
    """Writes the messages of one dispatch."""

    def __init__(self, *, dispatch: Dispatch) -> None:
        self._compiled = compile_dispatch(dispatch=dispatch)
        self._host = dispatch.from_address.rpartition("@")[2]
        self._has_preferences = PREFERENCES in self._compiled.fields

    def write(self, *, messages: Sequence[ClaimedMessage], now: datetime) -> Written:
        """The letters for these messages."""
        date = format_datetime(now)
        preferences = (
            self._preferences([message.person_id for message in messages]) if self._has_preferences else {}
        )
        written = Written([], {})
        for message in messages:
            values = {
                **message.fields,
                UNSUBSCRIBE: unsubscribe_link(person_id=message.person_id or 0),
                PREFERENCES: preferences.get(message.person_id, ""),
            }
            _write_one(written, self._compiled, message, values, date=date, host=self._host)
        return written

    @staticmethod
    def _preferences(person_ids: Collection[int | None]) -> Mapping[int | None, str]:
        people = Person.objects.filter(pk__in=[pk for pk in person_ids if pk]).only("id", "public_id")
        return {person.pk: preference_link(person=person) for person in people}


class SingleWriter:
    """Writes single messages, each by its own template."""

    def write(self, *, messages: Sequence[ClaimedMessage], now: datetime) -> Written:
        """The letters for these messages."""
        date = format_datetime(now)
        host = str(settings.HUSTINGS_MAIL_FROM).rpartition("@")[2]
        written = Written([], {})
        for message in messages:
            try:
                compiled = (
                    compile_sample(fields=message.fields)
                    if message.template == SAMPLE
                    else service_template(name=message.template, language=message.language)
                )
            except ServiceTemplateUnknown as fault:
                written.faults[message.id] = str(fault)
                continue
            _write_one(written, compiled, message, message.fields, date=date, host=host)
        return written


def _write_one(
    written: Written,
    compiled: CompiledMessage,
    message: ClaimedMessage,
    values: Mapping[str, Any],
    *,
    date: str,
    host: str,
) -> None:
    try:
        address = wire_address(address=message.address)
        content = compiled.fill_wire(
            name=one_line(value=str(values.get("to_name") or "")),
            address=address,
            message_id=f"<{message.public_id.hex}@{host}>",
            date=date,
            values=values,
        )
        written.letters.append(Letter(message.id, settings.HUSTINGS_MAIL_FROM, address, content))
    except _CANNOT_BE_WRITTEN as fault:
        written.faults[message.id] = _("It could not be written: %(why)s") % {"why": fault}
