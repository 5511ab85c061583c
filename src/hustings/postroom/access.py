"""What of the postroom a login may see: dispatches by the place of their material, messages by where their reader lives."""

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import Scope
from hustings.postroom.models import DeliveryReport, Dispatch, Message, MessageState

_READER = ("person__ward", "person__constituency")


def dispatches_for(*, scope: Scope) -> QuerySet[Dispatch]:
    """Dispatches whose material belongs to a place inside the scope; those without a place need the whole organisation."""
    return scope.filter(Dispatch.objects.all(), "clearance__copy__material__area")


def dispatch_for(*, scope: Scope, pk: int) -> Dispatch:
    """One such dispatch; Http404 outside the scope."""
    found = dispatches_for(scope=scope).select_related("clearance__copy__material").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def messages_for(*, scope: Scope) -> QuerySet[Message]:
    """Messages to people inside the scope; those to nobody we know by name need the whole organisation."""
    return scope.filter(Message.objects.all(), *_READER)


def unknowns_for(*, scope: Scope) -> QuerySet[Message]:
    """Messages of unknown fate to people inside the scope."""
    return messages_for(scope=scope).filter(state=MessageState.UNKNOWN)


def reports_for(*, scope: Scope) -> QuerySet[DeliveryReport]:
    """Bounces and complaints about messages to people inside the scope; unclaimed ones need the whole organisation."""
    return scope.filter(DeliveryReport.objects.all(), *(f"message__{lookup}" for lookup in _READER))
