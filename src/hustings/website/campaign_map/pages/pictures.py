"""The map as a picture without a script (SVG), and as outlines for the one with."""

from hashlib import blake2s
from typing import Any

from django.core.cache import cache
from django.db.models import Max, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.places.models import Boundary
from hustings.places.queries import centre_points
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.pages.reasons import Line, line_of
from hustings.website.campaign_map.rules.drawing import Window, path_of, picture, window_round

_ROUND_KM = 60.0
_DAY_S = 24 * 3600
#: Shades from need to none, and a pattern of their own for seats that are left out; numbers stand on the first.
_STYLE = (
    "path{stroke:#fff;stroke-width:.7;fill-rule:evenodd;fill:#dfe7e4}.b1{fill:#7a1230}.b2{fill:#c8553d}.b3{fill:#eab676}"
    ".b4{fill:#dfe7e4}.out{fill:#fff;stroke:#777;stroke-dasharray:2}circle{fill:#17222b}.you{fill:#0b5c4a;stroke:#fff;"
    "stroke-width:3}text{fill:#fff;font:700 17px sans-serif;text-anchor:middle}"
)


@require_safe
def picture_svg(request: HttpRequest, key: str) -> HttpResponse:
    """A board as SVG: the whole country, or 60 km round an outward code with the first seats numbered."""
    answer, origin = _asked(request, key)
    lines = {need.seat.code: line_of(need=need, party=answer.party) for need in answer.ranking.ranked}
    codes = [*lines, *(seat.code for seat in answer.ranking.left_out)]
    rows = Boundary.objects.filter(area__in=codes)
    window = window_round(lat=origin.lat, lon=origin.lon, km=_ROUND_KM) if origin else _whole(rows)
    first = answer.first if origin else ()
    points = centre_points(codes=[need.seat.code for need in first])
    marks = [
        (points[need.seat.code][1], points[need.seat.code][0], str(need.rank), "n")
        for need in first
        if need.seat.code in points
    ]
    if origin:
        marks.append((origin.lon, origin.lat, "", "you"))
    text = picture(
        shapes=_shapes(rows, window, key if origin is None else ""),
        classes={code: lines[code].band if code in lines else "out" for code in codes},
        titles={code: f"{line.rank}. {line.name}" for code, line in lines.items()} if origin else {},
        window=window,
        label=_("Map of %(title)s: the darker, the more a seat needs people") % {"title": answer.board.title},
        style=_STYLE,
        marks=marks,
    )
    return HttpResponse(text, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=600"})


@require_safe
def outlines(request: HttpRequest, key: str) -> JsonResponse:
    """A board's outlines as GeoJSON with rank, reason and address, for the map that moves."""
    answer, origin = _asked(request, key)
    lines = {need.seat.code: line_of(need=need, party=answer.party) for need in answer.ranking.ranked}
    rows = Boundary.objects.filter(area__in=list(lines))
    window = window_round(lat=origin.lat, lon=origin.lon, km=2 * _ROUND_KM) if origin else None
    features = [
        {
            "type": "Feature",
            "geometry": _coarse(boundary.geometry),
            "properties": _properties(lines[boundary.area_id]),
        }
        for boundary in (_inside(rows, window) if window else rows).order_by("area")
    ]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features}, headers={"Cache-Control": "public, max-age=600"}
    )


def _asked(request: HttpRequest, key: str) -> tuple[queries.Answer, queries.Origin | None]:
    try:
        board = queries.board(key=key)
        near = request.GET.get("near", "")
        origin = queries.origin_of_outward(outward=near) if near else None
    except (queries.NothingOnTheMap, queries.NoSuchOutward) as problem:
        raise Http404 from problem
    return queries.answer(board=board, party=queries.party_on_map(), origin=origin), origin


def _shapes(rows: QuerySet[Boundary], window: Window, keep_as: str) -> dict[str, str]:
    """The paths by code; those of a whole board are kept for a day, until outlines are imported anew."""
    state = f"{keep_as} {rows.count()} {window}"
    name = f"campaign-map-{blake2s(state.encode()).hexdigest()}" if keep_as else ""
    if name and (kept := cache.get(name)):
        return dict(kept)
    drawn = _inside(rows, window).order_by("area").values_list("area", "geometry")
    shapes = {code: path_of(geometry=geometry, window=window) for code, geometry in drawn}
    if name:
        cache.set(name, shapes, _DAY_S)
    return shapes


def _whole(rows: QuerySet[Boundary]) -> Window:
    ends = rows.aggregate(west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"))
    if ends["west"] is None:
        return Window(-8.7, 49.8, 1.8, 60.9)
    edge = (ends["north"] - ends["south"]) * 0.01
    return Window(ends["west"] - edge, ends["south"] - edge, ends["east"] + edge, ends["north"] + edge)


def _inside(rows: QuerySet[Boundary], window: Window) -> QuerySet[Boundary]:
    return rows.filter(
        east__gte=window.west, west__lte=window.east, north__gte=window.south, south__lte=window.north
    )


def _coarse(geometry: Any) -> Any:
    """The same outline to a thousandth of a degree, about a hundred metres."""

    def rounded(part: Any) -> Any:
        if part and isinstance(part[0], int | float):
            return [round(part[0], 3), round(part[1], 3)]
        return [rounded(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}


def _properties(line: Line) -> dict[str, Any]:
    return {"code": line.code, "name": line.name, "rank": line.rank, "band": line.band, "reason": line.reason}
