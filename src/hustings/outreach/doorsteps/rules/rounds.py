"""From addresses to rounds: every door in exactly one round, streets in a short order, houses as one walks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from hustings.outreach.doorsteps.rules.cutting import Block, cut
from hustings.outreach.doorsteps.rules.houses import House, natural_key, read_house
from hustings.outreach.doorsteps.rules.tours import shortest_walk
from hustings.outreach.doorsteps.rules.walking import walking_order

#: Doors a pair of volunteers gets round in an evening.
USUAL_DOORS = 60

_METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One door's address: the line as the register has it, and the postcode."""

    line: str
    postcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A door in its place within a round."""

    address: Address
    street: str
    house: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRound:
    """A round as it is walked; `is_placed` is false where no postcode in it has coordinates."""

    stops: tuple[Stop, ...]
    is_placed: bool

    @property
    def streets(self) -> tuple[str, ...]:
        """The streets in the order in which they are walked."""
        return tuple(dict.fromkeys(stop.street for stop in self.stops))


def plan_rounds(
    *, addresses: Sequence[Address], points: Mapping[str, tuple[float, float]], size: int = USUAL_DOORS
) -> list[PlannedRound]:
    """Part addresses into rounds of about `size` doors, each in walking order; every address once.

    `points` gives latitude and longitude of postcodes. Doors whose postcode is not among them come in rounds of their own at the
    end, in the order of postcodes and streets. A postcode with far more doors than a round (a tower) is parted in walking order.
    """
    by_postcode: dict[str, list[Address]] = {}
    for address in sorted(set(addresses)):
        by_postcode.setdefault(address.postcode, []).append(address)
    pieces: dict[str, list[Address]] = {}
    blocks = []
    metres = _in_metres(points)
    for postcode in sorted(by_postcode):
        if postcode not in metres:
            continue
        for number, piece in enumerate(_pieces(by_postcode[postcode], size)):
            key = f"{postcode}#{number:04}"
            pieces[key] = piece
            x, y = metres[postcode]
            blocks.append(Block(key=key, doors=len(piece), x=x, y=y))
    rounds = []
    for group in cut(blocks=blocks, size=size):
        members = [address for block in group for address in pieces[block.key]]
        rounds.append(PlannedRound(stops=tuple(_walk(members, metres)), is_placed=True))
    unplaced = [
        address
        for postcode in sorted(set(by_postcode) - set(metres))
        for address in _in_streets(by_postcode[postcode])
    ]
    rounds += [
        PlannedRound(stops=tuple(_stop(address) for address in piece), is_placed=False)
        for piece in _equal_parts(unplaced, size)
    ]
    return rounds


def _in_metres(points: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Flat coordinates: over the few miles of an area the earth is flat enough."""
    if not points:
        return {}
    middle = sum(lat for lat, _ in points.values()) / len(points)
    across = _METRES_A_DEGREE * cos(radians(middle))
    return {postcode: (lon * across, lat * _METRES_A_DEGREE) for postcode, (lat, lon) in points.items()}


def _pieces(addresses: list[Address], size: int) -> list[list[Address]]:
    """A postcode whole, unless it alone is half as much again as a round."""
    ordered = _in_streets(addresses)
    return [ordered] if len(ordered) <= size * 1.5 else _equal_parts(ordered, size)


def _equal_parts(addresses: list[Address], size: int) -> list[list[Address]]:
    if not addresses:
        return []
    number = max(1, round(len(addresses) / max(1, size)))
    ends = [round(len(addresses) * part / number) for part in range(number + 1)]
    return [addresses[start:end] for start, end in pairwise(ends)]


def _in_streets(addresses: list[Address]) -> list[Address]:
    """Street by street in the order of names, each in walking order."""
    streets = _by_street(addresses)
    return [
        address
        for name in sorted(streets, key=lambda name: natural_key(text=name))
        for address in walking_order(houses=streets[name])
    ]


def _by_street(addresses: Sequence[Address]) -> dict[str, dict[Address, House]]:
    """Houses by street, whatever the case of its name; an address without a street belongs to its postcode."""
    streets: dict[str, dict[Address, House]] = {}
    for address in addresses:
        house = read_house(address=address.line)
        streets.setdefault(house.street.casefold() or address.postcode, {})[address] = house
    return streets


def _walk(addresses: list[Address], metres: Mapping[str, tuple[float, float]]) -> list[Stop]:
    """The streets of one round in a short order, each from end to end."""
    streets = _by_street(addresses)
    names = sorted(streets)
    middles = []
    for name in names:
        at = [metres[address.postcode] for address in streets[name]]
        middles.append((sum(x for x, _ in at) / len(at), sum(y for _, y in at) / len(at)))
    return [
        _stop(address)
        for place in shortest_walk(points=middles)
        for address in walking_order(houses=streets[names[place]])
    ]


def _stop(address: Address) -> Stop:
    house = read_house(address=address.line)
    return Stop(address=address, street=house.street or address.postcode, house=house.label or address.line)
