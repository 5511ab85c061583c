"""Which polling station is whose: from the rows of a council's election management export to the fewest keys that tell it.

An export has one row for each property. A polling district whose properties all go to one station is told by its letters, a
postcode likewise; only where a postcode is divided between stations does each house need a key of its own. What is divided
and cannot be told apart gets no key: then nobody is told anything, rather than something that may be wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class KeyKind(StrEnum):
    """What an allocation goes by, the most exact first."""

    HOUSE = "house"
    POSTCODE = "postcode"
    DISTRICT = "district"


@dataclass(frozen=True, kw_only=True)
class StationFact:
    """One polling station as an export names it; `reference` is the export's own name for it within the council."""

    reference: str
    name: str
    address: str
    postcode: str


@dataclass(frozen=True, kw_only=True)
class PropertyRow:
    """One property: its postcode ("BN15 9DH" or empty), its house key, its polling district, and its station's reference."""

    postcode: str
    house: str
    district: str
    station: str


Key = tuple[KeyKind, str]


def house_key(*, postcode: str, house: str) -> str:
    """The key of one house: its postcode and its number or name as matching folds it."""
    return f"{postcode}|{house}"


def keys_of(*, postcode: str, house: str, district: str) -> tuple[Key, ...]:
    """Every key under which an address could be allocated, the most exact first; parts that are not known give none."""
    keys: list[Key] = []
    if postcode and house:
        keys.append((KeyKind.HOUSE, house_key(postcode=postcode, house=house)))
    if postcode:
        keys.append((KeyKind.POSTCODE, postcode))
    if district:
        keys.append((KeyKind.DISTRICT, district))
    return tuple(keys)


def allocate(*, rows: Iterable[PropertyRow]) -> dict[Key, str]:
    """The station of each key that has only one, without houses whose postcode tells it already."""
    seen: dict[Key, set[str]] = defaultdict(set)
    for row in rows:
        for key in keys_of(postcode=row.postcode, house=row.house, district=row.district):
            seen[key].add(row.station)
    single = {key: next(iter(stations)) for key, stations in seen.items() if len(stations) == 1}
    return {
        (kind, name): station
        for (kind, name), station in single.items()
        if kind is not KeyKind.HOUSE or (KeyKind.POSTCODE, name.partition("|")[0]) not in single
    }


def station_of(
    *, allocations: Mapping[Key, frozenset[int]], postcode: str, house: str, district: str
) -> int | None:
    """The one station of an address, by the most exact key that is known; none where councils' keys contradict each other.

    `allocations` gives for each key the stations that any council's file allocates to it. A postcode that is divided has no
    key of its own, so its houses are told apart or nothing is said: the district is asked only where the postcode is unknown
    or divided, and it too has a key only where all its properties go to one station.
    """
    for key in keys_of(postcode=postcode, house=house, district=district):
        stations = allocations.get(key)
        if stations:
            return next(iter(stations)) if len(stations) == 1 else None
    return None
