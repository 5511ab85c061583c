"""What the gate needs to know of many people at once: one small integer each, from a handful of whole-set
reads.

Every read is one statement over the audience, never one a person; the rows meet in arrays. On both databases.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from hustings.clearance.models import OwnLimits
from hustings.clearance.rules.gate import Channel, Fact, Purpose, screened_since
from hustings.contacts.models import Contact
from hustings.people.models import Consent, ContactPoint, ContactPointKind, Person
from hustings.people.models import Purpose as PeoplePurpose
from hustings.people.queries import suppressed_person_ids
from hustings.people.queries.preference_services import listed_by_post, telephone_standing
from hustings.register.models import Match, MatchState
from hustings.register.queries import people_held_by_answers

Ids = npt.NDArray[np.int64]
Facts = npt.NDArray[np.int32]

_POINTS = {
    Channel.EMAIL: Q(kind=ContactPointKind.EMAIL),
    Channel.SMS: Q(kind=ContactPointKind.PHONE, is_mobile=True),
    Channel.CALL: Q(kind=ContactPointKind.PHONE),
    Channel.AUTOMATED_CALL: Q(kind=ContactPointKind.PHONE),
}
_FEW = 1_000
_USABLE = Fact(1 << 30)  # on the way only: an address that works
_AT_HOME = frozenset({Channel.POST, Channel.FREEPOST, Channel.DOOR})


class UnknownPeople(ValueError):
    """The gate was asked about ids that are nobody's."""


def ids_of(*, people: "QuerySet[Person] | Iterable[int]") -> Ids:
    """The ids of an audience, each once and in order: of a queryset of people, or as given.

    Raises `UnknownPeople` where an id that was given is nobody's.
    """
    if isinstance(people, QuerySet):
        return np.unique(_column(people.order_by().values_list("pk", flat=True)))
    ids = np.unique(np.fromiter(people, dtype=np.int64))
    known = _ids(_Asked(ids), Person.objects.all(), "id")
    if len(known) < len(ids):
        raise UnknownPeople(f"{len(ids) - len(known)} of the {len(ids)} ids are nobody's.")
    return ids


def facts_of_people(
    *,
    ids: Ids,
    channel: Channel,
    purpose: Purpose,
    on: date,
    now: datetime,
    limits: OwnLimits | None = None,
    asks_opinions: bool = False,
) -> Facts:
    """What is known of each of these people (sorted ids), as `Fact` flags in the same order.

    How often they were contacted is looked up only under `limits`, consent to the use of opinions only with
    `asks_opinions`.
    """
    asked = _Asked(ids)
    if not len(ids):
        return asked.facts
    _lives(asked, channel, on)
    if channel in _POINTS:
        _points(asked, channel)
    else:
        _homes(asked, channel, on)
    _objections(asked, channel, purpose)
    _consents(asked, channel, purpose, asks_opinions=asks_opinions)
    if purpose.is_marketing:
        _preferences(asked, channel, on)
    if purpose.is_marketing and limits is not None and limits.most_contacts is not None:
        _contacted(asked, channel, since=now - timedelta(days=limits.within_days), most=limits.most_contacts)
    return asked.facts


class _Asked:
    """The people asked about, the flags found so far, and how to narrow a read to them."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self.facts: Facts = np.zeros(len(ids), dtype=np.int32)
        # Reading everybody costs half as much as looking up most of them one by one; what is not asked for is
        # dropped.
        self.is_most = len(ids) > _FEW and 2 * len(ids) > Person.objects.count()

    def mark(self, people: Iterable[int] | Ids, fact: Fact) -> None:
        """Set a flag for those of these people who are asked about."""
        found = people if isinstance(people, np.ndarray) else np.fromiter(people, dtype=np.int64)
        self.facts[self.places(found)] |= np.int32(fact)

    def unmark(self, people: Ids, fact: Fact) -> None:
        """Take a flag from those of these people who are asked about."""
        self.facts[self.places(people)] &= np.int32(~int(fact))

    def mark_each(self, people: Ids, flags: Facts) -> None:
        """Set each person's own flags; somebody may occur more than once."""
        known = np.isin(people, self.ids)
        np.bitwise_or.at(self.facts, np.searchsorted(self.ids, people[known]), flags[known])

    def places(self, people: Ids) -> "npt.NDArray[np.intp]":
        """Where those of these people who are asked about stand in the arrays."""
        return np.searchsorted(self.ids, people[np.isin(people, self.ids)])

    def within(self, rows: "QuerySet[Any]", column: str) -> "QuerySet[Any]":
        """Narrow a queryset to the people asked about, unless they are most of everybody."""
        if self.is_most:
            return rows
        if connection.vendor == "postgresql":
            wanted = RawSQL("SELECT unnest(%s::bigint[])", [self.ids.tolist()])
        else:
            wanted = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(self.ids.tolist())])
        return rows.filter(**{f"{column}__in": wanted})


def _rows(queryset: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
    """The raw rows of a values queryset: no conversion row by row, so keep to whole numbers."""
    try:
        statement, values = queryset.query.sql_with_params()
    except EmptyResultSet:  # Django sees from the conditions alone that there is no row
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _column(queryset: "QuerySet[Any, Any]") -> Ids:
    rows = _rows(queryset)
    return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))


def _ids(asked: _Asked, rows: "QuerySet[Any]", column: str = "person_id") -> Ids:
    return _column(asked.within(rows, column).order_by().values_list(column, flat=True))


def _flagged(asked: _Asked, rows: "QuerySet[Any]", column: str, conditions: "dict[Fact, Q]") -> None:
    """Set on each row's person the flags of the conditions that the row fulfils, in one read."""
    flags: Any = Value(0)
    for fact, condition in conditions.items():
        flags = flags + Case(When(condition, then=Value(int(fact))), default=Value(0))
    narrowed = asked.within(rows, column).order_by()
    found = _rows(narrowed.annotate(_flags=flags).values_list(column, "_flags"))
    if found:
        both = np.array(found, dtype=np.int64)
        asked.mark_each(both[:, 0], both[:, 1].astype(np.int32))


def _lives(asked: _Asked, channel: Channel, on: date) -> None:
    conditions = {
        Fact.ERASED: Q(erased_at__isnull=False),
        Fact.MERGED: Q(merged_into__isnull=False),
        # `adult_on` is the eighteenth birthday: whoever is under 16 turns 18 more than two years from now.
        Fact.UNDER_18: Q(adult_on__gt=on),
        Fact.UNDER_16: Q(adult_on__gt=_years_later(on, 2)),
        Fact.UNDER_13: Q(adult_on__gt=_years_later(on, 5)),
    }
    if channel in _AT_HOME:
        conditions[Fact.GONE_AWAY] = Q(gone_at__isnull=False)
        conditions[Fact.HAS_ADDRESS] = ~Q(postcode="") & ~Q(address_line="")
    _flagged(asked, Person.objects.all(), "id", conditions)


def _years_later(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:  # 29 February
        return on.replace(year=on.year + years, day=28)


def _points(asked: _Asked, channel: Channel) -> None:
    points = ContactPoint.objects.filter(_POINTS[channel]).exclude(value="")
    usable = Q(unusable_at=None)
    _flagged(
        asked,
        points,
        "person_id",
        {
            Fact.HAS_ADDRESS: ~usable,
            _USABLE: usable,
            Fact.ADDRESS_VERIFIED: usable & Q(verified_at__isnull=False),
        },
    )
    is_usable = asked.facts & np.int32(_USABLE) > 0
    has_only_failing = (asked.facts & np.int32(Fact.HAS_ADDRESS) > 0) & ~is_usable
    asked.facts[has_only_failing] |= np.int32(Fact.ADDRESS_FAILING)
    asked.facts[is_usable] |= np.int32(Fact.HAS_ADDRESS)
    asked.facts &= np.int32(~int(_USABLE))


def _homes(asked: _Asked, channel: Channel, on: date) -> None:
    """Whoever gave no address of their own can be reached at the one in the register, while we may use it."""
    has_own = asked.facts & np.int32(Fact.HAS_ADDRESS) > 0
    without = _Asked(asked.ids[~has_own])
    if not len(without.ids):
        return
    standing = Match.objects.filter(state__in=[MatchState.MATCHED, MatchState.ACCEPTED])
    entry = {"elector__entries__version__is_current": True, "elector__entries__version__destroyed_at": None}
    held = standing.filter(**entry).exclude(elector__entries__address="")
    without.mark(_ids(without, held), Fact.HAS_ADDRESS | Fact.FROM_REGISTER | Fact.REGISTER_LAPSED)
    entitled = standing.filter(
        **entry,
        elector__entries__version__entitlement__valid_from__lte=on,
        elector__entries__version__entitlement__valid_until__gt=on,
    )
    without.unmark(_ids(without, entitled), Fact.REGISTER_LAPSED)
    asked.facts[~has_own] |= without.facts


def _objections(asked: _Asked, channel: Channel, purpose: Purpose) -> None:
    kept = _channel_of_objections(channel)
    found = suppressed_person_ids(person_ids=asked.ids.tolist(), channel=kept, purpose=str(purpose))
    held = people_held_by_answers(channel=kept, purpose=str(purpose))
    asked.mark(found.definite | held, Fact.OBJECTED if purpose.is_marketing else Fact.SUPPRESSED)
    asked.mark(found.doubtful, Fact.DOUBTFUL)


def _consents(asked: _Asked, channel: Channel, purpose: Purpose, *, asks_opinions: bool) -> None:
    given = Consent.objects.filter(is_given=True)
    asked.mark(
        _ids(asked, given.filter(channel=_channel_of_objections(channel), purpose=str(purpose))),
        Fact.CONSENTED,
    )
    if asks_opinions:
        opinions = Consent.objects.filter(purpose=PeoplePurpose.OPINION)
        asked.mark(_ids(asked, opinions.filter(is_given=True)), Fact.OPINION_CONSENTED)
        asked.mark(_ids(asked, opinions.filter(is_given=False)), Fact.OPINION_OBJECTED)


def _preferences(asked: _Asked, channel: Channel, on: date) -> None:
    """Who stands on a preference service, and for calls whose number nobody looked up in time."""
    if channel is Channel.CALL:
        since = screened_since(on=on)
        if since is not None:
            listed, unscreened = telephone_standing(person_ids=asked.ids.tolist(), since=since, on=on)
            asked.mark(listed, Fact.PREFERENCE_LISTED)
            asked.mark(unscreened, Fact.UNSCREENED)
    elif channel is Channel.POST:
        asked.mark(listed_by_post(person_ids=asked.ids.tolist(), on=on), Fact.PREFERENCE_LISTED)


def _contacted(asked: _Asked, channel: Channel, *, since: datetime, most: int) -> None:
    marketing = [str(purpose) for purpose in Purpose if purpose.is_marketing]
    often = (
        asked.within(
            Contact.objects.filter(
                channel=_channel_of_objections(channel), purpose__in=marketing, at__gt=since
            ),
            "person_id",
        )
        .order_by()
        .values("person_id")
        .annotate(times=Count("id"))
        .filter(times__gte=most)
        .values_list("person_id", flat=True)
    )
    asked.mark(_column(often), Fact.TOO_OFTEN)


def _channel_of_objections(channel: Channel) -> str:
    """The channel under which consents, objections and contacts of this one are kept."""
    kept = {Channel.AUTOMATED_CALL: "call", Channel.FREEPOST: "post", Channel.LEAFLET: "door"}
    return kept.get(channel, str(channel))
