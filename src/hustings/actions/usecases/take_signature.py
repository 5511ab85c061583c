"""Take a signature from the public page: on disk, with the message that asks for its confirmation, before the answer.

Every form takes this way, so it is short: two inserts of many rows each and one look-up, in one transaction that all forms
of some milliseconds share (`platform.group_commit`). What takes longer (the person, consents, the register) waits for the
confirmation.

An address signs a petition once. A form with an address that is known already renews what is pending, or leads to a message
that says that it counts already; the page answers the same, so that nobody learns who has signed.
"""

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
from hustings.platform.bulk import insert_new
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
    """A signature and its message, ready to be stored: values by attribute name; what is not named is at its default."""

    signature: Mapping[str, Any]
    message: Mapping[str, Any]


def take_signature(*, form: FormFilledIn, now: datetime) -> None:
    """Store the signature, pending, with its confirmation request; returns when both are on disk.

    Raises `NotStored` (or what the database raised) where that cannot be promised.
    """
    token = secrets.token_urlsafe(32)
    message = _message(
        "petition_confirmation",
        email=form.email.address,
        given_name=form.given_name,
        family_name=form.family_name,
        token=token,
        title=form.petition.title,
        language=form.language,
        now=now,
    )
    signature = {
        "petition_id": form.petition.pk,
        "version_id": form.version_id,
        "given_name": form.given_name,
        "family_name": form.family_name,
        "email": form.email.address,
        "canonical_email": form.email.canonical,
        "postcode": form.postcode,
        "address_line": form.address_line,
        "phone": form.phone,
        "choices": {**form.choices, "language": form.language},
        "token": token,
        "mails": 1,
        "mailed_at": now,
        "signed_at": now,
        "confirmation_id": message["public_id"],
    }
    SIGNATURES.store(_Entry(signature=signature, message=message))


def confirmation_url(*, token: str) -> str:
    """The address at which a signature is confirmed, seen and withdrawn."""
    return f"{settings.HUSTINGS_ADDRESS}/petitions/confirm/{token}/"


def store_together(entries: Sequence[_Entry]) -> None:
    """Write many signatures with their messages in the open transaction.

    Safe to repeat with the same entries, so that a commit whose fate is not known may be tried again.
    """
    are_new = insert_new(model=Signature, rows=[entry.signature for entry in entries]) == len(entries)
    messages = [entry.message for entry in entries] if are_new else _messages_of(entries)
    if messages:
        insert_new(model=Message, rows=messages)
        wake_the_postman()


def _messages_of(entries: Sequence[_Entry]) -> list[Mapping[str, Any]]:
    """The messages to send where some addresses have signed before, or where these very entries were stored before."""
    tokens = [entry.signature["token"] for entry in entries]
    stored = set(Signature.objects.filter(token__in=tokens).values_list("token", flat=True))
    asked = (entry.message if entry.signature["token"] in stored else _take_again(entry) for entry in entries)
    return [message for message in asked if message is not None]


def _as_json(entry: _Entry) -> list[dict[str, Any]]:
    return [
        {name: _plain(value) for name, value in values.items()} for values in (entry.signature, entry.message)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _from_json(values: list[dict[str, Any]]) -> _Entry:
    signature, message = values
    for row, name in ((signature, "mailed_at"), (signature, "signed_at"), (message, "queued_at")):
        row[name] = datetime.fromisoformat(row[name])
    signature["confirmation_id"] = message["public_id"] = uuid.UUID(message["public_id"])
    return _Entry(signature=signature, message=message)


#: The queue of signatures on their way to the disk.
SIGNATURES: GroupCommit[_Entry] = GroupCommit(
    name="signatures", write=store_together, as_json=_as_json, from_json=_from_json
)


def _take_again(entry: _Entry) -> Mapping[str, Any] | None:
    """A form with an address that is known for this petition: renew what is pending; the message to send, if any may be."""
    form = entry.signature
    now = form["signed_at"]
    known = Signature.objects.select_for_update().get(
        petition_id=form["petition_id"], canonical_email=form["canonical_email"]
    )
    changed = []
    if known.state != SignatureState.CONFIRMED:
        for name in _RENEWED:
            setattr(known, name, form[name])
        known.state, known.withdrawn_at = SignatureState.PENDING, None
        changed += [*_RENEWED, "state", "withdrawn_at"]
    message = None
    if may_mail_again(mails=known.mails, mailed_at=known.mailed_at, now=now):
        known.mails, known.mailed_at = known.mails + 1, now
        changed += ["mails", "mailed_at"]
        is_counted = known.state == SignatureState.CONFIRMED
        message = _message(
            "petition_signed_before" if is_counted else "petition_confirmation",
            email=known.email,
            given_name=known.given_name,
            family_name=known.family_name,
            token=known.token,
            title=str(entry.message["fields"]["petition_title"]),
            language=str(known.choices.get("language", "en-gb")),
            now=now,
        )
        if not is_counted:
            known.confirmation_id = message["public_id"]
            changed.append("confirmation_id")
    if changed:
        known.save(update_fields=changed)
    return message


def _message(
    template: str,
    *,
    email: str,
    given_name: str,
    family_name: str,
    token: str,
    title: str,
    language: str,
    now: datetime,
) -> dict[str, Any]:
    """The message about a signature: what the postroom checked of its kind, with this signer's own values."""
    checked = _checked_message(template, language)
    return {
        "public_id": uuid.uuid4(),
        "channel": checked.channel,
        "purpose": checked.purpose,
        "template": checked.template,
        "language": checked.language,
        "address": email,
        "domain": wire_address(address=email).rpartition("@")[2].lower(),
        "fields": {
            "to_name": f"{given_name} {family_name}",
            "given_name": given_name,
            "petition_title": title,
            "signature_url": confirmation_url(token=token),
            "days": str(DAYS_TO_CONFIRM),
        },
        "queued_at": now,
    }


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
