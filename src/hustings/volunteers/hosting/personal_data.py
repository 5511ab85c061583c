"""Hosting's part of what volunteers answer about a person."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from hustings.volunteers.hosting.usecases.end_stay import end_hosting_of
from hustings.volunteers.models import HostingDetails, Stay, Volunteer


def export_hosting(*, volunteer: Volunteer) -> dict[str, list[dict[str, Any]]]:
    """Details, offers, requests and stays of one volunteer; of the other side of a stay, nothing."""
    details = HostingDetails.objects.filter(volunteer=volunteer)
    stays = Stay.objects.filter(Q(offer__volunteer=volunteer) | Q(request__volunteer=volunteer))
    return {
        "Hosting: references and emergency contact": [
            {
                "first reference": each.reference_one,
                "second reference": each.reference_two,
                "in an emergency": each.emergency_contact,
                "given": each.given_at.isoformat(),
            }
            for each in details
        ],
        "Beds you offered": [
            {
                "address": offer.address,
                "from": offer.available_from.isoformat(),
                "until": offer.available_until.isoformat(),
                "beds": offer.beds,
                "home": offer.offers,
                "guests you asked for": offer.asks,
            }
            for offer in volunteer.host_offers.order_by("pk")
        ],
        "Beds you asked for": [
            {
                "place": request.place,
                "from": request.arrive_on.isoformat(),
                "until": request.leave_on.isoformat(),
                "kilometres at most": request.max_km,
                "needs": request.needs,
                "about you": request.traits,
                "liked": request.prefers,
            }
            for request in volunteer.stay_requests.order_by("pk")
        ],
        "Stays": [
            {
                "as": "host" if stay.offer.volunteer_id == volunteer.pk else "traveller",
                "from": stay.arrive_on.isoformat(),
                "until": stay.leave_on.isoformat(),
                "state": stay.get_state_display(),
                "what you wrote when you left": stay.leaving_words
                if stay.request.volunteer_id == volunteer.pk
                else "",
            }
            for stay in stays.select_related("offer", "request").order_by("pk")
        ],
    }


def erase_hosting(*, volunteer: Volunteer, now: datetime) -> int:
    """End and delete everything of hosting; returns the rows deleted."""
    end_hosting_of(volunteer=volunteer, now=now)
    gone = 0
    for rows in (
        Stay.objects.filter(Q(offer__volunteer=volunteer) | Q(request__volunteer=volunteer)),
        volunteer.host_offers.all(),
        volunteer.stay_requests.all(),
        HostingDetails.objects.filter(volunteer=volunteer),
    ):
        count, _by_model = rows.delete()
        gone += count
    return gone
