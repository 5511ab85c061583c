"""Count a petition again from its signatures."""

from datetime import datetime

from django.db import transaction

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.usecases.renew_ward_table import renew_ward_table
from hustings.platform.audit import Actor, record


def recount(*, petition_id: int, actor: Actor | None, now: datetime) -> tuple[int, int]:
    """Count the confirmed signatures again and mend the kept figure; returns it as it was and as it is."""
    with transaction.atomic():
        petition = Petition.objects.select_for_update().get(pk=petition_id)
        before = petition.confirmed
        petition.confirmed = Signature.objects.filter(
            petition_id=petition_id, state=SignatureState.CONFIRMED
        ).count()
        if petition.confirmed != before:
            petition.save(update_fields=["confirmed"])
            record(
                now=now,
                actor=actor,
                verb="recounted",
                subject_type="petition",
                subject_id=petition_id,
                area_code=petition.area_id or "",
                before=before,
                after=petition.confirmed,
            )
        renew_ward_table(petition_id=petition_id)
    return before, petition.confirmed
