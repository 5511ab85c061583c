"""Volunteers for somebody with a right in some places."""

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.volunteers.models import Completion, Event, Group, LinkRelease, Report, Volunteer


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


def reports_for(*, scope: Scope) -> QuerySet[Report]:
    """Reports of the places in the scope; those that belong to no place only for the whole organisation."""
    return scope.filter(Report.objects.select_related("area", "reporter__person", "taken_by"), "area")


def report_for(*, scope: Scope, pk: int) -> Report:
    """One of them, or 404."""
    found = reports_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def completions_for(*, scope: Scope) -> QuerySet[Completion]:
    """Completions of the volunteers in the scope."""
    rows = Completion.objects.select_related("volunteer__person", "volunteer__area", "course")
    return rows.filter(volunteer__in=volunteers_for(scope=scope))


def groups_for(*, scope: Scope) -> QuerySet[Group]:
    """Groups of the places in the scope; those of no place only for the whole organisation."""
    return scope.filter(Group.objects.select_related("area", "family", "required_course"), "area")


def group_for(*, scope: Scope, pk: int) -> Group:
    """One of them, or 404."""
    found = groups_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def releases_for(*, scope: Scope) -> QuerySet[LinkRelease]:
    """Releases of the links of those groups."""
    rows: QuerySet[LinkRelease] = LinkRelease.objects.select_related("membership__volunteer__person", "group")
    return rows.filter(group__in=groups_for(scope=scope).values("pk"))


def events_for(*, scope: Scope) -> QuerySet[Event]:
    """Events of the places in the scope; those of no place only for the whole organisation."""
    return scope.filter(Event.objects.select_related("area", "required_course"), "area")


def event_for(*, scope: Scope, pk: int) -> Event:
    """One of them, or 404."""
    found = events_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
