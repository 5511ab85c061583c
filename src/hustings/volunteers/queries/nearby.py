"""Volunteers near a point."""

from dataclasses import dataclass
from math import cos, radians

import numpy as np
from django.db.models import QuerySet

from hustings.places.rules.distance import distances_km
from hustings.volunteers.models import Volunteer

#: Kilometres in a degree of latitude, rounded down, so that the box is never too small.
_KM_A_DEGREE = 110.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NearVolunteer:
    """A volunteer and the distance of their postcode, in kilometres as the crow flies."""

    volunteer: Volunteer
    km: float


def near(
    *,
    latitude: float,
    longitude: float,
    within_km: float | None = None,
    limit: int | None = None,
    among: QuerySet[Volunteer] | None = None,
) -> tuple[NearVolunteer, ...]:
    """Active volunteers by distance from a point (degrees, WGS 84), nearest first; equal distances by id.

    Those whose postcode has no known point are left out. `among` narrows whom is looked at (a scope, a course).
    """
    rows = Volunteer.objects.all() if among is None else among
    rows = rows.filter(left_at=None, latitude__isnull=False, longitude__isnull=False)
    if within_km is not None:
        up = within_km / _KM_A_DEGREE
        across = up / max(0.05, cos(radians(min(89.0, abs(latitude) + up))))
        rows = rows.filter(
            latitude__range=(latitude - up, latitude + up),
            longitude__range=(longitude - across, longitude + across),
        )
    found = list(rows.select_related("person", "area").order_by("pk"))
    if not found:
        return ()
    points = np.array([(each.latitude, each.longitude) for each in found], dtype=np.float64)
    distances = distances_km(lat=latitude, lon=longitude, points=points)
    order = np.argsort(distances, kind="stable")
    chosen = [
        NearVolunteer(volunteer=found[place], km=float(distances[place]))
        for place in order
        if within_km is None or distances[place] <= within_km
    ]
    return tuple(chosen[:limit])
