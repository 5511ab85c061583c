"""Volunteers for somebody with a right in some places."""

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.volunteers.models import Volunteer


def volunteers_for(*, scope: Scope) -> QuerySet[Volunteer]:
    """Volunteers who live in the places of the scope, those who left too; those erased are not there."""
    rows = Volunteer.objects.filter(person__erased_at=None, person__merged_into=None)
    return scope.filter(rows.select_related("person", "area"), "area", "person__constituency")


def volunteer_for(*, scope: Scope, pk: int) -> Volunteer:
    """One of them, or 404."""
    found = volunteers_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
