"""From the British National Grid to latitude and longitude.

Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B to D: the transverse Mercator of
the grid undone on the Airy 1830 ellipsoid, then a seven-parameter Helmert shift from OSGB36 to WGS 84. The
shift is good to about five metres, which is far inside any postcode.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_AIRY = (6377563.396, 6356256.909)
_GRS80 = (6378137.0, 6356752.3141)
_SCALE = 0.9996012717
_ORIGIN_LAT, _ORIGIN_LON = np.radians(49.0), np.radians(-2.0)
_EAST, _NORTH = 400_000.0, -100_000.0
# OSGB36 to WGS 84: shifts in metres, rotations in seconds of arc, scale in parts per million.
_SHIFT = (446.448, -125.157, 542.060)
_TURN = (0.1502, 0.2470, 0.8421)
_GROW = -20.4894


def degrees_of(*, eastings: Floats, northings: Floats) -> tuple[Floats, Floats]:
    """Latitude and longitude in degrees (WGS 84) of grid references in metres."""
    lat, lon = _on_airy(np.asarray(eastings, dtype=float), np.asarray(northings, dtype=float))
    return _shifted(lat, lon)


def _on_airy(eastings: Floats, northings: Floats) -> tuple[Floats, Floats]:
    a, b = _AIRY
    e2 = 1 - (b * b) / (a * a)
    n = (a - b) / (a + b)
    lat = _ORIGIN_LAT + (northings - _NORTH) / (a * _SCALE)
    arc = _arc(lat, n, b)
    # Each round brings the arc of the meridian closer; five leave less than a hundredth of a millimetre.
    for _round in range(5):
        lat = lat + (northings - _NORTH - arc) / (a * _SCALE)
        arc = _arc(lat, n, b)
    sin, cos, tan = np.sin(lat), np.cos(lat), np.tan(lat)
    nu = a * _SCALE / np.sqrt(1 - e2 * sin**2)
    rho = a * _SCALE * (1 - e2) / (1 - e2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    east = eastings - _EAST
    vii = tan / (2 * rho * nu)
    viii = tan / (24 * rho * nu**3) * (5 + 3 * tan**2 + eta2 - 9 * tan**2 * eta2)
    ix = tan / (720 * rho * nu**5) * (61 + 90 * tan**2 + 45 * tan**4)
    x = 1 / (cos * nu)
    xi = 1 / (cos * 6 * nu**3) * (nu / rho + 2 * tan**2)
    xii = 1 / (cos * 120 * nu**5) * (5 + 28 * tan**2 + 24 * tan**4)
    xiia = 1 / (cos * 5040 * nu**7) * (61 + 662 * tan**2 + 1320 * tan**4 + 720 * tan**6)
    return (
        lat - vii * east**2 + viii * east**4 - ix * east**6,
        _ORIGIN_LON + x * east - xi * east**3 + xii * east**5 - xiia * east**7,
    )


def _arc(lat: Floats, n: float, b: float) -> Floats:
    """Length of the meridian from the grid's origin to a latitude, in metres."""
    less, more = lat - _ORIGIN_LAT, lat + _ORIGIN_LAT
    arc: Floats = (
        b
        * _SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )
    return arc


def _shifted(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    a, b = _AIRY
    e2 = 1 - (b * b) / (a * a)
    nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    x, y, z = nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), nu * (1 - e2) * np.sin(lat)
    rx, ry, rz = (np.radians(seconds / 3600) for seconds in _TURN)
    grow = 1 + _GROW / 1e6
    tx, ty, tz = _SHIFT
    x, y, z = (
        tx + grow * x - rz * y + ry * z,
        ty + rz * x + grow * y - rx * z,
        tz - ry * x + rx * y + grow * z,
    )
    a, b = _GRS80
    e2 = 1 - (b * b) / (a * a)
    flat = np.hypot(x, y)
    lat = np.arctan2(z, flat * (1 - e2))
    for _round in range(5):
        nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), flat)
    return np.degrees(lat), np.degrees(np.arctan2(y, x))
