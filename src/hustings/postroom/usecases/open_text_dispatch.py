"""Opening a bulk sending by text message: a row for each person whom a Clearance cleared, and the job that sends them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from hustings.basics.phone import NotAPhoneNumber, parse_phone
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import Clearance
from hustings.clearance.rules.gate import Reason
from hustings.clearance.usecases.cleared_recipients import Recipient
from hustings.people.models import Channel
from hustings.postroom.delivery.bulk_texts import filled_text, text_of
from hustings.postroom.jobs import wake_dispatch
from hustings.postroom.models import Dispatch, Message, MessageState
from hustings.postroom.queries import may_send_texts
from hustings.postroom.rules.template_language import Template
from hustings.postroom.rules.text_parts import size_of
from hustings.postroom.usecases.open_dispatch import StopsBeforeItBegins, everybody_cleared, in_batches

_BATCH = 1_000


class NotByText(ValueError):
    """A Clearance for another channel was given."""

    def __init__(self, *, channel: str) -> None:
        super().__init__(
            f"This clearance is for “{channel}”. Ask clearance about text messages to send them."
        )


class TextsNotReady(Refusal):
    """Text messages to many cannot go out: no provider, or nobody would hear STOP (PECR regulation 23)."""


def check_texts_ready() -> None:
    """Raises TextsNotReady where no provider is set up, or an answer would reach nobody."""
    if not may_send_texts():
        raise TextsNotReady(
            "no_provider", gettext_noop("Text messages are not set up: no provider is named in the settings.")
        )
    if not settings.HUSTINGS_TEXT_SECRET or not _is_number(settings.HUSTINGS_TEXT_FROM):
        raise TextsNotReady(
            "no_way_out",
            gettext_noop(
                "STOP would not be heard: set a number that can be answered (HUSTINGS_TEXT_FROM), and the secret with which the "
                "provider signs what comes back (HUSTINGS_TEXT_SECRET)."
            ),
        )


def open_text_dispatch(
    *,
    clearance: Clearance,
    label: str,
    text: str,
    now: datetime,
    per_minute: int | None = None,
    stops_at: datetime | None = None,
    fields_by_person: Mapping[int, Mapping[str, Any]] | None = None,
    language: str = "en-gb",
) -> Dispatch:
    """Queue one text to everybody whom the Clearance cleared, in the caller's transaction, and start sending at its commit.

    `text` is in the language of `rules/template_language.py`; each row holds its own number of parts. Raises NotByText,
    TextsNotReady, StopsBeforeItBegins and FieldMissing.
    """
    if clearance.channel != Channel.SMS:
        raise NotByText(channel=clearance.channel)
    check_texts_ready()
    if stops_at is not None and stops_at <= now:
        raise StopsBeforeItBegins(stops_at=stops_at)
    dispatch = Dispatch(
        clearance=clearance, label=label, subject="", text_body=text, html_body="",
        from_address=settings.HUSTINGS_MAIL_FROM, per_minute=per_minute, stops_at=stops_at, language=language, made_at=now,
    )  # fmt: skip
    template = text_of(dispatch=dispatch)
    with transaction.atomic():
        dispatch.save(force_insert=True)
        for batch in in_batches(everybody_cleared(clearance)):
            rows = _messages(dispatch, clearance, template, batch, fields_by_person or {}, now)
            Message.objects.bulk_create(rows, batch_size=_BATCH)
        wake_dispatch(dispatch_id=dispatch.pk)
    return dispatch


def _messages(
    dispatch: Dispatch,
    clearance: Clearance,
    template: Template,
    recipients: Sequence[Recipient],
    fields_by_person: Mapping[int, Mapping[str, Any]],
    now: datetime,
) -> list[Message]:
    messages = []
    for recipient in recipients:
        fields = dict(fields_by_person.get(recipient.person_id, {}))
        reason = ""
        try:
            number = parse_phone(recipient.address).e164
        except NotAPhoneNumber as fault:
            number, reason = recipient.address, str(fault) if recipient.address else str(Reason.NO_ADDRESS)
        messages.append(
            Message(
                dispatch=dispatch, channel=Channel.SMS, purpose=clearance.purpose, language=dispatch.language,
                person_id=recipient.person_id, address=number, domain="", fields=fields,
                parts=size_of(text=filled_text(template=template, fields=fields)).parts, queued_at=now,
                state=MessageState.WITHDRAWN if reason else MessageState.QUEUED, reason=reason[:200],
                ended_at=now if reason else None,
            )
        )  # fmt: skip
    return messages


def _is_number(sender: str) -> bool:
    try:
        parse_phone(sender)
    except NotAPhoneNumber:
        return False
    return True
