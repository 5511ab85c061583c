"""Audiences a login may see: those saved for a place it looks after."""

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.outreach.audiences.models import Audience


def audiences_for(*, scope: Scope) -> QuerySet[Audience]:
    """Saved audiences of places in the scope; those of the whole organisation only for whoever looks after all of it."""
    return scope.filter(Audience.objects.select_related("area", "made_by"), "area")


def audience_for(*, scope: Scope, pk: int) -> Audience:
    """One audience in the scope, or `Http404`."""
    found = audiences_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such audience among those you look after.")
    return found
