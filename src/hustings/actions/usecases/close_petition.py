"""Close a petition, and say what came of it."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.actions.events import PetitionClosed
from hustings.actions.models import Petition, PetitionState
from hustings.platform.audit import record
from hustings.platform.events import announce


class NeverOpened(ValueError):
    """A draft cannot be closed."""


def close_petition(*, petition: Petition, by: User, now: datetime) -> Petition:
    """Close the petition now; signatures made before may still be confirmed for a week. Raises `NeverOpened`."""
    with transaction.atomic():
        held = Petition.objects.select_for_update().get(pk=petition.pk)
        if held.state == PetitionState.DRAFT:
            raise NeverOpened("This petition is a draft; there is nothing to close.")
        if held.state == PetitionState.CLOSED:
            return held
        held.state = PetitionState.CLOSED
        if held.closes_at is None or held.closes_at > now:
            held.closes_at = now
        if held.opens_at is not None and held.opens_at >= held.closes_at:
            held.opens_at = None
        held.save(update_fields=["state", "closes_at", "opens_at"])
        record(
            now=now,
            actor=by,
            verb="closed",
            subject_type="petition",
            subject_id=held.pk,
            area_code=held.area_id or "",
            confirmed=held.confirmed,
        )
        announce(PetitionClosed(at=now, petition_id=held.pk))
    return held


def state_outcome(*, petition: Petition, outcome: str, by: User, now: datetime) -> Petition:
    """Say on the public page what came of the petition; an empty text takes it down."""
    with transaction.atomic():
        petition.outcome = outcome.strip()
        petition.outcome_at = now if petition.outcome else None
        petition.save(update_fields=["outcome", "outcome_at"])
        record(
            now=now,
            actor=by,
            verb="stated the outcome of",
            subject_type="petition",
            subject_id=petition.pk,
            area_code=petition.area_id or "",
        )
    return petition
