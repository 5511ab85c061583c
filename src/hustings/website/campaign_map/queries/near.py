"""What goes on near a place: events of ours and of other installations, and groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from hustings.places.models import Area
from hustings.places.queries import areas_inside, centre_points
from hustings.places.rules.distance import nearest
from hustings.volunteers.models import Event, EventState, Group, GroupState
from hustings.website.campaign_map.models import NeighbourEvent
from hustings.website.campaign_map.queries import Origin

_LOOKED_AT = 300
_FAR_KM = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event near a place: ours, or another installation's where `source` names it."""

    title: str
    starts_at: datetime
    place: str
    url: str
    lat: float | None
    lon: float | None
    area: str
    source: str = ""
    km: float | None = None


def happenings_near(
    *, now: datetime, origin: Origin | None = None, code: str = "", limit: int = 5
) -> list[Happening]:
    """The next events within 60 km of a point, or in a seat, soonest first."""
    coming = [*_ours(now), *_neighbours(now)]
    if origin is not None:
        near = _within(coming, origin)
    else:
        inside = areas_inside(code=code)
        near = [each for each in coming if each.area in inside]
    return sorted(near, key=lambda each: (each.starts_at, each.title))[:limit]


def groups_near(*, origin: Origin | None = None, code: str = "", limit: int = 5) -> list[Group]:
    """Open groups of a seat, or the nearest to a point by their area's centre."""
    rows = Group.objects.filter(state=GroupState.OPEN).select_related("area").order_by("name", "number", "pk")
    if origin is None:
        inside = areas_inside(code=code)
        return [group for group in rows if group.area_id in inside][:limit]
    groups = [group for group in rows if group.area_id]
    points = centre_points(codes=sorted({str(group.area_id) for group in groups}))
    found = nearest(lat=origin.lat, lon=origin.lon, points=points, limit=len(points))
    km = {each.code: each.distance_km for each in found if each.distance_km <= _FAR_KM}
    near = [group for group in groups if group.area_id in km]
    return sorted(near, key=lambda group: (km[str(group.area_id)], group.name))[:limit]


def address_of(*, name: str, argument: object) -> str:
    """The address of a page of another app; empty where that app has no such page."""
    try:
        return reverse(name, args=[argument])
    except NoReverseMatch:
        return ""


def _ours(now: datetime) -> Iterable[Happening]:
    rows = Event.objects.filter(state=EventState.OPEN, ends_at__gt=now).order_by("starts_at", "pk")
    for event in rows[:_LOOKED_AT]:
        yield Happening(
            title=event.title,
            starts_at=event.starts_at,
            place=event.place,
            url=address_of(name="volunteers:event", argument=event.slug),
            lat=event.latitude,
            lon=event.longitude,
            area=event.area_id or "",
        )


def _neighbours(now: datetime) -> Iterable[Happening]:
    rows = NeighbourEvent.objects.filter(ends_at__gt=now, neighbour__is_active=True)
    for event in rows.select_related("neighbour").order_by("starts_at", "pk")[:_LOOKED_AT]:
        yield Happening(
            title=event.title,
            starts_at=event.starts_at,
            place=event.place,
            url=event.url,
            lat=event.lat,
            lon=event.lon,
            area=event.area_code,
            source=event.neighbour.name,
        )


def _within(coming: list[Happening], origin: Origin) -> list[Happening]:
    from dataclasses import replace

    areas = {each.area for each in coming if each.lat is None and each.area}
    centres = centre_points(
        codes=sorted(areas & set(Area.objects.filter(pk__in=areas).values_list("pk", flat=True)))
    )
    points: dict[str, tuple[float, float]] = {}
    for place, each in enumerate(coming):
        if each.lat is not None and each.lon is not None:
            points[str(place)] = each.lat, each.lon
        elif each.area in centres:
            points[str(place)] = centres[each.area]
    found = nearest(lat=origin.lat, lon=origin.lon, points=points, limit=len(points))
    return [
        replace(coming[int(near.code)], km=near.distance_km) for near in found if near.distance_km <= _FAR_KM
    ]
