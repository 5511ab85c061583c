"""GeoJSON outlines: checked, boxed, and asked whether a point lies inside.

RFC 7946: positions are longitude, latitude (WGS 84); a ring has at least four positions, the last equal to
the first.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple


class BadOutline(ValueError):
    """The geometry is not an outline on the ground in longitude and latitude; the message says why."""


class Box(NamedTuple):
    """The bounding box of an outline in degrees."""

    west: float
    south: float
    east: float
    north: float


def box_of(geometry: Any) -> Box:
    """The bounding box of a Polygon or MultiPolygon; raises `BadOutline` for anything that is not one."""
    lons: list[float] = []
    lats: list[float] = []
    for ring in _rings(geometry):
        if len(ring) < 4 or list(ring[0][:2]) != list(ring[-1][:2]):
            raise BadOutline("A ring is not closed: its last point must be its first.")
        lons += [point[0] for point in ring]
        lats += [point[1] for point in ring]
    if not lons:
        raise BadOutline("The outline is empty.")
    box = Box(min(lons), min(lats), max(lons), max(lats))
    if not (box.west >= -180 and box.east <= 180 and box.south >= -90 and box.north <= 90):
        raise BadOutline("The outline is not in degrees of longitude and latitude (perhaps grid references).")
    return box


def contains(geometry: Any, *, lat: float, lon: float) -> bool:
    """Say whether a point lies inside a Polygon or MultiPolygon, holes left out."""
    # Counting crossings over all rings at once leaves holes out by itself: they turn the answer back.
    is_inside = False
    for ring in _rings(geometry):
        before_lon, before_lat = ring[-1][:2]
        for point in ring:
            here_lon, here_lat = point[:2]
            if (here_lat > lat) != (before_lat > lat):
                crossing = before_lon + (lat - before_lat) / (here_lat - before_lat) * (here_lon - before_lon)
                if lon < crossing:
                    is_inside = not is_inside
            before_lon, before_lat = here_lon, here_lat
    return is_inside


def _rings(geometry: Any) -> Iterator[Sequence[Sequence[float]]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise BadOutline(f"The outline is a {kind or 'missing geometry'}, not a Polygon or MultiPolygon.")
    polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            if not all(
                len(point) >= 2 and all(isinstance(c, int | float) for c in point[:2]) for point in ring
            ):
                raise BadOutline("A point of the outline is not a pair of numbers.")
            yield ring
