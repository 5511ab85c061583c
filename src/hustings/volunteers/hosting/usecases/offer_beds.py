"""Offer beds, and take an offer back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.models import Area
from hustings.places.queries import locate
from hustings.volunteers.hosting.rules.conditions import OFFERS, TRAITS, mask_of
from hustings.volunteers.hosting.rules.stays import Host, check_host
from hustings.volunteers.hosting.usecases.end_stay import end_stays_of_offer
from hustings.volunteers.hosting.usecases.give_details import require_adult, require_details
from hustings.volunteers.models import HostOffer, Volunteer


class NotAHome(Refusal):
    """The address or its postcode cannot be used."""


class DatesArePast(Refusal):
    """The nights are over already."""


@transaction.atomic
def offer_beds(
    *,
    volunteer: Volunteer,
    address: str,
    postcode: str,
    available_from: date,
    available_until: date,
    beds: int,
    offers: Sequence[str],
    asks: Sequence[str],
    now: datetime,
    today: date,
) -> HostOffer:
    """Keep an offer; the address is encrypted and shown to nobody before both have agreed.

    `available_until` is the morning after the last night. Raises `AdultsOnly`, `DetailsMissing`, `NotAHome`, `NotAStay`,
    `DatesArePast` and `UnknownCondition`.
    """
    require_adult(volunteer=volunteer)
    require_details(volunteer=volunteer)
    if len(address.strip()) < 5:
        raise NotAHome("no_address", gettext_noop("Enter the address at which your guests would sleep."))
    located = locate(postcode=postcode)
    if located.lat is None or located.lon is None:
        raise NotAHome(
            "no_point",
            gettext_noop("{postcode} cannot be placed in Great Britain. Check the postcode of the address."),
            postcode=located.postcode,
        )
    if available_until <= today:
        raise DatesArePast("past", gettext_noop("Those nights are over. Enter dates to come."))
    check_host(
        Host(
            id="new",
            lat=located.lat,
            lon=located.lon,
            available_from=available_from,
            available_until=available_until,
            beds=beds,
            offers=mask_of(words=offers, known=OFFERS),
            asks=mask_of(words=asks, known=TRAITS),
        )
    )
    ward = Area.objects.filter(pk=located.ward).first() if located.ward else None
    return HostOffer.objects.create(
        volunteer=volunteer,
        area=ward or volunteer.area,
        address=f"{address.strip()}, {located.postcode}",
        latitude=located.lat,
        longitude=located.lon,
        available_from=available_from,
        available_until=available_until,
        beds=beds,
        offers=list(offers),
        asks=list(asks),
        made_at=now,
    )


@transaction.atomic
def withdraw_offer(*, offer: HostOffer, now: datetime) -> None:
    """Take an offer back: proposals end, and guests who had agreed are matched anew at once."""
    HostOffer.objects.filter(pk=offer.pk, withdrawn_at=None).update(withdrawn_at=now)
    end_stays_of_offer(offer=offer, now=now)
