"""A volunteer cannot come after all: the shift is open again, and the call-out looks at it at once."""

from datetime import datetime

from django.db import transaction

from hustings.support.models import CoverClaim, CoverPeriod


def give_back_shift(*, claim: CoverClaim, now: datetime) -> bool:
    """End a claim; returns whether it stood. A shift that is over stays as it was."""
    with transaction.atomic():
        CoverPeriod.objects.select_for_update().get(pk=claim.shift.period_id)
        if claim.shift.ends_at <= now:
            return False
        ended = CoverClaim.objects.filter(pk=claim.pk, ended_at=None).update(
            ended_at=now, end_reason="taken_back"
        )
        if ended:
            CoverPeriod.objects.filter(pk=claim.shift.period_id, next_at=None).update(next_at=now)
    return bool(ended)
