"""The one way for pages to people: narrowed to the places a login looks after. Who is out of reach is not there (404)."""

from django.db.models import Q, QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.people.models import Merge, Person, RightsRequest


def people_for(*, scope: Scope) -> QuerySet[Person]:
    """People who live in the places of the scope; those erased, and rows joined to others, are left out."""
    return scope.filter(Person.objects.filter(merged_into=None, erased_at=None), "ward", "constituency")


def person_for(*, scope: Scope, pk: int) -> Person:
    """One of those people, or 404."""
    person = people_for(scope=scope).select_related("ward", "constituency").filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def merges_for(*, scope: Scope) -> QuerySet[Merge]:
    """Joins that stand and whose kept row is one of those people, the newest first."""
    joined = Merge.objects.filter(kept__in=people_for(scope=scope), undone_at=None)
    return joined.select_related("kept", "merged").order_by("-at", "-pk")


def merge_for(*, scope: Scope, pk: int) -> Merge:
    """One of those joins, or 404."""
    merge = merges_for(scope=scope).filter(pk=pk).first()
    if merge is None:
        raise Http404
    return merge


def requests_for(*, scope: Scope) -> QuerySet[RightsRequest]:
    """Requests of those people; requests of nobody on file are for the whole organisation."""
    if scope.is_everything:
        return RightsRequest.objects.all()
    return RightsRequest.objects.filter(
        Q(person__ward__in=scope.codes) | Q(person__constituency__in=scope.codes)
    )


def request_for(*, scope: Scope, pk: int) -> RightsRequest:
    """One of those requests, or 404."""
    request = requests_for(scope=scope).select_related("person").filter(pk=pk).first()
    if request is None:
        raise Http404
    return request
