"""End stays before their time: the bed is free again, and whoever is still without one is matched anew at once."""

from datetime import datetime

from hustings.basics.clock import uk_date
from hustings.volunteers.hosting.usecases.tell import tell
from hustings.volunteers.models import TAKING, HostOffer, Stay, StayState, Volunteer


def end_stay(*, stay: Stay, now: datetime, is_matched_anew: bool = True) -> None:
    """End a stay; nights to come of a request that still stands are proposed elsewhere at once."""
    from hustings.volunteers.hosting.usecases.propose_stays import propose_stays

    was_agreed = stay.state == StayState.AGREED
    ended = Stay.objects.filter(pk=stay.pk, state__in=TAKING)
    if not ended.update(state=StayState.ENDED if was_agreed else StayState.DECLINED, ended_at=now):
        return
    if is_matched_anew and stay.request.withdrawn_at is None and stay.leave_on > uk_date(now):
        propose_stays(now=now, request_ids=[stay.request_id])


def end_stays_of_offer(*, offer: HostOffer, now: datetime) -> None:
    """End every stay with an offer that was taken back, and tell the travellers."""
    stays = Stay.objects.filter(offer=offer, state__in=TAKING, leave_on__gt=uk_date(now))
    for stay in stays.select_related("offer__volunteer__person", "request__volunteer__person"):
        end_stay(stay=stay, now=now)
        tell(stay=stay, volunteer=stay.request.volunteer, template="stay_off", now=now)


def end_hosting_of(*, volunteer: Volunteer, now: datetime) -> None:
    """Take back everything that somebody offers and asks, as they leave."""
    for offer in volunteer.host_offers.filter(withdrawn_at=None):
        HostOffer.objects.filter(pk=offer.pk).update(withdrawn_at=now)
        end_stays_of_offer(offer=offer, now=now)
    volunteer.stay_requests.filter(withdrawn_at=None).update(withdrawn_at=now)
    Stay.objects.filter(request__volunteer=volunteer, state__in=TAKING).update(
        state=StayState.DECLINED, ended_at=now
    )
