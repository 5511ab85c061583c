"""Take a signature back, by the link that was mailed to its address."""

from datetime import datetime

from django.db import transaction

from hustings.actions.models import Signature, SignatureState
from hustings.actions.usecases.confirm_signature import locked_signature
from hustings.actions.usecases.count_signature import uncount


def withdraw_signature(*, token: str, now: datetime) -> Signature:
    """Let the signature count no more. Its person and consents stay as they are: those have a page of their own.

    Raises `LinkLeadsNowhere`. Withdrawing twice changes nothing.
    """
    with transaction.atomic():
        signature = locked_signature(token=token)
        if signature.state == SignatureState.CONFIRMED:
            uncount(signature=signature)
        if signature.state != SignatureState.WITHDRAWN:
            signature.state, signature.withdrawn_at = SignatureState.WITHDRAWN, now
            signature.evidence = {**signature.evidence, "withdrawn": "by the person, through their own link"}
            signature.save(update_fields=["state", "withdrawn_at", "evidence"])
    return signature
