"""What a round shows: who may be visited now, where, and how far it is. Names and addresses are read anew each time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from hustings.accounts.access import EVERYTHING, Scope, with_areas_inside
from hustings.basics.clock import uk_date
from hustings.clearance.usecases.recheck import recheck
from hustings.clearance.usecases.recheck_electors import recheck_electors
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.queries.members import members_of
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.conversations.queries import AgreedCount, agreed_counts
from hustings.outreach.conversations.rules.agreements import SMALL
from hustings.outreach.doorsteps.models import Canvass, Door, DoorOutcome, Round
from hustings.outreach.doorsteps.rules.houses import read_house
from hustings.people.models import Channel, Person
from hustings.register.access import EntitlementExpired, Entries, RegisterNotHeld, entries_for
from hustings.register.queries import standing_elector_ids

_CHUNK = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """A name at an address, as the register or the person's own record has it today.

    `readable_until` is the day on which the right to read it in the register has ended; None where a person gave it.
    """

    name: str
    address: str
    postcode: str
    ward_id: str | None = None
    readable_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLine:
    """One line of a round: somebody who may be visited now, and what came of it so far."""

    pk: int
    line: int
    name: str
    street: str
    house: str
    postcode: str
    outcome: str
    is_leaflet_left: bool
    attempts: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here: anything but “no answer” settles it."""
        return self.outcome not in ("", DoorOutcome.NO_ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSight:
    """A round as it may be shown now. `left_out` lines are not shown: an objection, or no right to the register any more.

    `readable_until` is the first day on which something of it may not be read in the register any more.
    """

    lines: tuple[DoorLine, ...]
    left_out: int
    readable_until: date | None = None

    @property
    def streets(self) -> tuple[tuple[str, tuple[DoorLine, ...]], ...]:
        """The lines by street, in walking order."""
        found: dict[str, list[DoorLine]] = {}
        for line in self.lines:
            found.setdefault(line.street, []).append(line)
        return tuple((street, tuple(lines)) for street, lines in found.items())


def sight_of(*, round: Round, now: datetime) -> RoundSight:
    """Who of a round may be shown at this moment: the gate is asked again, and names are read under the right to them.

    After the day by which sheets are back or destroyed nobody is shown.
    """
    doors = list(round.doors.order_by("line"))
    if uk_date(now) > round.canvass.return_by:
        return RoundSight(lines=(), left_out=len(doors))
    refused = refused_doors(canvass=round.canvass, doors=doors, now=now)
    where = whereabouts_of(doors=doors, area_code=round.canvass.area_id, on=uk_date(now))
    lines = []
    ends = set()
    for door in doors:
        at = where.get(door.pk)
        # Somebody who objected at this very door stays away from every list, as does whoever did so elsewhere.
        if at is None or door.outcome == DoorOutcome.OBJECTED or door.pk in refused:
            continue
        house = read_house(address=at.address)
        if at.readable_until is not None:
            ends.add(at.readable_until)
        lines.append(
            DoorLine(
                pk=door.pk,
                line=door.line,
                name=at.name,
                street=house.street or at.postcode,
                house=house.label or at.address,
                postcode=at.postcode,
                outcome=door.outcome,
                is_leaflet_left=door.is_leaflet_left,
                attempts=door.attempts,
            )
        )
    return RoundSight(
        lines=tuple(lines), left_out=len(doors) - len(lines), readable_until=min(ends, default=None)
    )


def refused_doors(*, canvass: Canvass, doors: Collection[Door], now: datetime) -> dict[int, str]:
    """Those of these doors that may not be visited now, each with the gate's reason."""
    uses_opinions = chosen_by_opinions(canvass=canvass)
    electors = recheck_electors(
        elector_ids=[door.elector_id for door in doors if door.elector_id is not None],
        channel=Channel.DOOR,
        purpose=canvass.purpose,
        now=now,
        uses_opinions=uses_opinions,
    )
    people = recheck(
        person_ids=[door.person_id for door in doors if door.person_id is not None],
        channel=Channel.DOOR,
        purpose=canvass.purpose,
        now=now,
        uses_opinions=uses_opinions,
    )
    found = {}
    for door in doors:
        reason = (
            electors.get(door.elector_id) if door.elector_id is not None else people.get(door.person_id or 0)
        )
        if reason is not None:
            found[door.pk] = reason
    return found


def chosen_by_opinions(*, canvass: Canvass) -> bool:
    """Whether the people to visit were chosen by what they think."""
    return canvass.audience is not None and parse_tree(raw=canvass.audience.conditions).uses_opinions


def area_scope(*, area_code: str) -> Scope:
    """An area with everything inside it."""
    return Scope(is_everything=False, codes=with_areas_inside(codes=frozenset({area_code})))


def people_of(*, canvass: Canvass, audience: Audience, now: datetime) -> QuerySet[Person]:
    """The people of an audience who live in the canvass's area."""
    members = members_of(audience=audience, now=now)
    return area_scope(area_code=canvass.area_id).filter(members, "ward", "constituency")


def entries_of(*, canvass: Canvass, on: date) -> Entries:
    """The current register entries that a canvass of electors is about. Raises `RegisterNotHeld` or `EntitlementExpired`."""
    entries = entries_for(scope=area_scope(area_code=canvass.area_id), on=on)
    return entries.filter(district__in=canvass.districts) if canvass.districts else entries


def whereabouts_of(*, doors: Iterable[Door], area_code: str, on: date) -> dict[int, Whereabouts]:
    """Name and address of each door that may be read today, by the door's id."""
    by_elector: dict[int, list[int]] = {}
    by_person: dict[int, int] = {}
    for door in doors:
        if door.elector_id is not None:
            by_elector.setdefault(door.elector_id, []).append(door.pk)
        elif door.person_id is not None:
            by_person[door.person_id] = door.pk
    listed = listed_at(elector_ids=list(by_elector), area_code=area_code, on=on)
    found = {pk: listed[elector] for elector, pks in by_elector.items() if elector in listed for pk in pks}
    people = whereabouts_of_people(person_ids=list(by_person), area_code=area_code, on=on)
    found.update({by_person[person]: at for person, at in people.items()})
    return found


def whereabouts_of_people(*, person_ids: Collection[int], area_code: str, on: date) -> dict[int, Whereabouts]:
    """Where people live: at the address they gave, or else at the one in the register while it may be read."""
    wanted, found, without = sorted(person_ids), dict[int, Whereabouts](), dict[int, str]()
    for at in range(0, len(wanted), _CHUNK):
        for person in Person.objects.filter(pk__in=wanted[at : at + _CHUNK]):
            if person.address_line and person.postcode:
                found[person.pk] = Whereabouts(
                    name=str(person),
                    address=person.address_line,
                    postcode=person.postcode,
                    ward_id=person.ward_id,
                )
            else:
                without[person.pk] = str(person)
    electors = standing_elector_ids(person_ids=without)
    listed = listed_at(elector_ids=list(electors.values()), area_code=area_code, on=on)
    for person_id, elector in electors.items():
        if elector in listed:
            at_home = listed[elector]
            found[person_id] = Whereabouts(
                name=without[person_id],
                address=at_home.address,
                postcode=at_home.postcode,
                ward_id=at_home.ward_id,
                readable_until=at_home.readable_until,
            )
    return found


def listed_at(*, elector_ids: Collection[int], area_code: str, on: date) -> dict[int, Whereabouts]:
    """Electors as the register lists them today, inside the area first; nobody where it may not be read."""
    if not elector_ids:
        return {}
    try:
        entries = entries_for(scope=EVERYTHING, on=on).exclude(address="")
    except (RegisterNotHeld, EntitlementExpired):
        return {}
    inside = area_scope(area_code=area_code).codes
    wanted, found, is_inside = sorted(elector_ids), dict[int, Whereabouts](), dict[int, bool]()
    for at in range(0, len(wanted), _CHUNK):
        rows = entries.filter(elector__in=wanted[at : at + _CHUNK]).order_by("pk")
        for elector, forename, surname, address, postcode, ward, seat, until in rows.values_list(
            *("elector_id", "forename", "surname", "address", "postcode", "ward_id", "constituency_id"),
            "version__entitlement__valid_until",
        ):
            here = ward in inside or seat in inside
            if elector not in found or (here and not is_inside[elector]):
                is_inside[elector] = here
                found[elector] = Whereabouts(
                    name=f"{forename} {surname}".strip(),
                    address=address,
                    postcode=postcode,
                    ward_id=ward,
                    readable_until=until,
                )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far a round or a canvass is. `doors = spoke + no_answer + gone + objected + waiting`."""

    doors: int
    spoke: int
    no_answer: int
    gone: int
    objected: int
    leaflets: int

    @property
    def waiting(self) -> int:
        """Lines at which nobody has been yet."""
        return self.doors - self.visited

    @property
    def visited(self) -> int:
        """Lines at which somebody has been."""
        return self.spoke + self.no_answer + self.gone + self.objected


_NONE = Tally(doors=0, spoke=0, no_answer=0, gone=0, objected=0, leaflets=0)


def tallies_of(*, canvass: Canvass) -> Mapping[int, Tally]:
    """How far each round of a canvass is, by the round's id, in one read."""
    rows = (
        Door.objects.filter(round__canvass=canvass)
        .order_by()
        .values("round")
        .annotate(
            doors=Count("pk"),
            spoke=Count("pk", filter=Q(outcome=DoorOutcome.SPOKE)),
            no_answer=Count("pk", filter=Q(outcome=DoorOutcome.NO_ANSWER)),
            gone=Count("pk", filter=Q(outcome=DoorOutcome.GONE)),
            objected=Count("pk", filter=Q(outcome=DoorOutcome.OBJECTED)),
            leaflets=Count("pk", filter=Q(is_leaflet_left=True)),
        )
    )
    return {
        row["round"]: Tally(
            doors=row["doors"],
            spoke=row["spoke"],
            no_answer=row["no_answer"],
            gone=row["gone"],
            objected=row["objected"],
            leaflets=row["leaflets"],
        )
        for row in rows
    }


def tally_of(*, canvass: Canvass) -> Tally:
    """How far a canvass is as a whole."""
    each = tallies_of(canvass=canvass).values()
    if not each:
        return _NONE
    names = ("doors", "spoke", "no_answer", "gone", "objected", "leaflets")
    return Tally(**{name: sum(getattr(one, name) for one in each) for name in names})


def agreed_of(*, canvass: Canvass) -> list[AgreedCount]:
    """How many of those spoken to agreed to what; small counts are not told."""
    return agreed_counts(rows=Door.objects.filter(round__canvass=canvass), subject="pk")


def results_of(*, canvass: Canvass) -> list[dict[str, object]]:
    """What came of each round, one row each, then one for each reason why people were left out, and for each thing agreed to.

    No names. The rows of rounds add up to those cleared; with the refused they are everybody whom the gate was asked about.
    `agreed` is the number of people, “fewer than 10” for a handful.
    """
    tallies = tallies_of(canvass=canvass)
    rows: list[dict[str, object]] = []
    for one in canvass.rounds.order_by("number"):
        tally = tallies.get(one.pk, _NONE)
        rows.append(
            {
                "round": one.number,
                "code": one.code,
                "walk_on": one.walk_on.isoformat() if one.walk_on else "",
                "lines": tally.doors,
                "spoke": tally.spoke,
                "no_answer": tally.no_answer,
                "gone": tally.gone,
                "objected": tally.objected,
                "not_visited": tally.waiting,
                "leaflets": tally.leaflets,
                "refused_because": "",
                "agreed_to": "",
                "agreed": "",
            }
        )
    empty = dict.fromkeys(rows[0], "") if rows else {}
    for reason, count in (canvass.clearance.counts if canvass.clearance else {}).items():
        rows.append({**empty, "lines": count, "refused_because": reason})
    for agreed in agreed_of(canvass=canvass):
        told = f"fewer than {SMALL}" if agreed.people is None else agreed.people
        rows.append({**empty, "agreed_to": agreed.kind, "agreed": told})
    return rows
