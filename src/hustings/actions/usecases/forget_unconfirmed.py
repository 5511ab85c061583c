"""Erase signatures that were never confirmed."""

from datetime import datetime, timedelta

from django.db import transaction

from hustings.actions.models import Signature, SignatureState
from hustings.actions.rules.standing import DAYS_TO_CONFIRM
from hustings.postroom.models import Message, MessageState

_BATCH = 500


def forget_unconfirmed(*, now: datetime) -> int:
    """Erase pending signatures that nobody confirmed in 30 days, with the messages that asked for it.

    Somebody may have typed in an address that is not theirs, so nothing of it stays. A message that is just being sent is
    left to its end. Returns how many signatures were erased.
    """
    stale = Signature.objects.filter(
        state=SignatureState.PENDING, signed_at__lt=now - timedelta(days=DAYS_TO_CONFIRM)
    ).order_by("signed_at", "pk")
    erased = 0
    while batch := list(stale.values_list("pk", "confirmation_id")[:_BATCH]):
        with transaction.atomic():
            still = Signature.objects.filter(pk__in=[pk for pk, _ in batch], state=SignatureState.PENDING)
            erased += still.delete()[0]
            Message.objects.filter(public_id__in=[message for _, message in batch if message]).exclude(
                state=MessageState.CLAIMED
            ).delete()
    return erased
