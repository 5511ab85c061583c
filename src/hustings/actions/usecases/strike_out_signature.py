"""Strike out a signature that was keyed by mistake or turns out not to be real."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.actions.models import Signature, SignatureState
from hustings.actions.usecases.count_signature import uncount
from hustings.platform.audit import record


class ReasonMissing(ValueError):
    """A signature is struck out only for a reason that is kept."""


def strike_out_signature(*, signature: Signature, reason: str, by: User, now: datetime) -> Signature:
    """Let the signature count no more; the reason stays with it. Raises `ReasonMissing`.

    What its signer agreed to is a matter of its own: consents are withdrawn on the person's page.
    """
    if not reason.strip():
        raise ReasonMissing("Say why the signature is struck out.")
    with transaction.atomic():
        held = Signature.objects.select_for_update().get(pk=signature.pk)
        if held.state == SignatureState.CONFIRMED:
            uncount(signature=held)
        held.state, held.withdrawn_at = SignatureState.WITHDRAWN, now
        held.evidence = {**held.evidence, "struck_out": reason.strip()}
        held.save(update_fields=["state", "withdrawn_at", "evidence"])
        record(
            now=now,
            actor=by,
            verb="struck out",
            subject_type="signature",
            subject_id=held.pk,
            petition=held.petition_id,
        )
    return held
