"""Campaigns and their expenses, fetched for someone who may see the money, or not found."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.money.models import Campaign


def campaigns_for(*, scope: Scope) -> QuerySet[Campaign]:
    """The books of the places in scope; those without a place are the whole organisation's."""
    return scope.filter(Campaign.objects.select_related("area", "election", "agent"), "area")


def campaign_for(*, scope: Scope, pk: int) -> Campaign:
    """The books of one campaign in scope; `Http404` for any other, so that nobody learns that they exist."""
    found = campaigns_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_in(*, user: User, right: Right, code: str | None, now: datetime) -> None:
    """Raise `NotAllowed` where the user does not hold the right for this place (None: the whole organisation)."""
    if not scope_of(user=user, right=right, on=uk_date(now)).covers(code=code):
        raise NotAllowed(f"{user} may not do this here.")
