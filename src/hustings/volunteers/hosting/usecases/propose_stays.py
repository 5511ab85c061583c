"""Match what is asked with what is offered, and propose each match to both."""

import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.volunteers.hosting.rules.conditions import OFFERS, TRAITS, mask_of
from hustings.volunteers.hosting.rules.free_beds import free_spans
from hustings.volunteers.hosting.rules.solving import Solution, solve
from hustings.volunteers.hosting.rules.stays import Host, Traveller
from hustings.volunteers.hosting.usecases.tell import tell_both
from hustings.volunteers.models import TAKING, HostOffer, Stay, StayRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What came of one matching: stays that were proposed, requests for which no bed was found, and the solver's bound."""

    stays: tuple[Stay, ...]
    without_bed: int
    bound: int


@transaction.atomic
def propose_stays(*, now: datetime, request_ids: Collection[int] | None = None) -> Proposed:
    """Match every open request, or some, and propose what was found to host and traveller by email.

    Only those whose references somebody has checked are matched. Beds that stays hold already are not given twice. A host
    and a traveller who declined each other once are not proposed again, and nobody is their own host.
    """
    today = uk_date(now)
    requests = _open_requests(today, request_ids)
    if not requests:
        return Proposed(stays=(), without_bed=0, bound=0)
    offers = {offer.pk: offer for offer in _open_offers(today)}
    solution, of_offer = _solve(requests, offers, _refused(requests), today)
    by_id = {str(request.pk): request for request in requests}
    made = Stay.objects.bulk_create(
        _stay(by_id[found.traveller], offers[of_offer[found.host]], found.km, today, now)
        for found in solution.assignments
    )
    for stay in made:
        tell_both(stay=stay, template="stay_proposed", now=now)
    return Proposed(stays=tuple(made), without_bed=len(requests) - len(made), bound=solution.bound)


def _open_requests(today: date, only: Collection[int] | None) -> list[StayRequest]:
    rows = StayRequest.objects.filter(
        withdrawn_at=None,
        leave_on__gt=today,
        volunteer__left_at=None,
        volunteer__adult_confirmed_at__isnull=False,
        volunteer__hosting_details__checked_at__isnull=False,
    ).exclude(pk__in=Stay.objects.filter(state__in=TAKING).values("request"))
    if only is not None:
        rows = rows.filter(pk__in=only)
    return list(rows.select_related("volunteer__person").order_by("pk"))


def _open_offers(today: date) -> Sequence[HostOffer]:
    return list(
        HostOffer.objects.filter(
            withdrawn_at=None,
            available_until__gt=today,
            volunteer__left_at=None,
            volunteer__adult_confirmed_at__isnull=False,
            volunteer__hosting_details__checked_at__isnull=False,
        )
        .select_related("volunteer__person")
        .order_by("pk")
    )


def _refused(requests: Sequence[StayRequest]) -> set[tuple[int, int]]:
    """Pairs of traveller and host who were together in a stay that one of them declined or ended, or who are one person."""
    travellers = {request.volunteer_id for request in requests}
    rows = Stay.objects.filter(request__volunteer__in=travellers).exclude(state__in=TAKING)
    pairs = set(rows.values_list("request__volunteer", "offer__volunteer"))
    return pairs | {(traveller, traveller) for traveller in travellers}


def _solve(
    requests: Sequence[StayRequest],
    offers: dict[int, HostOffer],
    refused: set[tuple[int, int]],
    today: date,
) -> tuple[Solution, dict[str, int]]:
    begun = time.perf_counter()
    taken: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for held_by, begins, ends in Stay.objects.filter(offer__in=list(offers), state__in=TAKING).values_list(
        "offer", "arrive_on", "leave_on"
    ):
        taken[held_by].append((begins, ends))
    hosts: list[Host] = []
    of_offer: dict[str, int] = {}
    for offer in offers.values():
        first = max(offer.available_from, today)
        spans = free_spans(first=first, last=offer.available_until, beds=offer.beds, taken=taken[offer.pk])
        for number, (begins, ends) in enumerate(spans):
            name = f"{offer.pk}-{number}"
            of_offer[name] = offer.pk
            hosts.append(
                Host(
                    id=name,
                    lat=offer.latitude,
                    lon=offer.longitude,
                    available_from=begins,
                    available_until=ends,
                    beds=1,
                    offers=mask_of(words=offer.offers, known=OFFERS),
                    asks=mask_of(words=offer.asks, known=TRAITS),
                    household=str(offer.volunteer_id),
                )
            )
    pairs: dict[int, set[str]] = defaultdict(set)
    for traveller, host in refused:
        pairs[traveller].add(str(host))
    avoided = {traveller: frozenset(households) for traveller, households in pairs.items()}
    travellers = [
        Traveller(
            id=str(request.pk),
            lat=request.latitude,
            lon=request.longitude,
            arrive_on=max(request.arrive_on, today),
            leave_on=request.leave_on,
            max_km=request.max_km,
            needs=mask_of(words=request.needs, known=OFFERS),
            traits=mask_of(words=request.traits, known=TRAITS),
            prefers=mask_of(words=request.prefers, known=OFFERS),
            priority=request.priority,
            avoids=avoided[request.volunteer_id],
        )
        for request in requests
    ]
    solution = solve(hosts=hosts, travellers=travellers, elapsed_s=lambda: time.perf_counter() - begun)
    return solution, of_offer


def _stay(request: StayRequest, offer: HostOffer, km: float, today: date, now: datetime) -> Stay:
    return Stay(
        offer=offer,
        request=request,
        arrive_on=max(request.arrive_on, today),
        leave_on=max(request.leave_on, today + timedelta(days=1)),
        km=round(km, 1),
        proposed_at=now,
    )
