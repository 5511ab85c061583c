"""Confirm a signature by the link that was mailed to its address."""

from datetime import datetime

from django.db import transaction

from hustings.actions.models import Signature, SignatureState
from hustings.actions.rules.standing import confirms_until
from hustings.actions.usecases.count_signature import count_signature
from hustings.platform.group_commit import turn_to_write


class LinkLeadsNowhere(LookupError):
    """No signature has this link: it was mistyped, or the signature was never confirmed and has been erased."""


class ConfirmedTooLate(Exception):
    """The petition closed too long ago, or the message is too old, for the signature to count."""


class ChangedSinceShown(Exception):
    """A newer form with the same address came in after the page was shown; its choices must be seen first."""


def confirm_signature(*, token: str, shown_at: datetime | None, now: datetime) -> Signature:
    """Let the signature count, once, however often the link is pressed; returns it.

    `shown_at` is the moment of the form whose choices the person saw before pressing (`Signature.signed_at`). Raises
    `LinkLeadsNowhere`, `ConfirmedTooLate` or `ChangedSinceShown`.
    """
    with turn_to_write(), transaction.atomic():
        signature = locked_signature(token=token)
        if signature.state == SignatureState.CONFIRMED:
            return signature
        if signature.state == SignatureState.WITHDRAWN:
            raise LinkLeadsNowhere(token)
        if now >= confirms_until(signed_at=signature.signed_at, closes_at=signature.petition.closes_at):
            raise ConfirmedTooLate(token)
        if shown_at is not None and shown_at != signature.signed_at:
            raise ChangedSinceShown(token)
        evidence = {
            "confirmed": "by email",
            "at": now.isoformat(),
            "signed_at": signature.signed_at.isoformat(),
        }
        count_signature(signature=signature, now=now, evidence=evidence)
    return signature


def locked_signature(*, token: str) -> Signature:
    """The signature of a link, its row held until the transaction ends; raises `LinkLeadsNowhere`."""
    held = Signature.objects.select_for_update(of=("self",)).select_related("petition")
    try:
        return held.get(token=token)
    except Signature.DoesNotExist as problem:
        raise LinkLeadsNowhere(token) from problem
