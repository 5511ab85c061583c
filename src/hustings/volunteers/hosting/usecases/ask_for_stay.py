"""Ask for a bed near where one goes to help, and take the request back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.models import Area, AreaKind
from hustings.places.queries import areas_on, centre_points, locate
from hustings.volunteers.hosting.queries import priority_of
from hustings.volunteers.hosting.rules.conditions import OFFERS, TRAITS, mask_of
from hustings.volunteers.hosting.rules.stays import Traveller, check_traveller
from hustings.volunteers.hosting.usecases.give_details import require_adult, require_details
from hustings.volunteers.hosting.usecases.offer_beds import DatesArePast
from hustings.volunteers.models import TAKING, StayRequest, StayState, Volunteer


class NoSuchPlace(Refusal):
    """Neither a postcode nor the name of a seat or ward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where somebody goes: words, a point, and the area by which the desk is scoped."""

    label: str
    lat: float
    lon: float
    area: Area | None
    seat: str = ""


def destination_of(*, text: str, today: date) -> Destination:
    """Read a postcode or the name of a seat or ward as a place; raises `NoSuchPlace`."""
    entered = " ".join(text.split())
    try:
        postcode = parse_postcode(entered)
    except PostcodeError:
        return _named(entered, today)
    located = locate(postcode=postcode.spaced)
    if located.lat is None or located.lon is None:
        raise NoSuchPlace(
            "no_point",
            gettext_noop("{postcode} cannot be placed in Great Britain. Check it, or name the seat or ward."),
            postcode=postcode.spaced,
        )
    area = Area.objects.filter(pk=located.ward or located.constituency).first()
    return Destination(
        label=postcode.outward, lat=located.lat, lon=located.lon, area=area, seat=located.constituency or ""
    )


def _named(entered: str, today: date) -> Destination:
    for kind in (AreaKind.CONSTITUENCY, AreaKind.WARD, AreaKind.DISTRICT):
        rows = areas_on(kind=kind, on=today).filter(name__iexact=entered)
        points = centre_points(codes=[area.pk for area in rows])
        found = [area for area in rows if area.pk in points]
        if found:
            lat, lon = points[found[0].pk]
            seat = found[0].pk if kind == AreaKind.CONSTITUENCY else ""
            return Destination(label=found[0].name, lat=lat, lon=lon, area=found[0], seat=seat)
    raise NoSuchPlace(
        "no_such_place",
        gettext_noop(
            "“{entered}” is neither a postcode nor a seat or ward we know. Enter a postcode near it."
        ),
        entered=entered,
    )


@transaction.atomic
def ask_for_stay(
    *,
    volunteer: Volunteer,
    place: str,
    arrive_on: date,
    leave_on: date,
    max_km: float,
    needs: Sequence[str],
    traits: Sequence[str],
    prefers: Sequence[str],
    now: datetime,
    today: date,
) -> StayRequest:
    """Keep a request for the nights from `arrive_on` to the one before `leave_on`.

    Raises `AdultsOnly`, `DetailsMissing`, `NoSuchPlace`, `NotAStay`, `DatesArePast` and `UnknownCondition`.
    """
    require_adult(volunteer=volunteer)
    require_details(volunteer=volunteer)
    there = destination_of(text=place, today=today)
    if arrive_on < today:
        raise DatesArePast("past", gettext_noop("Those nights are over. Enter dates to come."))
    check_traveller(
        Traveller(
            id="new",
            lat=there.lat,
            lon=there.lon,
            arrive_on=arrive_on,
            leave_on=leave_on,
            max_km=max_km,
            needs=mask_of(words=needs, known=OFFERS),
            traits=mask_of(words=traits, known=TRAITS),
            prefers=mask_of(words=prefers, known=OFFERS),
        )
    )
    return StayRequest.objects.create(
        volunteer=volunteer,
        area=there.area,
        place=there.label,
        latitude=there.lat,
        longitude=there.lon,
        arrive_on=arrive_on,
        leave_on=leave_on,
        max_km=max_km,
        needs=list(needs),
        traits=list(traits),
        prefers=list(prefers),
        priority=priority_of(seat=there.seat),
        made_at=now,
    )


@transaction.atomic
def withdraw_request(*, request: StayRequest, now: datetime) -> None:
    """Take a request back; the bed that was held for it is free at once."""
    StayRequest.objects.filter(pk=request.pk, withdrawn_at=None).update(withdrawn_at=now)
    request.stays.filter(state__in=TAKING).update(state=StayState.DECLINED, ended_at=now)
