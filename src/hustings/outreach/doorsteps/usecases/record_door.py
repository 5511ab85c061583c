"""Record what came of one door, by phone at the door or from a sheet, once however often it is sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.conversations.rules.agreements import SIGNS, Agreed
from hustings.outreach.conversations.rules.answers import Answer, Wish
from hustings.outreach.conversations.usecases.record_conversation import record_conversation
from hustings.outreach.doorsteps.models import CanvassState, Door, DoorOutcome
from hustings.people.models import Channel, Person
from hustings.register.models import STANDING, Elector, Match


class DoorNotRecorded(Refusal):
    """What was said of a door cannot be recorded; nothing was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The door as it stands; `is_new` is false where the same form had arrived before. `not_kept` says what was left out."""

    door: Door
    is_new: bool
    not_kept: tuple[Refusal, ...] = ()


@transaction.atomic
def record_door(
    *,
    door: Door,
    outcome: str,
    turn: int,
    at: datetime,
    now: datetime,
    answer: Answer | None = None,
    wish: Wish | str = Wish.NOTHING,
    agreed: Agreed | None = None,
    taken_by: str = "",
    is_on_paper: bool = False,
    is_leaflet_left: bool = False,
    by: User | None = None,
) -> Recorded:
    """Store a visit `at` a moment as a contact with the person matched to the elector, or else with the elector.

    `turn` is the door's `attempts` as the form saw them: a form that arrives twice counts once. A door at which nobody
    answered may be tried again; any other outcome settles it, but an objection is taken whenever it comes, after the canvass
    is closed too. `taken_by` names who stood at the door, where that is not the login `by` or there is none; `is_on_paper` says
    that it was keyed from a sheet. Raises `DoorNotRecorded` and what `record_conversation` raises.
    """
    held = (
        Door.objects.select_for_update(of=("self",))
        .select_related("round__canvass", "elector", "person")
        .get(pk=door.pk)
    )
    is_objection = outcome == DoorOutcome.OBJECTED or Wish(wish) is not Wish.NOTHING
    if outcome not in DoorOutcome.values:
        raise DoorNotRecorded("outcome", gettext_noop("Say what came of the door."))
    if turn < held.attempts and not (is_objection and held.outcome != DoorOutcome.OBJECTED):
        return Recorded(door=held, is_new=False)
    if held.round.canvass.state != CanvassState.OPEN and not is_objection:
        raise DoorNotRecorded("closed", gettext_noop("This canvass is closed; nothing is added to it."))
    if held.outcome not in ("", DoorOutcome.NO_ANSWER) and not is_objection:
        raise DoorNotRecorded("settled", gettext_noop("What came of this door was recorded before."))
    person, elector = _subject(held)
    told = record_conversation(
        channel=Channel.DOOR,
        purpose=held.round.canvass.purpose,
        label=held.round.canvass.label,
        outcome=outcome,
        person=person,
        elector=elector,
        answer=answer,
        wish=wish,
        agreed=agreed,
        evidence={
            "canvass": held.round.canvass_id,
            "round": held.round.code,
            "line": held.line,
            "taken by": taken_by or str(by or ""),
            **({"from paper": True, "keyed by": str(by or "")} if is_on_paper else {}),
        },
        by=by,
        at=at,
        now=now,
    )
    held.outcome = DoorOutcome.OBJECTED if is_objection else DoorOutcome(outcome)
    held.is_leaflet_left = held.is_leaflet_left or is_leaflet_left
    held.agreed = "".join(sign for sign in SIGNS if sign in held.agreed + told.agreed)
    held.attempts += 1
    held.at, held.contact = at, told.contact
    held.save(update_fields=["outcome", "is_leaflet_left", "agreed", "attempts", "at", "contact"])
    return Recorded(door=held, is_new=True, not_kept=told.not_kept)


def _subject(door: Door) -> tuple[Person | None, Elector | None]:
    """Whom the contact is with. An elector joined to exactly one person is that person, whose consents and place count."""
    if door.person is not None:
        return door.person, None
    joined = Match.objects.filter(
        elector=door.elector_id, state__in=STANDING, person__erased_at=None, person__merged_into=None
    ).select_related("person")
    people = [match.person for match in joined[:2]]
    return (people[0], None) if len(people) == 1 else (None, door.elector)
