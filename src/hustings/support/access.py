"""What of cover somebody may see: by place. What of cases: only by being on the team, whoever they are."""

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.accounts.models import User
from hustings.places.models import Venue
from hustings.support.models import Ask, Case, CaseView, CoverPeriod, CoverShift

RowT = TypeVar("RowT")


def venues_for(*, scope: Scope) -> QuerySet[Venue]:
    """Venues in the places of the scope; those whose area is not known need the whole organisation."""
    return scope.filter(Venue.objects.select_related("area"), "area")


def venue_for(*, scope: Scope, pk: int) -> Venue:
    """One of them, or 404."""
    return _found(venues_for(scope=scope).filter(pk=pk).first())


def periods_for(*, scope: Scope) -> QuerySet[CoverPeriod]:
    """Cover of those venues."""
    return scope.filter(CoverPeriod.objects.select_related("venue__area", "opened_by"), "venue__area")


def period_for(*, scope: Scope, pk: int) -> CoverPeriod:
    """One period, or 404."""
    return _found(periods_for(scope=scope).filter(pk=pk).first())


def shift_for(*, scope: Scope, pk: int) -> CoverShift:
    """One shift of cover of those venues, or 404."""
    rows = scope.filter(CoverShift.objects.select_related("period__venue"), "period__venue__area")
    return _found(rows.filter(pk=pk).first())


def ask_for(*, scope: Scope, pk: int) -> Ask:
    """One ask of a call-out for those venues, or 404."""
    rows = scope.filter(
        Ask.objects.select_related("period__venue", "volunteer__person"), "period__venue__area"
    )
    return _found(rows.filter(pk=pk).first())


def cases_for(*, user: User) -> QuerySet[Case]:
    """Cases on whose team somebody is. Place and role do not count: not an administrator, not another organiser."""
    team = {"members__user": user, "members__left_at": None}
    return Case.objects.filter(**team).select_related("venue", "next_step_by").distinct()


def case_for(*, user: User, pk: int, what: str, now: datetime) -> Case:
    """One of those cases, or 404. That somebody looked is written down, and that somebody tried who is not on the team."""
    found = cases_for(user=user).filter(pk=pk).first()
    if found is None:
        if Case.objects.filter(pk=pk).exists():
            CaseView.objects.create(case_id=pk, user=user, at=now, what=what, was_let_in=False)
        raise Http404
    CaseView.objects.create(case=found, user=user, at=now, what=what)
    return found


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise Http404
    return row
