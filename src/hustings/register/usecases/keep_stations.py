"""Keep the polling stations of an election as one council's file has them, and who goes to which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.elections.models import Election
from hustings.places.models import Venue, VenueKind
from hustings.places.rules.venue_rows import VenueRefused, read_venue
from hustings.places.usecases.keep_venues import Placing, keep_venues
from hustings.register.models import PollingStation, StationAllocation
from hustings.register.rules.stations import Key, KeyKind, StationFact

#: Venues of every council's export come from one source, so that a hall stays the same when a council changes its software.
VENUE_SOURCE = "polling-exports"


@dataclass(frozen=True, kw_only=True)
class StationPlan:
    """What a file says of one council's stations: by reference, and which of them each key goes to.

    `allocations` is none for a file of stations alone: who goes to them is then left as it is.
    """

    election: Election
    council: str
    stations: Mapping[str, StationFact]
    allocations: Mapping[Key, str] | None


@transaction.atomic
def keep_stations(*, plan: StationPlan, source: str, now: datetime) -> None:
    """Write the stations and put the file's allocations in the place of the council's earlier ones for this election.

    A station that the file no longer names goes. Buildings that can be placed are kept among the venues, for other parts.
    """
    venues = _venues(plan=plan, now=now)
    PollingStation.objects.filter(election=plan.election, council=plan.council).exclude(
        reference__in=plan.stations
    ).delete()
    PollingStation.objects.bulk_create(
        [
            PollingStation(
                election=plan.election,
                council=plan.council,
                reference=fact.reference,
                name=fact.name[:160],
                address=fact.address[:300],
                postcode=fact.postcode,
                venue=venues.get(_venue_reference(plan, fact)),
                source=source,
                imported_at=now,
            )
            for fact in plan.stations.values()
        ],
        update_conflicts=True,
        unique_fields=["election", "council", "reference"],
        update_fields=["name", "address", "postcode", "venue", "source", "imported_at"],
        batch_size=500,
    )
    if plan.allocations is None:
        return
    kept = {
        station.reference: station
        for station in PollingStation.objects.filter(election=plan.election, council=plan.council)
    }
    StationAllocation.objects.filter(station__in=kept.values()).delete()
    StationAllocation.objects.bulk_create(
        [
            StationAllocation(station=kept[reference], kind=kind, key=name)
            for (kind, name), reference in plan.allocations.items()
        ],
        batch_size=2_000,
    )


def _venues(*, plan: StationPlan, now: datetime) -> dict[str, Venue]:
    placing = Placing()
    placed = []
    for fact in plan.stations.values():
        try:
            row = read_venue(
                kind=VenueKind.POLLING_STATION,
                name=fact.name,
                address=fact.address,
                postcode=fact.postcode,
                reference=_venue_reference(plan, fact),
            )
            placed.append(placing.place(row=row))
        except VenueRefused:
            # Without a known postcode it has no point: it stays a station with its address, and is on no map.
            continue
    return keep_venues(
        venues=placed, source=VENUE_SOURCE, dataset=f"polling stations, {plan.election.title}", now=now
    )


def _venue_reference(plan: StationPlan, fact: StationFact) -> str:
    """The building, not the poll: the same hall at the next election is the same venue."""
    return f"{plan.council} {fact.name} {fact.postcode}"[:80]


def known_allocations(*, election: Election, council: str) -> dict[Key, str]:
    """What is kept of one council's allocations: the reference of each key's station."""
    rows: Sequence[tuple[str, str, str]] = list(
        StationAllocation.objects.filter(station__election=election, station__council=council).values_list(
            "kind", "key", "station__reference"
        )
    )
    return {(KeyKind(kind), key): reference for kind, key, reference in rows}
