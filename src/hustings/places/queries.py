"""Look-ups of places that other apps call: postcodes, areas, what lies inside what, what is near."""

import os
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.places.models import Area, AreaKind, AreaLink, Venue
from hustings.places.postcode_file import Located, LocatedMany, PostcodeFile, PostcodeStatus
from hustings.places.rules.distance import Near, nearest

__all__ = [
    "Located",
    "LocatedMany",
    "Near",
    "PostcodeStatus",
    "area",
    "area_chain",
    "areas_inside",
    "areas_on",
    "centre_points",
    "explain",
    "locate",
    "locate_many",
    "nearest_areas",
    "outward_middle",
    "postcode_file_path",
    "postcodes_in_use",
    "venues",
]


# Shares come rounded; what is this near to one is the whole.
_WHOLLY = 0.9999


def postcode_file_path() -> Path:
    """Where this installation keeps its postcode look-up."""
    return Path(settings.HUSTINGS_HOME) / "places" / "postcodes.bin"


class _Held:
    """The postcode look-up that this process has open, and which file it is."""

    home: object = None
    path = ""
    identity: tuple[int, int, int] | None = None
    file: PostcodeFile | None = None


def postcodes_in_use() -> PostcodeFile:
    """The postcode look-up in use, opened once and again when an import has replaced it.

    Where nothing has been imported it is an empty one, to which every good postcode is unknown.
    """
    home = settings.HUSTINGS_HOME
    if home is not _Held.home:
        _Held.home, _Held.path, _Held.identity = home, str(postcode_file_path()), None
    try:
        found = os.stat(_Held.path)
    except FileNotFoundError:
        return _empty()
    identity = found.st_ino, found.st_mtime_ns, found.st_size
    if identity != _Held.identity or _Held.file is None:
        _Held.file = PostcodeFile.open(Path(_Held.path))
        _Held.identity = identity
    return _Held.file


@lru_cache(maxsize=1)
def _empty() -> PostcodeFile:
    from hustings.places.postcode_file.writing import empty_file

    return empty_file()


def locate(*, postcode: str) -> Located:
    """Where a postcode in any spelling is; the status tells live, terminated, unknown and invalid apart.

    A postcode of Northern Ireland has a status of its own where the data in use has none of them.
    """
    return postcodes_in_use().locate(postcode)


def locate_many(*, postcodes: Sequence[str]) -> LocatedMany:
    """Where any number of postcodes are, in their order; a million take about half a second."""
    return postcodes_in_use().locate_many(postcodes)


def outward_middle(*, outward: str) -> tuple[float, float] | None:
    """The middle of an outward code's live postcodes, latitude and longitude, to a thousandth of a degree (about 100 m);
    `None` for one that is not known.
    """
    found = postcodes_in_use().middle_of_outward(outward.strip().upper())
    return None if found is None else (round(found[0], 3), round(found[1], 3))


def explain(*, located: Located) -> str:
    """A sentence about an answer that needs one: why a postcode is not found, or how far its seat may be trusted."""
    if located.status == PostcodeStatus.INVALID:
        try:
            parse_postcode(located.postcode)
        except PostcodeError as fault:
            return fault.told(_)
    if located.status == PostcodeStatus.NORTHERN_IRELAND:
        return _(
            "The postcodes in use cover Great Britain alone. For Northern Ireland, import the ONS Postcode "
            "Directory."
        )
    if located.status == PostcodeStatus.UNKNOWN:
        return _explain_unknown(located.postcode)
    if located.status == PostcodeStatus.TERMINATED:
        return _("This postcode is no longer in use. It may still be right for an older address.")
    if located.constituency_basis in {"split", "polygon"}:
        return _("The constituency is reckoned from the postcode's point and may be wrong near a boundary.")
    return ""


def _explain_unknown(postcode: str) -> str:
    file = postcodes_in_use()
    if not file.rows:
        return _("No postcodes have been imported yet. Import Code-Point Open or the ONS Postcode Directory.")
    postcode_area = parse_postcode(postcode).area
    if postcode_area not in file.areas:
        return _("The postcodes in use have none of the area {area}. Import a file that covers it.").format(
            area=postcode_area
        )
    return _("No such postcode is known. Check it, or the street on the Royal Mail's postcode finder.")


def area(*, code: str) -> Area | None:
    """The area with this GSS code, or `None`."""
    return Area.objects.filter(code=code).first()


def areas_on(*, kind: str, on: date) -> QuerySet[Area]:
    """The areas of a kind that exist on a day, by name."""
    return Area.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gt=on), kind=kind
    ).order_by("name", "code")


def areas_inside(*, code: str) -> frozenset[str]:
    """The codes of an area and of everything below it: a council's wards, a constituency's wards.

    A ward lies below a constituency when it lies wholly in it.
    """
    found, edge = {code}, {code}
    while edge:
        below = Area.objects.filter(parent__in=edge).values_list("code", flat=True)
        wholly = AreaLink.objects.filter(
            outer__in=edge, inner__kind=AreaKind.WARD, population_share__gte=_WHOLLY
        )
        edge = {*below, *wholly.values_list("inner", flat=True)} - found
        found |= edge
    return frozenset(found)


def area_chain(*, code: str) -> tuple[str, ...]:
    """The codes from an area upwards: ward, council, county, region, nation; empty for an unknown code."""
    chain: list[str] = []
    current: str | None = code
    while current and current not in chain:
        row = Area.objects.filter(code=current).values_list("parent", flat=True)
        if not row:
            break
        chain.append(current)
        current = row[0]
    return tuple(chain)


def centre_points(*, codes: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of areas' centre points.

    An area without a published centre point gets the middle of its live postcodes, and none where it has
    none.
    """
    points = {
        code: (lat, lon)
        for code, lat, lon in Area.objects.filter(code__in=codes).values_list("code", "lat", "lon")
        if lat is not None and lon is not None
    }
    if missing := set(codes) - points.keys():
        middles = postcodes_in_use().middles()
        points |= {code: middles[code] for code in missing & middles.keys()}
    return points


def nearest_areas(*, lat: float, lon: float, kind: str, on: date, limit: int) -> tuple[Near, ...]:
    """The areas of a kind whose centre points are nearest to a point, with the distance in kilometres."""
    codes = list(areas_on(kind=kind, on=on).values_list("code", flat=True))
    return nearest(lat=lat, lon=lon, points=centre_points(codes=codes), limit=limit)


def venues(*, kind: str = "", inside: str = "") -> QuerySet[Venue]:
    """Venues that are in use, of one kind where it is named, in an area and everything inside it where one is named."""
    found = Venue.objects.filter(left_on=None)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(area__in=areas_inside(code=inside)) if inside else found
