"""Distances over the ground."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

# Mean radius of the earth (IUGG), in kilometres. The error of taking the earth for a ball is under half a
# per cent.
_RADIUS_KM = 6371.0088


class Near(NamedTuple):
    """An area and how far away its centre point is."""

    code: str
    distance_km: float


def nearest(
    *, lat: float, lon: float, points: Mapping[str, tuple[float, float]], limit: int
) -> tuple[Near, ...]:
    """The nearest of the points (code → latitude, longitude in degrees) by great circle, nearest first.

    Equal distances are ordered by code, so that the order never depends on chance.
    """
    if not points:
        return ()
    codes = sorted(points)
    distances = distances_km(lat=lat, lon=lon, points=np.array([points[code] for code in codes]))
    order = np.argsort(distances, kind="stable")[:limit]
    return tuple(Near(codes[place], float(distances[place])) for place in order)


def distances_km(
    *, lat: float, lon: float, points: "np.ndarray[tuple[int, int], np.dtype[np.float64]]"
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Great-circle distances in kilometres from one point to many (rows of latitude and longitude in degrees)."""
    return distances_between(here=np.array([[lat, lon]]), there=points)


def distances_between(
    *,
    here: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
    there: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Great-circle distances in kilometres, row by row (latitude and longitude in degrees); one row goes with any number."""
    start, end = np.radians(here), np.radians(there)
    half_lat, half_lon = (end[:, 0] - start[:, 0]) / 2, (end[:, 1] - start[:, 1]) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(start[:, 0]) * np.cos(end[:, 0]) * np.sin(half_lon) ** 2
    distances: np.ndarray[tuple[int], np.dtype[np.float64]] = 2 * _RADIUS_KM * np.arcsin(np.sqrt(chord))
    return distances
