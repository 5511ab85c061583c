"""Promoters, materials and clearances, fetched for someone who may see them, or not found."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.clearance.models import ApprovedCopy, Clearance, Material, Promoter


def materials_for(*, scope: Scope) -> QuerySet[Material]:
    """The materials of the places in scope."""
    return scope.filter(Material.objects.select_related("promoter", "area", "election"), "area")


def material_for(*, scope: Scope, pk: int) -> Material:
    """One material in scope; `Http404` for any other, so that nobody learns that it exists."""
    found = materials_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def copies_for(*, scope: Scope) -> QuerySet[ApprovedCopy]:
    """The approved copies of the materials in scope."""
    return scope.filter(ApprovedCopy.objects.select_related("material"), "material__area")


def copy_for(*, scope: Scope, pk: int) -> ApprovedCopy:
    """One approved copy in scope; `Http404` for any other."""
    found = copies_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def promoters_for(*, scope: Scope) -> QuerySet[Promoter]:
    """The promoters of the places in scope, and those of the whole organisation.

    A promoter without an area is everyone's to choose: name and address are printed on every leaflet.
    """
    if scope.is_everything:
        return Promoter.objects.all()
    return Promoter.objects.filter(Q(area=None) | Q(area__in=scope.codes))


def promoter_for(*, scope: Scope, pk: int) -> Promoter:
    """One promoter in scope; `Http404` for any other."""
    found = promoters_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def clearances_for(*, scope: Scope, user: User) -> QuerySet[Clearance]:
    """The clearances of copies in scope, and those the user asked for."""
    found = Clearance.objects.select_related("copy", "copy__material", "asked_by")
    if scope.is_everything:
        return found
    return found.filter(Q(copy__material__area__in=scope.codes) | Q(copy=None, asked_by=user))


def clearance_for(*, scope: Scope, user: User, pk: int) -> Clearance:
    """One clearance in scope; `Http404` for any other."""
    found = clearances_for(scope=scope, user=user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_for(*, user: User, right: Right, material: Material, now: datetime) -> None:
    """Raise `NotAllowed` where the user does not hold the right for the material's place.

    A material without an area is the whole organisation's: only an appointment for the whole covers it.
    """
    require_in(user=user, right=right, code=material.area_id, now=now)


def require_in(*, user: User, right: Right, code: str | None, now: datetime) -> None:
    """Raise `NotAllowed` where the user does not hold the right for this place (None: the whole
    organisation).
    """
    scope = scope_of(user=user, right=right, on=uk_date(now))
    if not scope.covers(code=code):
        raise NotAllowed(f"{user} may not do this here.")
