"""Which hosts could take which travellers: near enough, free on every night, and willing on both sides.

Compared in arrays, some hundred travellers of a band of latitude against every host who might be near enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hustings.places.rules.distance import distances_between
from hustings.volunteers.hosting.rules.stays import Host, Traveller

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_AT_A_TIME = 250
_EARTH_KM = 6371.0088
_KM_A_DEGREE = 111.0
#: A liked offer that is missing counts as much as this many kilometres.
DISLIKE_KM = 5.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Feasible pairs by traveller: those of traveller t are at `start[t]` up to `start[t + 1]`, cheapest first.

    `km` is the distance; `cost` is the distance and `DISLIKE_KM` for each liked offer that is missing.
    """

    start: Ints
    host: Ints
    km: Floats
    cost: Floats

    def traveller(self) -> Ints:
        """The traveller of each pair."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


def feasible_pairs(*, hosts: Sequence[Host], travellers: Sequence[Traveller]) -> Pairs:
    """Every pair in which the host is free on each night and within reach, and the conditions of both are met."""
    count = len(travellers)
    if not hosts or not travellers:
        return Pairs(np.zeros(count + 1, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    there = np.array([(host.lat, host.lon) for host in hosts])
    here = np.array([(traveller.lat, traveller.lon) for traveller in travellers])
    opens = np.array([host.available_from.toordinal() for host in hosts])
    closes = np.array([host.available_until.toordinal() for host in hosts])
    arrives = np.array([traveller.arrive_on.toordinal() for traveller in travellers])
    leaves = np.array([traveller.leave_on.toordinal() for traveller in travellers])
    reach = np.array([traveller.max_km for traveller in travellers])
    missing = ~np.array([host.offers for host in hosts])
    asks = np.array([host.asks for host in hosts])
    needs = np.array([traveller.needs for traveller in travellers])
    lacks = ~np.array([traveller.traits for traveller in travellers])
    prefers = np.array([traveller.prefers for traveller in travellers])
    # Both from south to north, so that some travellers at a time need only the hosts of a band of latitude.
    by_lat, host_by_lat = np.argsort(here[:, 0], kind="stable"), np.argsort(there[:, 0], kind="stable")
    lats = there[host_by_lat, 0]
    vectors, aims = _vectors(there[host_by_lat]).T.copy(), _vectors(here)
    opens, closes = opens[host_by_lat], closes[host_by_lat]
    missing, asks = missing[host_by_lat], asks[host_by_lat]
    # A first test on the cosine of the angle, a little too wide; the distance itself decides below.
    nearest_cosine = np.cos(np.minimum((reach * 1.0001 + 0.01) / _EARTH_KM, np.pi)) - 1e-12
    has_needs, has_asks = bool(needs.any()), bool(asks.any())
    rows, columns = [], []
    for first in range(0, count, _AT_A_TIME):
        part = by_lat[first : first + _AT_A_TIME]
        degrees = (float(reach[part].max()) + 1.0) / _KM_A_DEGREE
        low = int(np.searchsorted(lats, here[part[0], 0] - degrees))
        high = int(np.searchsorted(lats, here[part[-1], 0] + degrees))
        band = slice(low, high)
        fits = aims[part] @ vectors[:, band] >= nearest_cosine[part, None]
        fits &= opens[None, band] <= arrives[part, None]
        fits &= closes[None, band] >= leaves[part, None]
        if has_needs:
            fits &= (needs[part, None] & missing[None, band]) == 0
        if has_asks:
            fits &= (asks[None, band] & lacks[part, None]) == 0
        row, column = np.nonzero(fits)
        rows.append(part[row])
        columns.append(host_by_lat[column + low])
    missing = ~np.array([host.offers for host in hosts])
    row, column = np.concatenate(rows), np.concatenate(columns)
    km = distances_between(here=here[row], there=there[column])
    is_near = km <= reach[row]
    is_near &= _is_welcome(hosts, travellers, row, column)
    row, column, km = row[is_near], column[is_near], km[is_near]
    cost = km + DISLIKE_KM * np.bitwise_count(prefers[row] & missing[column]) if prefers.any() else km
    order = np.lexsort((column, cost, row))
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=count), out=start[1:])
    return Pairs(start, column[order], km[order], cost[order])


def _is_welcome(
    hosts: Sequence[Host], travellers: Sequence[Traveller], row: Ints, column: Ints
) -> npt.NDArray[np.bool_]:
    """False for pairs of a traveller and a household that they avoid."""
    welcome = np.ones(len(row), np.bool_)
    avoids = [traveller.avoids for traveller in travellers]
    has_some = np.array([bool(each) for each in avoids])
    for place in np.flatnonzero(has_some[row]).tolist():
        if hosts[column[place]].household in avoids[row[place]]:
            welcome[place] = False
    return welcome


def _vectors(points: Floats) -> Floats:
    """Unit vectors from the earth's middle to points in degrees."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
