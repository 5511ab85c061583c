"""Delete everything about a stay 30 days after it, unless a report about it is open."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hustings.basics.clock import uk_date
from hustings.volunteers.hosting.queries import has_open_report
from hustings.volunteers.models import KEPT_DAYS, HostingDetails, HostOffer, Stay, StayRequest


@transaction.atomic
def erase_old_stays(*, now: datetime) -> dict[str, int]:
    """Delete stays, then requests and offers that are over and hold no stay, then details of whom neither is left.

    Returns how many of each. The 30 days count from the last morning: of the stay, of the nights asked for, of those
    offered; for what was taken back, from that day if it is earlier.
    """
    before = uk_date(now) - timedelta(days=KEPT_DAYS)
    taken_back = now - timedelta(days=KEPT_DAYS)
    old = Stay.objects.filter(Q(leave_on__lte=before) | Q(ended_at__lte=taken_back))
    stays = [stay.pk for stay in old.order_by("pk") if not has_open_report(stay=stay)]
    Stay.objects.filter(pk__in=stays).delete()
    requests = StayRequest.objects.filter(
        Q(leave_on__lte=before) | Q(withdrawn_at__lte=taken_back), stays=None
    )
    offers = HostOffer.objects.filter(
        Q(available_until__lte=before) | Q(withdrawn_at__lte=taken_back), stays=None
    )
    counts = {"stays": len(stays), "requests": requests.count(), "offers": offers.count()}
    requests.delete()
    offers.delete()
    details = HostingDetails.objects.filter(
        volunteer__host_offers=None, volunteer__stay_requests=None, given_at__lte=taken_back
    )
    counts["details"] = details.count()
    details.delete()
    return counts
