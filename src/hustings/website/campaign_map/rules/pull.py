"""Where the map sends people: from every seat's middle, which seat comes first."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from hustings.elections.rules.need import WEIGHTS, Need
from hustings.places.rules.distance import distances_km


def first_from_everywhere(
    *, needs: Sequence[Need], points: Mapping[str, tuple[float, float]]
) -> Counter[str]:
    """How many of the seats' own middles have each seat as the first of their list: the sum is the number of points.

    A seat that comes first from many places draws people from all of them; a target spreads them. Kilometres are not
    rounded here, so that at a place between two seats the list itself may name the other one.
    """
    placed = [need for need in needs if need.points is not None and need.seat.code in points]
    if not placed:
        return Counter()
    base = np.array([float((need.points or 0) - need.travel_points) for need in placed])
    where = np.array([points[need.seat.code] for need in placed])
    counts: Counter[str] = Counter()
    for lat, lon in points.values():
        far = distances_km(lat=lat, lon=lon, points=where)
        counts[placed[int(np.argmin(base + far * float(WEIGHTS.per_km)))].seat.code] += 1
    return counts
