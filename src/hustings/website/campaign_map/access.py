"""Seats for somebody with a right in some places: targets may be set where it covers the seat."""

from collections.abc import Iterable

from django.http import Http404

from hustings.accounts.access import Scope
from hustings.elections.rules.need import Need
from hustings.places.models import Area
from hustings.website.campaign_map.models import Neighbour


def needs_for(*, scope: Scope, needs: Iterable[Need]) -> list[Need]:
    """Those of a ranking's seats that the scope covers, in their order."""
    return [need for need in needs if scope.covers(code=need.seat.code)]


def seat_for(*, scope: Scope, code: str) -> Area:
    """A seat or ward that the scope covers, or 404."""
    found = Area.objects.filter(pk=code).first()
    if found is None or not scope.covers(code=code):
        raise Http404
    return found


def neighbour_for(*, scope: Scope, pk: int) -> Neighbour:
    """Another installation's feed, for whoever holds the whole organisation, or 404."""
    found = Neighbour.objects.filter(pk=pk).first() if scope.is_everything else None
    if found is None:
        raise Http404
    return found
