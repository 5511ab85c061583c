"""The one way to read the register: under an entitlement that is in force, within the places a login covers.

Outside this file only the import, the linking of versions and the destruction of copies touch entries.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.basics.spans import DateSpan
from hustings.register.models import (
    Entitlement,
    Match,
    MatchState,
    PollingStation,
    RegisterEntry,
    RegisterVersion,
)

#: What a list shows of an entry.
ENTRY_FIELDS = (
    "district",
    "number",
    "suffix",
    "surname",
    "forename",
    "address",
    "postcode",
    "markers",
    "ward_id",
)


#: Lines of the register, as this file gives them out.
Entries: TypeAlias = "QuerySet[RegisterEntry]"
ListedEntry: TypeAlias = RegisterEntry


class RegisterNotHeld(Exception):
    """No register is held; the message says how one is loaded."""


class EntitlementExpired(Exception):
    """A register is held, but no entitlement to read it is in force; the message says whose ended and when."""


def is_in_force(*, entitlement: Entitlement, on: date) -> bool:
    """Say whether an entitlement is in force on a day."""
    return DateSpan(entitlement.valid_from, entitlement.valid_until).contains(on)


def readable_versions(*, on: date) -> QuerySet[RegisterVersion]:
    """Give the current versions that may be read on a day: at least one.

    Raises `RegisterNotHeld` where there is none at all, `EntitlementExpired` where the right to every one
    has ended.
    """
    held = RegisterVersion.objects.filter(is_current=True, destroyed_at=None)
    readable = held.filter(entitlement__valid_from__lte=on, entitlement__valid_until__gt=on)
    if readable.exists():
        return readable
    latest = held.select_related("entitlement").order_by("-entitlement__valid_until").first()
    if latest is None:
        raise RegisterNotHeld(
            "No electoral register is held. Record an entitlement, then import the council's file."
        )
    if latest.entitlement.valid_from > on:
        raise EntitlementExpired(
            f"The entitlement of {latest.entitlement.holder} begins on {latest.entitlement.valid_from:%d %B %Y}; "
            "the register may not be read before."
        )
    raise EntitlementExpired(
        f"The entitlement of {latest.entitlement.holder} ended on {latest.entitlement.valid_until:%d %B %Y}. The "
        "register may not be read any more: record a new entitlement and import a new copy, or destroy this one."
    )


def entries_for(*, scope: Scope, on: date) -> QuerySet[RegisterEntry]:
    """Give the current entries that a login may see.

    Raises what `readable_versions` raises.
    """
    entries = RegisterEntry.objects.filter(version__in=readable_versions(on=on).values("pk"))
    return scope.filter(entries, "ward", "constituency")


def entries_to_judge() -> QuerySet[RegisterEntry]:
    """Give the entries of every current copy, whether it may be read or not: for the gate alone, which refuses by it."""
    return RegisterEntry.objects.filter(version__is_current=True, version__destroyed_at=None)


def versions_for(*, scope: Scope) -> QuerySet[RegisterVersion]:
    """Give the versions, current, replaced and destroyed, of the places a login covers. No entry is among
    them.
    """
    return scope.filter(RegisterVersion.objects.select_related("entitlement", "area", "import_run"), "area")


def entitlements_for(*, scope: Scope) -> QuerySet[Entitlement]:
    """Give the entitlements for the places a login covers."""
    return scope.filter(Entitlement.objects.select_related("area", "election"), "area")


def matches_for(*, scope: Scope) -> QuerySet[Match]:
    """Give the matches of people whom a login may see."""
    matches = Match.objects.select_related("person", "elector", "decided_by").filter(
        person__erased_at=None, person__merged_into=None
    )
    return scope.filter(matches, "person__ward", "person__constituency")


def with_entries(*, matches: QuerySet[Match], scope: Scope, on: date) -> QuerySet[Match]:
    """Give matches with `entry`, a dictionary of the elector's current entry: None where the login may not see it.

    Raises what `readable_versions` raises.
    """
    entries = entries_for(scope=scope, on=on).filter(elector=OuterRef("elector"))
    fields = {name: name for name in ENTRY_FIELDS}
    return matches.annotate(entry=Subquery(entries.values(found=JSONObject(**fields))[:1]))


def match_for(*, scope: Scope, pk: int) -> Match:
    """Give one match, or raise `Http404` where there is none that this login may see."""
    match = matches_for(scope=scope).filter(pk=pk).exclude(state=MatchState.SUPERSEDED).first()
    if match is None:
        raise Http404
    return match


def polling_stations_for(*, scope: Scope) -> QuerySet[PollingStation]:
    """Give the polling stations of the places a login covers, and those that could not be put on the map.

    They are public facts; the narrowing keeps a list short rather than a secret.
    """
    stations = PollingStation.objects.all()
    if scope.is_everything:
        return stations
    return stations.filter(Q(venue=None) | Q(venue__area=None) | Q(venue__area__in=scope.codes))


def where_electors_vote(*, electors: Sequence[int], on: date) -> dict[int, tuple[str, str, str]]:
    """Give postcode, house key and polling district of each elector's current entry, while it may be read; nobody otherwise."""
    found: dict[int, tuple[str, str, str]] = {}
    for start in range(0, len(electors), 900):
        entries = RegisterEntry.objects.filter(
            elector__in=electors[start : start + 900],
            version__is_current=True,
            version__destroyed_at=None,
            version__entitlement__valid_from__lte=on,
            version__entitlement__valid_until__gt=on,
        ).order_by("pk")
        for elector, postcode, house, district in entries.values_list(
            "elector", "postcode", "house", "district"
        ):
            found[elector] = (postcode, house, district.upper())
    return found
