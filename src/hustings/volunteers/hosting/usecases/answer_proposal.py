"""Say yes or no to a proposed stay; once both said yes, the address is shown to the traveller."""

from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.hosting.usecases.end_stay import end_stay
from hustings.volunteers.hosting.usecases.tell import tell_both
from hustings.volunteers.models import Stay, StayState, Volunteer


class ProposalClosed(Refusal):
    """The proposal was answered, taken back or matched anew meanwhile."""


@transaction.atomic
def accept_stay(*, stay: Stay, volunteer: Volunteer, now: datetime) -> Stay:
    """Say yes as host or traveller; raises `ProposalClosed`."""
    held = _proposed(stay)
    if volunteer.pk == held.offer.volunteer_id:
        held.host_agreed_at = held.host_agreed_at or now
    else:
        held.traveller_agreed_at = held.traveller_agreed_at or now
    if held.host_agreed_at and held.traveller_agreed_at:
        held.state = StayState.AGREED
    held.save(update_fields=["host_agreed_at", "traveller_agreed_at", "state"])
    if held.state == StayState.AGREED:
        tell_both(stay=held, template="stay_agreed", now=now)
    return held


@transaction.atomic
def decline_stay(*, stay: Stay, now: datetime) -> None:
    """Say no, without a reason; the traveller is matched with somebody else at once. Raises `ProposalClosed`."""
    end_stay(stay=_proposed(stay), now=now)


def _proposed(stay: Stay) -> Stay:
    held = (
        Stay.objects.select_for_update(of=("self",))
        .select_related("offer__volunteer__person", "request__volunteer__person")
        .get(pk=stay.pk)
    )
    if held.state != StayState.PROPOSED:
        raise ProposalClosed(
            "closed", gettext_noop("This proposal is closed. Your page shows how things stand now.")
        )
    return held
