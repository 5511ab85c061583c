"""Keeping venues: new ones added, changed ones brought up to date, the rest left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction

from hustings.places.models import Area, AreaKind, Venue
from hustings.places.queries import PostcodeStatus, centre_points, explain, locate
from hustings.places.rules.distance import distances_km, nearest
from hustings.places.rules.venue_rows import MOST_KM_FROM_POSTCODE, VenueRefused, VenueRow

_FIELDS = ("kind", "name", "address", "postcode", "latitude", "longitude", "area_id", "phone", "left_on")
_NEARBY_KM = 15.0


@dataclass(frozen=True, kw_only=True)
class PlacedVenue:
    """A venue with its point and the area that holds it."""

    row: VenueRow
    latitude: float
    longitude: float
    area_id: str | None


class Placing:
    """Finds points and areas for many venues; what the database knows of areas is read once."""

    def __init__(self) -> None:
        self._areas = set(Area.objects.values_list("code", flat=True))
        wards = Area.objects.filter(kind=AreaKind.WARD, valid_until=None).values_list("code", flat=True)
        self._wards = list(wards)
        self._centres: dict[str, tuple[float, float]] | None = None

    def place(self, *, row: VenueRow) -> PlacedVenue:
        """The venue with its point and area. Raises `VenueRefused` where the postcode gives no point, or another one.

        The area is the postcode's ward, else the first of the source's own codes that is known, else the ward whose centre
        is nearest within 15 km, else the postcode's district; none where nothing is known of any.
        """
        located = locate(postcode=row.postcode) if row.postcode else None
        of_postcode = None
        if located is not None and located.lat is not None and located.lon is not None:
            of_postcode = located.lat, located.lon
        point = row.point or of_postcode
        if point is None:
            why = explain(located=located) if located is not None else ""
            why = why or "Its postcode has no point."
            raise VenueRefused(f"{row.name} cannot be placed. {why} Coordinates will do as well.")
        if row.point is not None and of_postcode is not None:
            apart = float(distances_km(lat=point[0], lon=point[1], points=np.array([of_postcode]))[0])
            if apart > MOST_KM_FROM_POSTCODE:
                raise VenueRefused(
                    f"{row.name}: its point lies {apart:.0f} km from its postcode {row.postcode}. One of them is wrong."
                )
        codes = list(row.area_codes)
        if located is not None and located.status == PostcodeStatus.LIVE:
            codes = [located.ward or "", *codes, located.district or ""]
        known = next((code for code in codes if code in self._areas), None)
        if known is None or known[:3] not in {"E05", "W05", "S13", "Z05"}:
            known = self._nearest_ward(point) or known
        return PlacedVenue(row=row, latitude=point[0], longitude=point[1], area_id=known)

    def _nearest_ward(self, point: tuple[float, float]) -> str | None:
        if self._centres is None:
            self._centres = centre_points(codes=self._wards)
        found = nearest(lat=point[0], lon=point[1], points=self._centres, limit=1)
        return found[0].code if found and found[0].distance_km <= _NEARBY_KM else None


def is_news(*, venue: PlacedVenue, known: Venue | None) -> bool:
    """Whether this differs from what is kept."""
    if known is None:
        return True
    after = _values(venue)
    return any(getattr(known, name) != after[name] for name in _FIELDS)


def keep_venues(
    *, venues: Sequence[PlacedVenue], source: str, dataset: str, now: datetime
) -> dict[str, Venue]:
    """Write these venues of one source, by their references; returns them by reference."""
    rows = [
        Venue(
            source=source,
            reference=venue.row.reference,
            dataset=dataset[:200],
            changed_at=now,
            **_values(venue),
        )
        for venue in venues
    ]
    with transaction.atomic():
        Venue.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "reference"],
            update_fields=[*(name.removesuffix("_id") for name in _FIELDS), "dataset", "changed_at"],
            batch_size=500,
        )
        kept = Venue.objects.filter(source=source, reference__in=[row.reference for row in rows])
        return {venue.reference: venue for venue in kept}


def _values(venue: PlacedVenue) -> dict[str, object]:
    return {
        "kind": venue.row.kind,
        "name": venue.row.name,
        "address": venue.row.address,
        "postcode": venue.row.postcode,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "area_id": venue.area_id,
        "phone": venue.row.phone,
        "left_on": None,
    }
