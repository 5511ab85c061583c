"""Write a canvass down, or change its draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.contacts.models import Issue
from hustings.elections.models import Election
from hustings.outreach.audiences.models import Audience
from hustings.outreach.doorsteps.access import require_rounds
from hustings.outreach.doorsteps.models import Canvass, CanvassState
from hustings.outreach.doorsteps.rules.rounds import USUAL_DOORS
from hustings.people.models import MARKETING_PURPOSES, Purpose
from hustings.places.models import Area

_PURPOSES = frozenset({*MARKETING_PURPOSES, Purpose.SERVICE})
_MOST_DOORS = 400


class CanvassNotRight(Refusal):
    """The plan of a canvass does not fit together; nothing was stored."""


@dataclass(frozen=True, kw_only=True)
class CanvassPlan:
    """Whom to visit, when, and what to ask; the fields of `Canvass`."""

    title: str
    area: Area
    starts_on: date
    ends_on: date
    return_by: date
    districts: Sequence[str] = ()
    audience: Audience | None = None
    election: Election | None = None
    purpose: str = Purpose.CAMPAIGN
    words: str = ""
    asks_vote: bool = True
    issues: Iterable[Issue] = ()
    hour_from: int = 10
    hour_until: int = 20
    doors_a_round: int = USUAL_DOORS


@transaction.atomic
def save_canvass(*, plan: CanvassPlan, by: User, now: datetime, canvass: Canvass | None = None) -> Canvass:
    """Store a new draft, or change one. Raises `CanvassNotRight`, and `NotAllowed` outside the user's places."""
    require_rounds(user=by, area_code=plan.area.pk, now=now)
    if canvass is not None:
        require_rounds(user=by, area_code=canvass.area_id, now=now)
        canvass = Canvass.objects.select_for_update(of=("self",)).get(pk=canvass.pk)
        if canvass.state != CanvassState.DRAFT:
            raise CanvassNotRight(
                "begun", gettext_noop("This canvass is open; what it asks cannot change any more.")
            )
    _check(plan)
    made = canvass or Canvass(made_at=now, made_by=by)
    for name in (
        "title",
        "area",
        "audience",
        "election",
        "purpose",
        "words",
        "asks_vote",
        "starts_on",
        "ends_on",
        "return_by",
        "hour_from",
        "hour_until",
        "doors_a_round",
    ):
        setattr(made, name, getattr(plan, name))
    made.districts = [] if plan.audience else sorted({name.strip().upper() for name in plan.districts} - {""})
    made.save()
    made.issues.set(plan.issues)
    return made


def _check(plan: CanvassPlan) -> None:
    if not plan.title.strip():
        raise CanvassNotRight("title", gettext_noop("Give the canvass a name."))
    if not plan.starts_on <= plan.ends_on <= plan.return_by:
        raise CanvassNotRight(
            "days", gettext_noop("The last day comes after the first, and sheets come back on it or later.")
        )
    if not 0 <= plan.hour_from < plan.hour_until <= 24:
        raise CanvassNotRight("hours", gettext_noop("Visits end after they begin, within one day."))
    if not 1 <= plan.doors_a_round <= _MOST_DOORS:
        raise CanvassNotRight("size", gettext_noop("A round has between 1 and 400 doors."))
    if plan.purpose not in _PURPOSES:
        raise CanvassNotRight("purpose", gettext_noop("Choose what the visits are for."))
