"""Take a signature from the public page: on disk, with the message that asks for its confirmation, before the answer.

Every form takes this way, so it is short: two inserts of many rows each and one look-up, in one transaction that all forms
of some milliseconds share (`platform.group_commit`). What takes longer (the person, consents, the register) waits for the
confirmation.

An address signs a petition once. A form with an address that is known already renews what is pending, or leads to a message
that says that it counts already; the page answers the same, so that nobody learns who has signed.
"""

import copy
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.rules.repeats import may_mail_again
from hustings.actions.rules.standing import DAYS_TO_CONFIRM
from hustings.basics.email_address import EmailAddress
from hustings.people.models import Purpose
from hustings.platform.group_commit import GroupCommit
from hustings.postroom.jobs import wake_the_postman
from hustings.postroom.models import Message
from hustings.postroom.rules.header_encoding import wire_address
from hustings.postroom.usecases.queue_message import MessageRequest, message_for

#: What a renewed form replaces in a signature that is not confirmed.
_RENEWED = (
    *("version_id", "given_name", "family_name", "email", "postcode", "address_line", "phone"),
    *("choices", "signed_at"),
)


@dataclass(frozen=True, kw_only=True)
class FormFilledIn:
    """A checked form: `phone` is international or empty, `postcode` as on an envelope, `choices` as the model says."""

    petition: Petition
    version_id: int
    given_name: str
    family_name: str
    email: EmailAddress
    postcode: str
    address_line: str = ""
    phone: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en-gb"


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A signature and its message, both ready to be stored."""

    signature: Signature
    message: Message


def take_signature(*, form: FormFilledIn, now: datetime) -> None:
    """Store the signature, pending, with its confirmation request; returns when both are on disk.

    Raises `NotStored` (or what the database raised) where that cannot be promised.
    """
    signature = Signature(
        petition_id=form.petition.pk,
        version_id=form.version_id,
        given_name=form.given_name,
        family_name=form.family_name,
        email=form.email.address,
        canonical_email=form.email.canonical,
        postcode=form.postcode,
        address_line=form.address_line,
        phone=form.phone,
        choices={**form.choices, "language": form.language},
        token=secrets.token_urlsafe(32),
        mails=1,
        mailed_at=now,
        signed_at=now,
    )
    message = _message("petition_confirmation", signature=signature, title=form.petition.title, now=now)
    signature.confirmation_id = message.public_id
    SIGNATURES.store(_Entry(signature=signature, message=message))


def confirmation_url(*, token: str) -> str:
    """The address at which a signature is confirmed, seen and withdrawn."""
    return f"{settings.HUSTINGS_ADDRESS}/petitions/confirm/{token}/"


def store_together(entries: Sequence[_Entry]) -> None:
    """Write many signatures with their messages in the open transaction.

    Safe to repeat with the same entries, so that a commit whose fate is not known may be tried again.
    """
    Signature.objects.bulk_create([entry.signature for entry in entries], ignore_conflicts=True)
    tokens = [entry.signature.token for entry in entries]
    stored = set(Signature.objects.filter(token__in=tokens).values_list("token", flat=True))
    messages = []
    for entry in entries:
        if entry.signature.token in stored:
            messages.append(entry.message)
        elif again := _take_again(entry):
            messages.append(again)
    if messages:
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        wake_the_postman()


_SIGNATURE_COLUMNS = (
    *("petition_id", "version_id", "given_name", "family_name", "email", "canonical_email", "postcode"),
    *("address_line", "phone", "choices", "token", "mails", "mailed_at", "signed_at", "confirmation_id"),
)
_MESSAGE_COLUMNS = (
    *("public_id", "channel", "purpose", "template", "language", "address", "domain", "fields", "queued_at"),
)


def _as_json(entry: _Entry) -> list[list[Any]]:
    """The columns that are not at their defaults, as JSON knows them."""
    rows = ((entry.signature, _SIGNATURE_COLUMNS), (entry.message, _MESSAGE_COLUMNS))
    return [[_plain(getattr(row, name)) for name in names] for row, names in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _from_json(values: list[list[Any]]) -> _Entry:
    signature = dict(zip(_SIGNATURE_COLUMNS, values[0], strict=True))
    message = dict(zip(_MESSAGE_COLUMNS, values[1], strict=True))
    for row, name in ((signature, "mailed_at"), (signature, "signed_at"), (message, "queued_at")):
        row[name] = datetime.fromisoformat(row[name])
    signature["confirmation_id"] = message["public_id"] = uuid.UUID(message["public_id"])
    return _Entry(signature=Signature(**signature), message=Message(**message))


#: The queue of signatures on their way to the disk.
SIGNATURES: GroupCommit[_Entry] = GroupCommit(
    name="signatures", write=store_together, as_json=_as_json, from_json=_from_json
)


def _take_again(entry: _Entry) -> Message | None:
    """A form with an address that is known for this petition: renew what is pending; the message to send, if any may be."""
    now = entry.signature.signed_at
    known = Signature.objects.select_for_update().get(
        petition_id=entry.signature.petition_id, canonical_email=entry.signature.canonical_email
    )
    changed = []
    if known.state != SignatureState.CONFIRMED:
        for name in _RENEWED:
            setattr(known, name, getattr(entry.signature, name))
        known.state, known.withdrawn_at = SignatureState.PENDING, None
        changed += [*_RENEWED, "state", "withdrawn_at"]
    message = None
    if may_mail_again(mails=known.mails, mailed_at=known.mailed_at, now=now):
        known.mails, known.mailed_at = known.mails + 1, now
        changed += ["mails", "mailed_at"]
        is_counted = known.state == SignatureState.CONFIRMED
        message = _message(
            "petition_signed_before" if is_counted else "petition_confirmation",
            signature=known,
            title=str(entry.message.fields["petition_title"]),
            now=now,
        )
        if not is_counted:
            known.confirmation_id = message.public_id
            changed.append("confirmation_id")
    if changed:
        known.save(update_fields=changed)
    return message


def _message(template: str, *, signature: Signature, title: str, now: datetime) -> Message:
    """The message about a signature: a copy of one that the postroom checked, with this signer's own values."""
    message = copy.copy(_checked_message(template, str(signature.choices.get("language", "en-gb"))))
    message._state = copy.copy(message._state)
    message.public_id = uuid.uuid4()
    message.address = signature.email
    message.domain = wire_address(address=signature.email).rpartition("@")[2].lower()
    message.fields = {
        "to_name": f"{signature.given_name} {signature.family_name}",
        "given_name": signature.given_name,
        "petition_title": title,
        "signature_url": confirmation_url(token=signature.token),
        "days": str(DAYS_TO_CONFIRM),
    }
    message.queued_at = now
    return message


@lru_cache(maxsize=16)
def _checked_message(template: str, language: str) -> Message:
    """A message of this template in this language, checked by the postroom to have every field that the template uses."""
    return message_for(
        request=MessageRequest(
            template=f"actions/{template}",
            address="checked@hustings.invalid",
            fields=dict.fromkeys(("to_name", "given_name", "petition_title", "signature_url", "days"), ""),
            purpose=Purpose.SERVICE,
            language=language,
        ),
        now=datetime.min.replace(tzinfo=UTC),
    )
