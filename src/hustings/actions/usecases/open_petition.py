"""Open a petition for signing, once everything that must be there is there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation, User
from hustings.actions.events import PetitionOpened
from hustings.actions.models import Petition, PetitionState
from hustings.platform import wiring
from hustings.platform.audit import record
from hustings.platform.events import announce


class NotReadyToOpen(Exception):
    """Something is missing; `reasons` are sentences that say what to do."""

    def __init__(self, *, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def reasons_not_to_open(*, petition: Petition, now: datetime) -> list[str]:
    """What is missing before the petition may be opened, as sentences; none where it may."""
    reasons = []
    version = petition.versions.order_by("-number").first()
    if version is None or not version.text.strip():
        reasons.append(_("Write what the petition asks for."))
    if not petition.asked_of.strip() or not petition.asked_by.strip():
        reasons.append(_("Say who asks, and whom they ask."))
    for promoter in (petition.promoter, petition.on_behalf_of):
        if promoter is not None and promoter.verified_at is None:
            reasons.append(
                _(
                    "The promoter %(name)s is not verified yet. Ask your election agent to verify the name and address."
                )
                % {"name": promoter.name}
            )
    if petition.promoter is None:
        reasons.append(_("Choose the promoter, whose name and address go into the imprint of the page."))
    if Organisation.objects.first() is None:
        reasons.append(_("Say which organisation this is, under Set-up."))
    if not wiring.privacy_notice_url():
        reasons.append(_("Publish the privacy notice on the website: the form must link to it."))
    if petition.closes_at is not None and petition.closes_at <= now:
        reasons.append(_("The closing day has passed. Choose a later one, or none."))
    return reasons


def open_petition(*, petition: Petition, by: User, now: datetime) -> Petition:
    """Open the petition now, or on its opening day where that lies ahead. Raises `NotReadyToOpen`."""
    with transaction.atomic():
        held = Petition.objects.select_for_update().get(pk=petition.pk)
        reasons = reasons_not_to_open(petition=held, now=now)
        if reasons:
            raise NotReadyToOpen(reasons=reasons)
        held.state = PetitionState.OPEN
        if held.opens_at is None:
            held.opens_at = now
        held.save(update_fields=["state", "opens_at"])
        _note(held, by, now, "opened")
        announce(PetitionOpened(at=now, petition_id=held.pk))
    return held


def _note(petition: Petition, by: User, now: datetime, verb: str) -> None:
    record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="petition",
        subject_id=petition.pk,
        area_code=petition.area_id or "",
    )
