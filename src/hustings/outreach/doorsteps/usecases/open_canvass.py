"""Open a canvass: ask the gate about everybody it would visit, and cut the doors it cleared into rounds."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import Clearance
from hustings.clearance.rules.answering import ClearanceSummary
from hustings.clearance.usecases.clear_audience import clear_audience
from hustings.clearance.usecases.clear_electors import clear_electors
from hustings.clearance.usecases.cleared_electors import cleared_electors
from hustings.clearance.usecases.cleared_recipients import cleared_recipients
from hustings.outreach.audiences.models import Audience
from hustings.outreach.doorsteps.access import require_rounds
from hustings.outreach.doorsteps.models import Canvass, CanvassState, Door, Round
from hustings.outreach.doorsteps.queries import (
    chosen_by_opinions,
    entries_of,
    people_of,
    whereabouts_of_people,
)
from hustings.outreach.doorsteps.rules.rounds import Address, plan_rounds
from hustings.people.models import Channel
from hustings.places.queries import locate_many
from hustings.platform import audit
from hustings.register.access import EntitlementExpired, Entries, RegisterNotHeld

#: Letters and figures that nobody mistakes for one another on a wet sheet.
_SIGNS = "ACDEFHJKLMNPRTUVWXY34679"
_CODE_LENGTH = 5
_BATCH = 2_000

#: Who lives behind each address: electors, or people, by their ids.
_Behind = dict[Address, list[int]]


class CannotOpen(Refusal):
    """The canvass cannot be opened now; the sentence says why."""


def ask_gate(*, canvass: Canvass, by: User | None, now: datetime) -> ClearanceSummary:
    """What the gate would say about everybody the canvass would visit; nothing is stored. Raises `CannotOpen`."""
    if canvass.audience is None:
        return clear_electors(**_electors_asked(canvass, by, now), dry_run=True)
    return clear_audience(**_people_asked(canvass, canvass.audience, by, now), dry_run=True)


@transaction.atomic
def open_canvass(*, canvass: Canvass, by: User, now: datetime) -> Canvass:
    """Store the gate's answer, and a round of doors for those it cleared. Raises `CannotOpen`, `NotAllowed`.

    Electors who live at one address are lines of one door. Nothing of the register is copied: a line knows the elector.
    """
    require_rounds(user=by, area_code=canvass.area_id, now=now)
    held = (
        Canvass.objects.select_for_update(of=("self",)).select_related("area", "audience").get(pk=canvass.pk)
    )
    if held.state != CanvassState.DRAFT:
        raise CannotOpen("begun", gettext_noop("This canvass is open already, or is over."))
    if held.ends_on < uk_date(now):
        raise CannotOpen("past", gettext_noop("Its last day has passed. Choose other days first."))
    held.clearance = _cleared(held, by, now)
    behind = _doors(held, held.clearance, uk_date(now))
    if not behind:
        raise CannotOpen(
            "nobody", gettext_noop("There is nobody here whom you may visit. Look at the gate's reasons.")
        )
    _cut(held, behind)
    held.state, held.opened_at = CanvassState.OPEN, now
    held.save(update_fields=["clearance", "state", "opened_at"])
    audit.record(
        now=now,
        actor=by,
        verb="opened",
        subject_type="outreach.Canvass",
        subject_id=held.pk,
        area_code=held.area_id,
        cleared=held.clearance.cleared,
        refused=held.clearance.refused,
    )
    return held


def _cleared(canvass: Canvass, by: User, now: datetime) -> Clearance:
    if canvass.audience is None:
        return clear_electors(**_electors_asked(canvass, by, now), dry_run=False)
    return clear_audience(**_people_asked(canvass, canvass.audience, by, now), dry_run=False)


def _people_asked(canvass: Canvass, audience: Audience, by: User | None, now: datetime) -> dict[str, Any]:
    """What the gate is asked about the people of an audience."""
    return {
        **_asked(canvass, by, now),
        "people": people_of(canvass=canvass, audience=audience, now=now),
        "uses_opinions": chosen_by_opinions(canvass=canvass),
    }


def _electors_asked(canvass: Canvass, by: User | None, now: datetime) -> dict[str, Any]:
    """What the gate is asked about electors."""
    return {**_asked(canvass, by, now), "electors": _electors(canvass, now)}


def _asked(canvass: Canvass, by: User | None, now: datetime) -> dict[str, Any]:
    return {
        "channel": Channel.DOOR,
        "purpose": canvass.purpose,
        "copy": None,
        "now": now,
        "asked_by": by,
    }


def _doors(canvass: Canvass, clearance: Clearance, on: date) -> _Behind:
    """Who lives where, of those cleared; an elector listed at two addresses of the area is visited at the first."""
    behind: _Behind = {}
    if canvass.audience is not None:
        people = [recipient.person_id for recipient in cleared_recipients(clearance=clearance)]
        where = whereabouts_of_people(person_ids=people, area_code=canvass.area_id, on=on)
        for person in people:
            if person in where:
                at = where[person]
                behind.setdefault(Address(at.address, at.postcode), []).append(person)
        return behind
    entries = set(entries_of(canvass=canvass, on=on).values_list("pk", flat=True))
    seen = set()
    for elector in cleared_electors(clearance=clearance, on=on):
        if elector.entry_id in entries and elector.elector_id not in seen:
            seen.add(elector.elector_id)
            behind.setdefault(Address(elector.address, elector.postcode), []).append(elector.elector_id)
    return behind


def _points(addresses: Iterable[Address]) -> dict[str, tuple[float, float]]:
    postcodes = sorted({address.postcode for address in addresses} - {""})
    found = locate_many(postcodes=postcodes)
    lat, lon = found.degrees("lat").tolist(), found.degrees("lon").tolist()
    # Not a number is the only one that differs from itself: no coordinates are known.
    return {
        postcode: (lat[place], lon[place])
        for place, postcode in enumerate(postcodes)
        if lat[place] == lat[place] and lon[place] == lon[place]
    }


def _cut(canvass: Canvass, behind: _Behind) -> None:
    planned = plan_rounds(addresses=list(behind), points=_points(behind), size=canvass.doors_a_round)
    codes = _codes(len(planned))
    rounds = Round.objects.bulk_create(
        [Round(canvass=canvass, number=number, code=code) for number, code in enumerate(codes, start=1)],
        batch_size=_BATCH,
    )
    subject = "elector_id" if canvass.audience is None else "person_id"
    doors = []
    for one, plan in zip(rounds, planned, strict=True):
        who = [pk for stop in plan.stops for pk in behind[stop.address]]
        doors += [Door(round=one, line=line, **{subject: pk}) for line, pk in enumerate(who, start=1)]
    Door.objects.bulk_create(doors, batch_size=_BATCH)


def _codes(number: int) -> list[str]:
    """So many codes that no round has."""
    found: set[str] = set()
    while len(found) < number:
        fresh = {"".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH)) for _ in range(number)}
        found |= fresh - set(Round.objects.filter(code__in=fresh).values_list("code", flat=True))
    return sorted(found)[:number]


def _electors(canvass: Canvass, now: datetime) -> Entries:
    try:
        return entries_of(canvass=canvass, on=uk_date(now))
    except (RegisterNotHeld, EntitlementExpired) as problem:
        raise CannotOpen("register", str(problem)) from problem
