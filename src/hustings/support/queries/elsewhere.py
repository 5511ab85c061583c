"""Where else somebody who was asked could come: other active places within the widest ring of where they live."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from hustings.basics.clock import uk_date
from hustings.places.rules.distance import distances_km
from hustings.support.models import CoverPeriod
from hustings.support.queries.commitments import promised_spans
from hustings.support.queries.rota import call_out_settings, open_shifts
from hustings.support.rules.capacity import Capacity, Obstacle, obstacle
from hustings.support.rules.rota import ShiftNeed
from hustings.volunteers.models import Volunteer
from hustings.volunteers.queries import has_completed
from hustings.volunteers.rules.weeks import week_span


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPlace:
    """An active place, how far it is, and its open shifts that this volunteer could take."""

    period: CoverPeriod
    km: float
    shifts: tuple[ShiftNeed, ...]


def other_places(*, volunteer: Volunteer, than: CoverPeriod, now: datetime) -> list[OtherPlace]:
    """Active places within the widest ring, nearest first, whose training they have and which have a shift they could take."""
    if volunteer.latitude is None or volunteer.longitude is None or not volunteer.is_adult:
        return []
    periods = list(
        CoverPeriod.objects.filter(closed_at=None).exclude(pk=than.pk).select_related("venue").order_by("pk")
    )
    if not periods:
        return []
    most_km = call_out_settings().plan().rings[-1].km
    points = np.array([(each.venue.latitude, each.venue.longitude) for each in periods], dtype=np.float64)
    distances = distances_km(lat=volunteer.latitude, lon=volunteer.longitude, points=points)
    found = []
    for place in np.argsort(distances, kind="stable"):
        period, km = periods[place], float(distances[place])
        if km > most_km:
            break
        shifts = open_shifts(period=period, since=now)
        if shifts and _is_trained(volunteer, period, now):
            found.append(OtherPlace(period=period, km=km, shifts=tuple(shifts)))
    return _within_capacity(volunteer, found)


def _is_trained(volunteer: Volunteer, period: CoverPeriod, now: datetime) -> bool:
    course = period.required_course
    return not course or has_completed(volunteer=volunteer, course_slug=course, on=uk_date(now))


def _within_capacity(volunteer: Volunteer, places: Iterable[OtherPlace]) -> list[OtherPlace]:
    """Each place with those of its shifts that keep to the volunteer's promises and limit; places with none are left out."""
    kept = list(places)
    moments = [shift for place in kept for shift in place.shifts]
    if not moments:
        return []
    first = week_span(day=uk_date(min(shift.starts_at for shift in moments)))[0]
    last = week_span(day=uk_date(max(shift.ends_at for shift in moments)))[1]
    promised = promised_spans(volunteer_ids=[volunteer.pk], starts_at=first, ends_at=last)
    capacity = Capacity(
        limit_minutes=volunteer.weekly_limit_minutes, promised=tuple(promised.get(volunteer.pk, ()))
    )
    found = []
    for place in kept:
        fit = tuple(
            shift
            for shift in place.shifts
            if obstacle(capacity=capacity, starts_at=shift.starts_at, ends_at=shift.ends_at) is Obstacle.NONE
        )
        if fit:
            found.append(OtherPlace(period=place.period, km=place.km, shifts=fit))
    return found
