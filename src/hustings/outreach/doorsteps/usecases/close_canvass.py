"""Close a canvass: nothing is walked any more, and whoever waits for it is told."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.doorsteps.access import require_rounds
from hustings.outreach.doorsteps.models import Canvass, CanvassState
from hustings.outreach.events import CanvassClosed
from hustings.platform import audit
from hustings.platform.events import announce


class CannotClose(Refusal):
    """The canvass is not open."""


@transaction.atomic
def close_canvass(*, canvass: Canvass, by: User, now: datetime) -> Canvass:
    """Close an open canvass and announce it, once. Raises `CannotClose`, `NotAllowed`."""
    require_rounds(user=by, area_code=canvass.area_id, now=now)
    held = Canvass.objects.select_for_update(of=("self",)).get(pk=canvass.pk)
    if held.state != CanvassState.OPEN:
        raise CannotClose("state", gettext_noop("Only an open canvass can be closed."))
    held.state, held.closed_at = CanvassState.CLOSED, now
    held.save(update_fields=["state", "closed_at"])
    audit.record(
        now=now,
        actor=by,
        verb="closed",
        subject_type="outreach.Canvass",
        subject_id=held.pk,
        area_code=held.area_id,
    )
    announce(CanvassClosed(at=now, canvass_id=held.pk))
    return held
