"""What the gate needs to know of many electors at once: the register's own facts, and those of people matched to them.

A handful of reads over the whole set, never one an elector. An elector known to nobody as a person has only what the
register says, and whatever objection holds on the elector, or on the name at the address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Count, F, Max, QuerySet

from hustings.basics.clock import uk_date
from hustings.clearance.models import OwnLimits
from hustings.clearance.queries.person_facts import Facts, Ids, facts_of_people
from hustings.clearance.rules.gate import Channel, Fact, Purpose
from hustings.contacts.models import Contact, Outcome
from hustings.people.queries import ListedElector, suppressed_electors
from hustings.people.queries.preference_services import electors_listed_by_post
from hustings.places.rules.codes import nation_of
from hustings.register.access import Entries, entries_to_judge, is_in_force
from hustings.register.models import STANDING, Elector, Match, RegisterVersion
from hustings.register.queries import answers_about
from hustings.register.rules.franchise import letters_of

#: The letter that stands beside an anonymous entry.
ANONYMOUS_MARKER = "N"

#: Nations in which some elections are open from 16, and whose registers name people from 14.
_FROM_16 = frozenset({"scotland", "wales"})

#: What a matched person brings along: everything but how they themselves can be reached.
_OF_PERSON = ~np.int32(
    Fact.HAS_ADDRESS
    | Fact.ADDRESS_VERIFIED
    | Fact.ADDRESS_FAILING
    | Fact.FROM_REGISTER
    | Fact.REGISTER_LAPSED
    | Fact.UNSCREENED
)
_CHUNK = 900


class UnknownElectors(ValueError):
    """The gate was asked about ids that are no elector's."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A current entry with what the gate asks of it."""

    elector_id: int
    forename: str
    surname: str
    address: str
    postcode: str
    markers: str
    attains_on: date | None
    as_of: date
    is_entitled: bool
    nation: str


def elector_ids_of(*, electors: "Entries | Iterable[int]") -> Ids:
    """The ids of electors, each once and in order: of a queryset of register entries, or as given.

    Raises `UnknownElectors` where an id that was given is no elector's.
    """
    if isinstance(electors, QuerySet):
        found = electors.order_by().values_list("elector_id", flat=True)
        return np.unique(np.fromiter(found.iterator(chunk_size=10_000), dtype=np.int64))
    ids = np.unique(np.fromiter(electors, dtype=np.int64))
    known = sum(Elector.objects.filter(pk__in=chunk).count() for chunk in _chunks(ids))
    if known < len(ids):
        raise UnknownElectors(f"{len(ids) - known} of the {len(ids)} ids are no elector's.")
    return ids


def facts_of_electors(
    *,
    ids: Ids,
    channel: Channel,
    purpose: Purpose,
    on: date,
    now: datetime,
    limits: OwnLimits | None = None,
    asks_opinions: bool = False,
) -> Facts:
    """What is known of each of these electors (sorted ids), as `Fact` flags in the same order.

    The facts of everybody matched to an elector count for the elector. How often somebody was contacted is looked up only
    under `limits`: contacts with the elector and with the people matched are added up.
    """
    facts: Facts = np.zeros(len(ids), dtype=np.int32)
    if not len(ids):
        return facts
    matched = _matched(ids)
    entries = _entries(ids, on)
    _registered(facts, ids, entries, on)
    _people(facts, ids, matched, channel, purpose, on, now, asks_opinions=asks_opinions)
    listed = _listed(entries, matched)
    _objections(facts, ids, listed, channel, purpose)
    if channel is Channel.POST and purpose.is_marketing:
        _mark(facts, ids, electors_listed_by_post(electors=listed, on=on), Fact.PREFERENCE_LISTED)
    _gone(facts, ids, entries, channel)
    if purpose.is_marketing and limits is not None and limits.most_contacts is not None:
        since = now - timedelta(days=limits.within_days)
        _contacted(facts, ids, matched, channel, since=since, most=limits.most_contacts)
    return facts


def _chunks(ids: Ids) -> "Iterable[list[int]]":
    wanted = ids.tolist()
    return (wanted[at : at + _CHUNK] for at in range(0, len(wanted), _CHUNK))


def _within(rows: "QuerySet[Any]", ids: Ids, column: str = "elector_id") -> "Iterable[QuerySet[Any]]":
    """The rows of these electors: by their ids where they are few, else all rows between the first and the last id.

    Electors of one register came in together, so that little is read which is not asked for; it is dropped.
    """
    if len(ids) <= _CHUNK:
        return (rows.filter(**{f"{column}__in": ids.tolist()}),)
    return (rows.filter(**{f"{column}__gte": int(ids[0]), f"{column}__lte": int(ids[-1])}),)


def _mark(facts: Facts, ids: Ids, electors: Iterable[int], fact: Fact) -> None:
    found = np.fromiter(electors, dtype=np.int64)
    found = found[np.isin(found, ids)]
    facts[np.searchsorted(ids, found)] |= np.int32(fact)


def _matched(ids: Ids) -> dict[int, list[int]]:
    """The people joined to each elector."""
    asked, found = set(ids.tolist()), dict[int, list[int]]()
    for rows in _within(Match.objects.filter(state__in=STANDING), ids):
        for elector, person in rows.order_by("pk").values_list("elector_id", "person_id"):
            if elector in asked:
                found.setdefault(elector, []).append(person)
    return found


def _entries(ids: Ids, on: date) -> list[_Entry]:
    asked, found = set(ids.tolist()), list[_Entry]()
    copies = RegisterVersion.objects.filter(is_current=True, destroyed_at=None).select_related("entitlement")
    versions = {
        copy.pk: (copy.as_of, is_in_force(entitlement=copy.entitlement, on=on), nation_of(copy.area_id))
        for copy in copies
    }
    for rows in _within(entries_to_judge().filter(version__in=list(versions)), ids):
        held = rows.order_by("pk").values_list(
            "elector_id", "forename", "surname", "address", "postcode", "markers", "attains_on", "version_id"
        )
        for elector, forename, surname, address, postcode, markers, attains_on, version in held.iterator(
            chunk_size=10_000
        ):
            if elector in asked:
                as_of, is_entitled, nation = versions[version]
                found.append(
                    _Entry(
                        elector,
                        forename,
                        surname,
                        address,
                        postcode,
                        markers,
                        attains_on,
                        as_of,
                        is_entitled,
                        nation,
                    )
                )
    return found


def _registered(facts: Facts, ids: Ids, entries: list[_Entry], on: date) -> None:
    """What the entries say. An elector whom no copy names any more is known only from one we may no longer use."""
    facts |= np.int32(Fact.FROM_REGISTER | Fact.REGISTER_LAPSED)
    listed = {entry.elector_id for entry in entries}
    _mark(facts, ids, set(ids.tolist()) - listed, Fact.HAS_ADDRESS)
    _mark(facts, ids, (entry.elector_id for entry in entries if entry.address), Fact.HAS_ADDRESS)
    anonymous = {
        entry.elector_id for entry in entries if ANONYMOUS_MARKER in letters_of(markers=entry.markers)
    }
    _mark(facts, ids, anonymous, Fact.ANONYMOUS)
    for fact, years in ((Fact.UNDER_18, 0), (Fact.UNDER_16, 2)):
        latest = _years_later(on, years)
        young = (entry.elector_id for entry in entries if entry.attains_on and entry.attains_on > latest)
        _mark(facts, ids, young, fact)
    # The day of attainment is the eighteenth birthday; whether councils where one votes from 16 keep to that is not confirmed.
    unclear = (
        entry.elector_id
        for entry in entries
        if entry.nation in _FROM_16 and entry.attains_on and on < entry.attains_on <= _years_later(on, 2)
    )
    _mark(facts, ids, unclear, Fact.AGE_UNCLEAR)
    entitled = np.fromiter((entry.elector_id for entry in entries if entry.is_entitled), dtype=np.int64)
    facts[np.searchsorted(ids, entitled)] &= np.int32(~int(Fact.REGISTER_LAPSED))


def _years_later(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:  # 29 February
        return on.replace(year=on.year + years, day=28)


def _people(
    facts: Facts,
    ids: Ids,
    matched: dict[int, list[int]],
    channel: Channel,
    purpose: Purpose,
    on: date,
    now: datetime,
    *,
    asks_opinions: bool,
) -> None:
    pairs = [(elector, person) for elector, people in matched.items() for person in people]
    if not pairs:
        return
    both = np.array(pairs, dtype=np.int64)
    people = np.unique(both[:, 1])
    known = facts_of_people(
        ids=people, channel=channel, purpose=purpose, on=on, now=now, asks_opinions=asks_opinions
    )
    theirs: npt.NDArray[np.int32] = known[np.searchsorted(people, both[:, 1])] & _OF_PERSON
    np.bitwise_or.at(facts, np.searchsorted(ids, both[:, 0]), theirs)


def _listed(entries: list[_Entry], matched: dict[int, list[int]]) -> list[ListedElector]:
    """The entries as objections and preference services look at them."""
    return [
        ListedElector(
            elector_id=entry.elector_id,
            forename=entry.forename,
            surname=entry.surname,
            address=entry.address,
            postcode=entry.postcode,
            person_ids=tuple(matched.get(entry.elector_id, ())),
        )
        for entry in entries
    ]


def _objections(
    facts: Facts, ids: Ids, listed: list[ListedElector], channel: Channel, purpose: Purpose
) -> None:
    """Whom an objection blocks; who stands in no current copy is known by the elector alone."""
    named = {one.elector_id for one in listed}
    asked = listed + [
        ListedElector(elector_id=elector, forename="", surname="", address="", postcode="")
        for elector in ids.tolist()
        if elector not in named
    ]
    found = suppressed_electors(
        electors=asked,
        channel=str(channel),
        purpose=str(purpose),
        answers=answers_about(elector_ids=ids.tolist()),
    )
    _mark(facts, ids, found.definite, Fact.OBJECTED if purpose.is_marketing else Fact.SUPPRESSED)
    _mark(facts, ids, found.doubtful, Fact.DOUBTFUL)


def _gone(facts: Facts, ids: Ids, entries: list[_Entry], channel: Channel) -> None:
    """Whom somebody at the door said to be gone, since the register that lists them was made."""
    as_of: dict[int, date] = {}
    for entry in entries:
        as_of[entry.elector_id] = max(entry.as_of, as_of.get(entry.elector_id, entry.as_of))
    told = Contact.objects.filter(outcome=Outcome.GONE, channel__in=["door", "post"], elector__isnull=False)
    gone = []
    for rows in _within(told, ids):
        latest = (
            rows.order_by().values("elector_id").annotate(last=Max("at")).values_list("elector_id", "last")
        )
        gone += [elector for elector, last in latest if elector in as_of and uk_date(last) >= as_of[elector]]
    _mark(facts, ids, gone, Fact.GONE_AWAY)


def _contacted(
    facts: Facts, ids: Ids, matched: dict[int, list[int]], channel: Channel, *, since: datetime, most: int
) -> None:
    made = Contact.objects.filter(
        channel=str(channel),
        purpose__in=[str(purpose) for purpose in Purpose if purpose.is_marketing],
        at__gt=since,
    )
    times: dict[int, int] = {}
    for rows in _within(made.filter(elector__isnull=False), ids):
        for elector, number in rows.order_by().values_list("elector_id").annotate(Count("id")):
            times[elector] = times.get(elector, 0) + number
    elector_of = {person: elector for elector, people in matched.items() for person in people}
    people = np.unique(np.fromiter(elector_of, dtype=np.int64))
    if len(people):
        for rows in _within(made.filter(person__isnull=False), people, "person_id"):
            for person, number in rows.order_by().values_list(F("person_id")).annotate(Count("id")):
                if person in elector_of:
                    times[elector_of[person]] = times.get(elector_of[person], 0) + number
    _mark(facts, ids, (elector for elector, number in times.items() if number >= most), Fact.TOO_OFTEN)
