"""Campaigns whose books can be named where something is ordered: their names only, nothing of what is in them."""

from django.db.models import QuerySet

from hustings.accounts.access import Scope
from hustings.money.models import Campaign


def chargeable_campaigns(*, scope: Scope) -> QuerySet[Campaign]:
    """The campaigns of the places in scope, latest poll first. Who stands where is public; their books are not shown by this."""
    return scope.filter(Campaign.objects.all(), "area")
