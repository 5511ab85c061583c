"""Reading one row about a venue: cells in, a checked venue out, or a sentence about what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hustings.basics.phone import NotAPhoneNumber, parse_phone
from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.places.rules.great_britain import elsewhere_by_postcode, outside_great_britain
from hustings.places.rules.grid import degrees_of

#: A venue's point further than this from its postcode's point is a slip in one of the two.
MOST_KM_FROM_POSTCODE = 10.0


class VenueRefused(Exception):
    """A venue cannot be kept as it is written; the message is a sentence that says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class VenueRow:
    """One venue as its source has it. Without a point, the postcode's point is used."""

    kind: str
    name: str
    address: str
    postcode: str
    point: tuple[float, float] | None
    phone: str
    reference: str
    area_codes: tuple[str, ...] = ()


def read_venue(
    *,
    kind: str,
    name: str,
    reference: str,
    address: str = "",
    postcode: str = "",
    point: tuple[float, float] | None = None,
    phone: str = "",
    area_codes: tuple[str, ...] = (),
) -> VenueRow:
    """Check what a source says about a venue. Raises `VenueRefused`."""
    tidy = " ".join(name.split())
    if not tidy:
        raise VenueRefused("The place has no name. Give the name that stands at its door.")
    written = _postcode(postcode)
    if point is None and not written:
        raise VenueRefused(f"{tidy} has neither a postcode nor coordinates. Give one of them.")
    if point is not None and (where := outside_great_britain(lat=point[0], lon=point[1])):
        raise VenueRefused(
            f"{tidy} lies {where} ({point[0]:.4f}, {point[1]:.4f}), not in Great Britain. Check its coordinates."
        )
    return VenueRow(
        kind=kind,
        name=tidy[:160],
        address=" ".join(address.split())[:300],
        postcode=written,
        point=point,
        phone=_phone(phone),
        reference=reference[:80],
        area_codes=area_codes,
    )


def point_of(*, cells: Mapping[str, str]) -> tuple[float, float] | None:
    """The point of a row with `latitude` and `longitude` in degrees, or `easting` and `northing` in metres; or none.

    Raises `VenueRefused` for half a point and for what is no number.
    """
    lat, lon = cells.get("latitude", ""), cells.get("longitude", "")
    east, north = _metres(cells.get("easting", "")), _metres(cells.get("northing", ""))
    if lat or lon:
        try:
            return float(lat), float(lon)
        except ValueError:
            raise VenueRefused(
                f"“{lat}”, “{lon}” is not a latitude and a longitude in degrees, such as 53.4808, -2.2426."
            ) from None
    if not east and not north:
        return None
    try:
        metres = float(east), float(north)
    except ValueError:
        raise VenueRefused(
            f"“{east}”, “{north}” is not an easting and a northing in metres, such as 383819, 398052."
        ) from None
    if not (0 <= metres[0] < 700_000 and 0 <= metres[1] < 1_300_000):
        raise VenueRefused(f"The grid reference {east}, {north} lies outside the British National Grid.")
    found_lat, found_lon = degrees_of(eastings=np.array([metres[0]]), northings=np.array([metres[1]]))
    return round(float(found_lat[0]), 6), round(float(found_lon[0]), 6)


def _metres(text: str) -> str:
    return re.sub(r"[\s,]", "", text)


def _postcode(text: str) -> str:
    if not text.strip():
        return ""
    try:
        postcode = parse_postcode(text)
    except PostcodeError as fault:
        raise VenueRefused(str(fault)) from fault
    area = re.match(r"[A-Z]+", postcode.outward)
    if area and (land := elsewhere_by_postcode(area=area[0])):
        raise VenueRefused(f"The postcode {postcode.spaced} is in {land}; only Great Britain is covered.")
    return postcode.spaced


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return parse_phone(text).national[:20]
    except NotAPhoneNumber as fault:
        raise VenueRefused(str(fault)) from fault
