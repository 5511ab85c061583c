"""Hosting for a volunteer (their own alone) and for somebody with a right in some places."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.volunteers.models import HostingDetails, HostOffer, Stay, StayRequest, Volunteer

ModelT = TypeVar("ModelT", bound=Model)


def stays_of(*, volunteer: Volunteer) -> QuerySet[Stay]:
    """Stays in which the volunteer is host or traveller."""
    mine = Q(offer__volunteer=volunteer) | Q(request__volunteer=volunteer)
    return Stay.objects.filter(mine).select_related(
        "offer__volunteer__person", "request__volunteer__person", "request__area"
    )


def stay_of(*, volunteer: Volunteer, public_id: UUID) -> Stay:
    """One of them, or 404."""
    return _or_404(stays_of(volunteer=volunteer).filter(public_id=public_id))


def offer_of(*, volunteer: Volunteer, public_id: UUID) -> HostOffer:
    """One of the volunteer's own offers that stand, or 404."""
    return _or_404(volunteer.host_offers.filter(public_id=public_id, withdrawn_at=None))


def request_of(*, volunteer: Volunteer, public_id: UUID) -> StayRequest:
    """One of the volunteer's own requests that stand, or 404."""
    return _or_404(volunteer.stay_requests.filter(public_id=public_id, withdrawn_at=None))


def offers_for(*, scope: Scope) -> QuerySet[HostOffer]:
    """Offers in the places of the scope."""
    rows = HostOffer.objects.select_related("volunteer__person", "volunteer__hosting_details", "area")
    return scope.filter(rows, "area", "volunteer__person__constituency")


def requests_for(*, scope: Scope) -> QuerySet[StayRequest]:
    """Requests for the places of the scope."""
    rows = StayRequest.objects.select_related("volunteer__person", "volunteer__hosting_details", "area")
    return scope.filter(rows, "area")


def stays_for(*, scope: Scope) -> QuerySet[Stay]:
    """Stays with a host, or for a place, of the scope."""
    rows = Stay.objects.select_related(
        "offer__volunteer__person", "request__volunteer__person", "offer__area", "request__area"
    )
    return scope.filter(rows, "offer__area", "request__area")


def stay_for(*, scope: Scope, pk: int) -> Stay:
    """One of them, or 404."""
    return _or_404(stays_for(scope=scope).filter(pk=pk))


def details_in(*, scope: Scope) -> QuerySet[HostingDetails]:
    """References and emergency contacts of those who offer or ask in the places of the scope."""
    concerned = Q(volunteer__in=offers_for(scope=scope).values("volunteer")) | Q(
        volunteer__in=requests_for(scope=scope).values("volunteer")
    )
    return (
        HostingDetails.objects.filter(concerned)
        .select_related("volunteer__person")
        .order_by("given_at", "pk")
    )


def details_for(*, scope: Scope, pk: int) -> HostingDetails:
    """One of them, or 404."""
    return _or_404(details_in(scope=scope).filter(pk=pk))


def _or_404(rows: QuerySet[ModelT]) -> ModelT:
    found = rows.first()
    if found is None:
        raise Http404
    return found
