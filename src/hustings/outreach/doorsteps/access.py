"""Canvasses and rounds for somebody with a right in some places, and a volunteer's own rounds."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.outreach.doorsteps.models import Canvass, CanvassState, Door, Round
from hustings.volunteers.models import Volunteer


def canvasses_for(*, scope: Scope) -> QuerySet[Canvass]:
    """The canvasses of the places in scope."""
    return scope.filter(Canvass.objects.select_related("area", "audience", "election", "clearance"), "area")


def canvass_for(*, scope: Scope, pk: int) -> Canvass:
    """One canvass in scope; `Http404` for any other, so that nobody learns that it exists."""
    found = canvasses_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such canvass among those you look after.")
    return found


def rounds_for(*, scope: Scope) -> QuerySet[Round]:
    """The rounds of the canvasses in scope."""
    rows = Round.objects.select_related(
        "canvass", "canvass__area", "canvass__election", "volunteer__person", "partner__person"
    )
    return scope.filter(rows, "canvass__area")


def round_for(*, scope: Scope, pk: int) -> Round:
    """One round in scope, or `Http404`."""
    found = rounds_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such round among those you look after.")
    return found


def rounds_of(*, volunteer: Volunteer) -> QuerySet[Round]:
    """The rounds a volunteer walks now, alone or in a pair: of canvasses that are open, and not returned yet."""
    return Round.objects.select_related("canvass", "canvass__area", "canvass__election").filter(
        Q(volunteer=volunteer) | Q(partner=volunteer), canvass__state=CanvassState.OPEN, returned_at=None
    )


def round_of(*, volunteer: Volunteer, pk: int) -> Round:
    """One of a volunteer's own rounds, or `Http404`."""
    found = rounds_of(volunteer=volunteer).filter(pk=pk).first()
    if found is None:
        raise Http404("This round is not yours, or is over.")
    return found


def door_to_answer_for(
    *, volunteer: Volunteer, round: int, door: int, was_given: bool = False
) -> Door | None:
    """A door of which a volunteer may still tell what came of it, where their phone kept that for a while; None for any other.

    Their own round counts after it has come back, and after the canvass was closed: what is taken then, `record_door` decides.
    A round that was taken back from them counts where `was_given` says that it was theirs: for an objection alone.
    """
    doors = Door.objects.select_related(
        "round__canvass", "round__canvass__area", "round__canvass__election"
    ).filter(pk=door, round=round)
    if not was_given:
        doors = doors.filter(Q(round__volunteer=volunteer) | Q(round__partner=volunteer))
    return doors.first()


def require_rounds(*, user: User, area_code: str, now: datetime) -> None:
    """Raise `NotAllowed` where the user may not send people to the doors of a place, or may not read its register."""
    for right in (Right.SEND, Right.SEE_REGISTER):
        if not scope_of(user=user, right=right, on=uk_date(now)).covers(code=area_code):
            raise NotAllowed("You may not visit the people of this place. Ask whoever looks after it.")
