"""Where people vote: the polling station of each, by the register or by the address they gave."""

from collections.abc import Collection
from datetime import date

from hustings.people.models import Person
from hustings.register.access import where_electors_vote
from hustings.register.models import PollingStation, StationAllocation
from hustings.register.queries.matches import standing_elector_ids
from hustings.register.rules.matching.folding import house_of
from hustings.register.rules.stations import Key, KeyKind, station_of


class StationFinder:
    """Tells people's polling stations at one election; the allocations are read once, people by the batch.

    Somebody joined to an elector is found by the register: house, postcode, then polling district. Anybody else is found by
    the address they gave us. Where nothing is known, or councils' files contradict each other, nobody's station is named.
    """

    def __init__(self, *, election_id: str, on: date) -> None:
        self._on = on
        self._stations = {row.pk: row for row in PollingStation.objects.filter(election=election_id)}
        held: dict[Key, set[int]] = {}
        rows = StationAllocation.objects.filter(station__election=election_id)
        for kind, name, station in rows.values_list("kind", "key", "station_id"):
            held.setdefault((KeyKind(kind), name), set()).add(station)
        self._allocations = {key: self._one_building(stations) for key, stations in held.items()}

    @property
    def knows_any(self) -> bool:
        """Whether any station of the election is known with somebody who goes there."""
        return bool(self._allocations)

    def stations_of(self, *, people: Collection[Person]) -> dict[int, PollingStation]:
        """The station of each of these people for whom there is one, by their ids."""
        if not self._allocations:
            return {}
        listed = self._listed([person.pk for person in people])
        found: dict[int, PollingStation] = {}
        for person in people:
            own = (person.postcode, house_of(address=person.address_line) if person.address_line else "", "")
            for postcode, house, district in filter(None, (listed.get(person.pk), own)):
                station = station_of(
                    allocations=self._allocations, postcode=postcode, house=house, district=district
                )
                if station is not None:
                    found[person.pk] = self._stations[station]
                    break
        return found

    def station_at(self, *, postcode: str, address: str = "", district: str = "") -> PollingStation | None:
        """The station of one address, where it can be told."""
        house = house_of(address=address) if address else ""
        found = station_of(
            allocations=self._allocations, postcode=postcode, house=house, district=district.upper()
        )
        return None if found is None else self._stations[found]

    def _listed(self, person_ids: list[int]) -> dict[int, tuple[str, str, str]]:
        """Postcode, house and polling district of each person's current entry, while it may be read."""
        electors = standing_elector_ids(person_ids=person_ids)
        places = where_electors_vote(electors=list(electors.values()), on=self._on)
        return {person: places[elector] for person, elector in electors.items() if elector in places}

    def _one_building(self, stations: set[int]) -> frozenset[int]:
        """Stations of one name, address and postcode are one building, whichever council's file names it."""
        by_building = {
            (self._stations[pk].name, self._stations[pk].address, self._stations[pk].postcode): pk
            for pk in sorted(stations, reverse=True)
        }
        return frozenset(by_building.values())
