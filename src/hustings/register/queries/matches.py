"""Who is matched to an elector, and which electors somebody might be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from hustings.accounts.access import EVERYTHING, Scope
from hustings.people.models import Person
from hustings.platform.attention import Attention
from hustings.register.access import entries_for, matches_for, readable_versions
from hustings.register.models import (
    STANDING,
    Match,
    MatchRun,
    MatchState,
    RegisterEntry,
)
from hustings.register.rules.matching.blocking import is_candidate
from hustings.register.rules.matching.comparing import Record
from hustings.register.rules.matching.folding import forenames, postcode_key, surname_parts
from hustings.register.rules.matching.settings import Settings


def is_matched(*, person_id: int) -> bool:
    """Say whether a person is joined to an elector, by the rules or by somebody's decision."""
    return Match.objects.filter(person=person_id, state__in=STANDING).exists()


def standing_elector_ids(*, person_ids: Iterable[int]) -> dict[int, int]:
    """Give the elector of each person who is joined to one."""
    found: dict[int, int] = {}
    wanted = list(person_ids)
    for start in range(0, len(wanted), 900):
        standing = Match.objects.filter(person__in=wanted[start : start + 900], state__in=STANDING)
        found.update(standing.values_list("person", "elector"))
    return found


def people_to_match() -> QuerySet[Person]:
    """Give the people who are held against the register: neither erased nor merged into another row, and
    with a name.
    """
    return Person.objects.filter(erased_at=None, merged_into=None).exclude(family_name="", given_name="")


def candidates_for(*, person: Record, on: date, settings: Settings) -> list[tuple[int, Record]]:
    """Give the electors who might be one person, by two indexed look-ups: the postcode, and the name.

    Raises `RegisterNotHeld` or `EntitlementExpired`.
    """
    rows: dict[int, tuple[Any, ...]] = {}
    namesakes: set[int] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAR_STATEMENT,
            [on, on, _spaced(person.postcode), on, on, person.surname or None, person.family or None],
        )
        for is_named, *row in cursor.fetchall():
            rows[row[0]] = tuple(row)
            if is_named:
                namesakes.add(row[0])
    if not rows:
        # Nobody found, or nothing that may be read: only the second is an error.
        readable_versions(on=on)
    found = []
    for elector_id, row in rows.items():
        elector = stored_record(row=row[1:])
        if is_candidate(person=person, elector=elector, namesakes=len(namesakes), settings=settings):
            found.append((elector_id, elector))
    return found


# One statement for both look-ups, written out because putting it together anew for each signer would take longer than
# running it. Versions come first, so that each look-up is one dip into an index that begins with the version.
_READABLE = (
    "FROM register_entitlement t CROSS JOIN register_registerversion v CROSS JOIN register_registerentry e "
    "WHERE t.valid_from <= %s AND t.valid_until > %s AND v.entitlement_id = t.id AND v.is_current "
    "AND v.destroyed_at IS NULL AND e.version_id = v.id AND "
)
_COLUMNS = "e.elector_id, e.forename, e.surname, e.surname_key, e.postcode, e.house"
_NEAR_STATEMENT = (
    f"SELECT 0, {_COLUMNS} {_READABLE} e.postcode = %s UNION ALL "
    f"SELECT 1, {_COLUMNS} {_READABLE} e.surname_key = %s AND e.forename_key = %s"
)


def stored_record(*, row: tuple[str, str, str, str, str]) -> Record:
    """Give the folded record of an entry's forename, surname, surname key, postcode and house."""
    forename, surname, key, postcode, house = row
    return Record(
        forenames=_forenames(forename),
        surname=key,
        parts=_parts(surname),
        postcode=postcode_key(postcode=postcode),
        house=house,
    )


@lru_cache(maxsize=65_536)
def _forenames(forename: str) -> tuple[str, ...]:
    return forenames(forename=forename)


@lru_cache(maxsize=65_536)
def _parts(surname: str) -> tuple[str, ...]:
    return surname_parts(surname=surname)


def _spaced(postcode: str) -> str | None:
    """The spelling in which entries keep it; None, which equals nothing, where there is none."""
    return f"{postcode[:-3]} {postcode[-3:]}" if postcode else None


@dataclass(frozen=True, slots=True)
class MatchReport:
    """How matching stands: people by what was made of them, and the last run."""

    people: int
    matched: int
    accepted: int
    unsure: int
    none: int
    rejected_pairs: int
    last_run: MatchRun | None


def match_report(*, scope: Scope) -> MatchReport:
    """Count the people a login may see by how they stand."""
    people = scope.filter(people_to_match(), "ward", "constituency").count()
    matches = matches_for(scope=scope)
    by_state = dict(
        matches.values_list("state")
        .annotate(count=Count("person", distinct=True))
        .values_list("state", "count")
    )
    matched, accepted = by_state.get(MatchState.MATCHED, 0), by_state.get(MatchState.ACCEPTED, 0)
    unsure = by_state.get(MatchState.UNSURE, 0)
    return MatchReport(
        people=people,
        matched=matched,
        accepted=accepted,
        unsure=unsure,
        none=people - matched - accepted - unsure,
        rejected_pairs=matches.filter(state=MatchState.REJECTED).count(),
        last_run=MatchRun.objects.first(),
    )


def entry_of(*, elector_id: int, on: date) -> RegisterEntry | None:
    """Give an elector's current entry, or None where no current version names the elector.

    Raises `RegisterNotHeld` or `EntitlementExpired`.
    """
    return entries_for(scope=EVERYTHING, on=on).filter(elector=elector_id).select_related("ward").first()


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """What needs a person's eye: matches that the rules leave open."""
    count = matches_for(scope=scope).filter(state=MatchState.UNSURE).values("person").distinct().count()
    if not count:
        return []
    return [
        Attention(
            text=ngettext(
                "%(count)d person may be on the register, but the rules alone cannot tell.",
                "%(count)d people may be on the register, but the rules alone cannot tell.",
                count,
            )
            % {"count": count},
            url=reverse("register_desk:review"),
            action=gettext("Look and decide"),
            count=count,
        )
    ]
