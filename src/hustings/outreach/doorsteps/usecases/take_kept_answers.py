"""Take in what a volunteer's phone kept while the line was down, each answer once and for itself."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.conversations.rules.agreements import NOTHING_AGREED
from hustings.outreach.conversations.rules.answers import Wish
from hustings.outreach.doorsteps.models import Door, DoorOutcome, KeptAnswer
from hustings.outreach.doorsteps.rules.keeping import SAME_VISIT, Doubt, TapMoment, tap_moment
from hustings.outreach.doorsteps.usecases.record_door import record_door
from hustings.volunteers.models import Volunteer

_DOUBTS = {
    Doubt.FUTURE: gettext_noop(
        "The phone's clock said a moment that has not come yet. It was recorded as of now."
    ),
    Doubt.EARLY: gettext_noop(
        "The phone's clock said a moment before the canvass was opened. It was recorded as of the opening."
    ),
}


class NotTaken(Refusal):
    """This answer is not taken; nothing of it was stored."""


class DoubtfulMoment(Refusal):
    """The answer was stored, as of another moment than the phone told."""


class ObjectionAlone(Refusal):
    """Somebody asked not to be contacted, which was stored, and is said to have agreed to something, which was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """One answer as the phone kept it: `told` is what `record_door` takes, `turn` the door's attempts as the phone knew them.

    `is_cut` where what they are said to have agreed to could not be read, beside an objection that could.
    """

    key: uuid.UUID
    door: Door
    turn: int
    tapped_at: datetime
    told: Mapping[str, Any]
    is_cut: bool = False

    @property
    def is_objection(self) -> bool:
        """Whether somebody asked not to be contacted again."""
        wish = Wish(self.told.get("wish", Wish.NOTHING))
        return wish is not Wish.NOTHING or DoorOutcome(self.told["outcome"]) is DoorOutcome.OBJECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one answer: `refused` says why nothing was stored, `not_kept` what is missing of what was."""

    key: uuid.UUID
    door: Door
    refused: Refusal | None = None
    not_kept: tuple[Refusal, ...] = ()


def take_kept_answers(
    *, volunteer: Volunteer, lines: Sequence[KeptLine], sent_at: datetime, now: datetime
) -> list[Taken]:
    """Record answers in their order, each in a transaction of its own, so that one that is refused undoes no other.

    `sent_at` is the phone's clock as it sent them. An answer whose key was taken before counts once. Whoever tells of a door in
    a round that is not theirs any more is refused, unless somebody objected there. An objection waits for nothing: what does not
    go together with it is left out.
    """
    taken = []
    for line in lines:
        try:
            taken.append(_take_or_objection(volunteer, line, sent_at, now))
        except Refusal as problem:
            taken.append(Taken(key=line.key, door=line.door, refused=problem))
    return taken


def _take_or_objection(volunteer: Volunteer, line: KeptLine, sent_at: datetime, now: datetime) -> Taken:
    try:
        return _take(volunteer, line, sent_at, now)
    except Refusal:
        if not line.is_objection or line.told.get("agreed", NOTHING_AGREED).is_empty:
            raise
        # On a page they would be asked which of the two they meant; nobody stands at the door any more.
        alone = replace(line, told={**line.told, "agreed": NOTHING_AGREED}, is_cut=True)
        return _take(volunteer, alone, sent_at, now)


@transaction.atomic
def _take(volunteer: Volunteer, line: KeptLine, sent_at: datetime, now: datetime) -> Taken:
    door = Door.objects.select_for_update(of=("self",)).select_related("round__canvass").get(pk=line.door.pk)
    if KeptAnswer.objects.filter(key=line.key).exists():
        return Taken(key=line.key, door=door)
    if volunteer.pk not in (door.round.volunteer_id, door.round.partner_id) and not line.is_objection:
        raise NotTaken(
            "not_yours",
            gettext_noop(
                "This round is not yours any more. Tell whoever gave it to you what came of line {line}."
            ),
            line=door.line,
        )
    moment = tap_moment(
        tapped_at=line.tapped_at, sent_at=sent_at, now=now, opened_at=door.round.canvass.opened_at
    )
    recorded = record_door(
        door=door,
        turn=_turn(line, door, moment),
        at=moment.at,
        now=now,
        taken_by=str(volunteer),
        by=volunteer.user,
        **line.told,
    )
    KeptAnswer.objects.create(key=line.key, door=door, tapped_at=moment.at, doubt=moment.doubt, taken_at=now)
    told: list[Refusal] = [DoubtfulMoment(moment.doubt, _DOUBTS[moment.doubt])] if moment.doubt else []
    if line.is_cut:
        told.append(_objection_alone())
    return Taken(key=line.key, door=recorded.door, not_kept=(*told, *recorded.not_kept))


def _objection_alone() -> ObjectionAlone:
    return ObjectionAlone(
        "objection_alone",
        gettext_noop(
            "They asked not to be contacted, and that was recorded. What they are said to have agreed to was not: the two do not "
            "go together, or it could not be read."
        ),
    )


def _turn(line: KeptLine, door: Door, moment: TapMoment) -> int:
    """The attempt that the answer is.

    Its key says that it is new, so it counts even where somebody else was at the door since the phone last heard of it: nothing
    that was said is dropped. Only “no answer” from two phones about one visit, which a pair makes together, counts once.
    """
    is_same_visit = (
        line.turn < door.attempts
        and line.told["outcome"] == door.outcome == DoorOutcome.NO_ANSWER
        and line.told.get("is_leaflet_left", False) <= door.is_leaflet_left
        and door.at is not None
        and abs(moment.at - door.at) <= SAME_VISIT
    )
    return line.turn if is_same_visit else door.attempts
