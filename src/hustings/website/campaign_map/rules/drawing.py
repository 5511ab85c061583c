"""Outlines as a small picture: projected flat, snapped to a grid of whole units, and written as SVG paths.

At the size of a phone a constituency is some pixels wide; a point that falls on the same grid unit as the one before it is
dropped, and a ring that shrinks to a dot becomes a small square, so that no seat disappears.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the map that is drawn, in degrees, and how many units high the picture is."""

    west: float
    south: float
    east: float
    north: float
    height: int = 640

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude in the middle of the window."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def width(self) -> int:
        """Units across."""
        return max(1, round((self.east - self.west) * self.squeeze / (self.north - self.south) * self.height))

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        """A point in whole units from the top left."""
        scale = self.height / (self.north - self.south)
        return round((lon - self.west) * self.squeeze * scale), round((self.north - lat) * scale)


def window_round(*, lat: float, lon: float, km: float) -> Window:
    """A square window with a point in its middle and `km` to each side."""
    up = km / 111.2
    across = up / max(0.2, cos(radians(lat)))
    return Window(lon - across, lat - up, lon + across, lat + up)


def path_of(*, geometry: Any, window: Window) -> str:
    """A Polygon or MultiPolygon as the `d` of an SVG path, with relative lines; holes are rings like others (even-odd)."""
    rings = (_ring(ring, window) for ring in _rings(geometry))
    whole = "".join(ring for ring in rings if ring)
    if whole:
        return whole
    lon, lat = next(_rings(geometry))[0][:2]
    x, y = window.at(lon, lat)
    return f"M{x - 1} {y - 1}h2v2h-2z"


def picture(
    *, shapes: Mapping[str, str], classes: Mapping[str, str], titles: Mapping[str, str], window: Window,
    label: str, style: str, marks: Iterable[tuple[float, float, str, str]] = (),
) -> str:  # fmt: skip
    """A whole SVG: a path for each code with its class and title, and marks (longitude, latitude, text, class) on top."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {window.width} {window.height}" role="img" '
        f"aria-label={quoteattr(label)}><style>{escape(style)}</style>"
    ]
    for code, path in shapes.items():
        title = f"<title>{escape(titles[code])}</title>" if code in titles else ""
        end = f">{title}</path>" if title else "/>"
        lines.append(f'<path class={quoteattr(classes.get(code, ""))} d="{path}"{end}')
    for lon, lat, text, kind in marks:
        x, y = window.at(lon, lat)
        if 0 <= x <= window.width and 0 <= y <= window.height:
            lines.append(
                f'<circle class={quoteattr(kind)} cx="{x}" cy="{y}" r="15"/><text x="{x}" y="{y + 6}">{escape(text)}</text>'
                if text
                else f'<circle class={quoteattr(kind)} cx="{x}" cy="{y}" r="8"/>'
            )
    return "".join([*lines, "</svg>"])


def _rings(geometry: Any) -> Iterator[Sequence[Sequence[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def _ring(ring: Sequence[Sequence[float]], window: Window) -> str:
    points = [window.at(point[0], point[1]) for point in ring]
    kept = [points[0]]
    for point in points[1:]:
        if point != kept[-1]:
            kept.append(point)
    if len(kept) < 4:
        return ""
    (x, y), steps = kept[0], []
    for next_x, next_y in kept[1:-1]:
        steps.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z".replace(" -", "-")
