"""Ask the hosts near a place for a bed tonight, in one step: for somebody whom cover and care look after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from hustings.basics.clock import uk_date
from hustings.places.rules.distance import distances_km
from hustings.volunteers.hosting.rules.conditions import OFFERS, mask_of
from hustings.volunteers.hosting.rules.free_beds import free_spans
from hustings.volunteers.models import TAKING, HostOffer, Stay
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteers

#: How many hosts are asked at once: enough for an answer within the hour, few enough not to wear them out.
ASKED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedHost:
    """A host who was asked: the offer, and how far away it is."""

    offer: HostOffer
    km: float


def ask_for_bed_tonight(
    *,
    latitude: float,
    longitude: float,
    contact: str,
    now: datetime,
    nights: int = 1,
    needs: tuple[str, ...] = (),
    within_km: float = 30.0,
    most: int = ASKED,
) -> tuple[AskedHost, ...]:
    """Write to the nearest checked hosts with a bed free from tonight; returns them, nearest first, for ringing them up.

    The message says only that somebody needs a bed for so many nights, and `contact`: the back office's telephone number or
    address to answer to. Nothing of who it is for, and nothing of why, leaves the case. Raises `UnknownCondition`.
    """
    tonight = uk_date(now)
    until = tonight + timedelta(days=nights)
    wanted = mask_of(words=needs, known=OFFERS)
    rows = HostOffer.objects.filter(
        withdrawn_at=None,
        available_from__lte=tonight,
        available_until__gte=until,
        volunteer__left_at=None,
        volunteer__adult_confirmed_at__isnull=False,
        volunteer__hosting_details__checked_at__isnull=False,
    ).select_related("volunteer__person")
    free = [
        offer
        for offer in rows.order_by("pk")
        if not wanted & ~mask_of(words=offer.offers, known=OFFERS) and _has_bed(offer, tonight, until)
    ]
    if not free:
        return ()
    points = np.array([(offer.latitude, offer.longitude) for offer in free])
    far = distances_km(lat=latitude, lon=longitude, points=points)
    near = [
        AskedHost(offer=free[place], km=float(far[place]))
        for place in np.argsort(far, kind="stable")
        if far[place] <= within_km
    ][:most]
    write_to_volunteers(
        template="bed_tonight",
        volunteers=[asked.offer.volunteer for asked in near],
        fields_of=lambda _volunteer: {"nights": str(nights), "contact": contact},
        path="/volunteer/hosting/",
        now=now,
    )
    return tuple(near)


def _has_bed(offer: HostOffer, tonight: date, until: date) -> bool:
    taken = Stay.objects.filter(offer=offer, state__in=TAKING).values_list("arrive_on", "leave_on")
    spans = free_spans(
        first=offer.available_from, last=offer.available_until, beds=offer.beds, taken=list(taken)
    )
    return any(begins <= tonight and ends >= until for begins, ends in spans)
