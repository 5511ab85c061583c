"""Petitions and signatures for somebody with a right in some places."""

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.actions.models import Petition, Signature


def petitions_for(*, scope: Scope) -> QuerySet[Petition]:
    """Petitions of the places in the scope."""
    return scope.filter(Petition.objects.select_related("area", "promoter", "on_behalf_of"), "area")


def petition_for(*, scope: Scope, pk: int) -> Petition:
    """One of them; anything else is not found."""
    found = petitions_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def signatures_for(*, scope: Scope, petition: Petition) -> QuerySet[Signature]:
    """The signatures under a petition of the places in the scope, wherever the signers live."""
    return scope.filter(
        Signature.objects.filter(petition=petition).select_related("ward", "version", "person"),
        "petition__area",
    )


def signature_for(*, scope: Scope, petition: Petition, pk: int) -> Signature:
    """One of them; anything else is not found."""
    found = signatures_for(scope=scope, petition=petition).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
