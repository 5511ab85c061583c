"""What a phone sends of what it kept, read line by line: a faulty line is refused with a sentence and hinders no other."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import QueryDict

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.conversations.pages.fields import AGREEMENT
from hustings.outreach.doorsteps.access import door_to_answer_for
from hustings.outreach.doorsteps.models import Round
from hustings.outreach.doorsteps.pages.spoken import SpokenForm, read_tap
from hustings.outreach.doorsteps.usecases.take_kept_answers import KeptLine
from hustings.volunteers.models import Volunteer

#: At most so many lines come at once.
MOST_LINES = 200

_SALT = "hustings.doorsteps.kept"
_LARGEST = 2**63 - 1


class LineNotRead(Refusal):
    """This line cannot be understood, or is about a door that the volunteer may say nothing of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRead:
    """Lines in the order in which they came, each under its key: understood, or refused with a sentence."""

    sent_at: datetime
    lines: Mapping[str, KeptLine | Refusal]


def proof_of(*, volunteer: Volunteer, round: Round) -> str:
    """What the phone keeps to show later that this round was the volunteer's, should it be taken back meanwhile."""
    return signing.dumps([volunteer.pk, round.pk], salt=_SALT)


def read_batch(*, volunteer: Volunteer, sent: Any, now: datetime) -> BatchRead | None:
    """Read a batch, the decoded JSON; None where it is none at all."""
    lines = sent.get("lines") if isinstance(sent, dict) else None
    sent_at = read_moment(given=sent.get("sent_at")) if isinstance(sent, dict) else None
    if sent_at is None or not isinstance(lines, list) or len(lines) > MOST_LINES:
        return None
    read: dict[str, KeptLine | Refusal] = {}
    for line in lines:
        if not isinstance(line, dict) or not isinstance(line.get("key"), str):
            return None
        try:
            read[line["key"]] = _read_line(volunteer, line, now)
        except Refusal as problem:
            read[line["key"]] = problem
    return BatchRead(sent_at=sent_at, lines=read)


def read_moment(*, given: Any) -> datetime | None:
    """An aware moment of this century, or nothing."""
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None and 2000 < at.year < 2100 else None


def _read_line(volunteer: Volunteer, line: Mapping[str, Any], now: datetime) -> KeptLine:
    try:
        key = uuid.UUID(line["key"])
        fields = [(str(name), str(value)) for name, value in line.get("fields", ())]
    except (TypeError, ValueError) as problem:
        raise _not_understood() from problem
    tapped_at = read_moment(given=line.get("tapped_at"))
    if tapped_at is None:
        raise _not_understood()
    round, door, turn = (_number(line.get(name)) for name in ("round", "door", "turn"))
    was_given = _was_given(volunteer, round, str(line.get("proof", "")))
    asked = door_to_answer_for(volunteer=volunteer, round=round, door=door, was_given=was_given)
    if asked is None:
        raise LineNotRead(
            "not_yours",
            gettext_noop(
                "This round is not yours any more, or never was. Tell whoever organises your place what came of it."
            ),
        )
    told, is_cut = _told(asked.round, fields, now)
    return KeptLine(key=key, door=asked, turn=turn, tapped_at=tapped_at, told=told, is_cut=is_cut)


def _told(round: Round, fields: list[tuple[str, str]], now: datetime) -> tuple[dict[str, Any], bool]:
    """What a form said, read by the same form as on the page, with the words for consent as the copy had them.

    True besides where an objection was told, and what they agreed to cannot be read: the objection does not wait for it.
    """
    posted = QueryDict(mutable=True)
    for name, value in fields:
        posted.appendlist(name, value)
    if "tap" in posted:
        tap = read_tap(tap=str(posted["tap"]))
        if tap is None:
            raise _not_understood()
        return tap.told, False
    versions = [value.rpartition(".")[2] for name, value in fields if name == "agreed"]
    seen = [int(version) for version in versions if version.isdecimal() and len(version) < 19]
    form = SpokenForm(posted, canvass=round.canvass, now=now, seen=seen)
    is_cut = bool(posted.get("wish")) and bool(form.errors.keys() & AGREEMENT)
    if is_cut:
        for name in AGREEMENT:
            posted.pop(name, None)
        form = SpokenForm(posted, canvass=round.canvass, now=now, seen=seen)
    if not form.is_valid():
        faults = [
            f"{str(form.fields[name].label).rstrip('?')}: {fault}" if name in form.fields else str(fault)
            for name, found in form.errors.items()
            for fault in found
        ]
        raise LineNotRead("form", "{faults}", faults=" ".join(faults))
    return form.told(), is_cut


def _number(given: Any) -> int:
    if type(given) is not int or not 0 <= given <= _LARGEST:
        raise _not_understood()
    return given


def _was_given(volunteer: Volunteer, round: int, proof: str) -> bool:
    try:
        return bool(signing.loads(proof, salt=_SALT) == [volunteer.pk, round])
    except signing.BadSignature:
        return False


def _not_understood() -> LineNotRead:
    return LineNotRead(
        "format", gettext_noop("This was not understood. Copy it, and enter it on the door's own page.")
    )
