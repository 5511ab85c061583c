"""Whether a point lies in Great Britain: a coarse outline that keeps Ireland, Man, France and the open sea out.

The boxes follow coasts with some kilometres of sea to spare, so that no place on the island or its isles is refused. What
they let through and is not land is caught by the postcode beside it, or seen on the map.
"""

from typing import NamedTuple


class _Box(NamedTuple):
    south: float
    north: float
    west: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        return self.south <= lat <= self.north and self.west <= lon <= self.east


# From the Scilly Isles (49.86) to Out Stack in Shetland (60.86), from St Kilda (-8.65) to Lowestoft (1.77), and on to where
# the fictional borough of Barset lies in the sea.
_AROUND = _Box(49.8, 60.9, -8.8, 2.1)
# Ireland with its isles, but for the strip in which Kintyre comes nearest to it.
_IRELAND = _Box(51.3, 55.45, -11.0, -5.4)
_KINTYRE = _Box(55.25, 55.45, -5.95, -5.4)
_MAN = _Box(54.0, 54.45, -4.9, -4.25)
_FRANCE = (_Box(49.8, 50.5, -3.4, 2.1), _Box(50.5, 51.05, 1.2, 2.1))

#: First letters of postcodes that are not in Great Britain, and where they are.
_ELSEWHERE = {"BT": "Northern Ireland", "IM": "the Isle of Man", "GY": "Guernsey", "JE": "Jersey"}


def outside_great_britain(*, lat: float, lon: float) -> str:
    """Where a point lies that is not in Great Britain, in words; empty for one that is. Degrees in WGS 84."""
    if _IRELAND.holds(lat, lon) and not _KINTYRE.holds(lat, lon):
        return "in Ireland"
    if _MAN.holds(lat, lon):
        return "on the Isle of Man"
    if any(box.holds(lat, lon) for box in _FRANCE):
        return "in the Channel or in France"
    return "" if _AROUND.holds(lat, lon) else "far outside Great Britain"


def elsewhere_by_postcode(*, area: str) -> str:
    """The land outside Great Britain that a postcode area belongs to; empty for all others."""
    return _ELSEWHERE.get(area, "")
