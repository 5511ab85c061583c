"""Phone banks a login may see, and those for which it may ring."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.outreach.phonebank.models import BankState, CallSheet, PhoneBank


def banks_for(*, scope: Scope) -> QuerySet[PhoneBank]:
    """The phone banks of the places in scope."""
    found = PhoneBank.objects.select_related("audience", "area", "copy", "clearance", "election")
    return scope.filter(found, "area")


def bank_for(*, scope: Scope, pk: int) -> PhoneBank:
    """One phone bank in scope; `Http404` for any other, so that nobody learns that it exists."""
    found = banks_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such phone bank among those you look after.")
    return found


def banks_to_ring(*, scope: Scope, now: datetime) -> QuerySet[PhoneBank]:
    """The open phone banks of the places in scope, whose day has come and is not over."""
    return banks_for(scope=scope).filter(
        Q(opens_at=None) | Q(opens_at__lte=now),
        Q(closes_at=None) | Q(closes_at__gt=now),
        state=BankState.OPEN,
    )


def sheets_for(*, scope: Scope) -> QuerySet[CallSheet]:
    """The call lists on paper of those phone banks."""
    found = CallSheet.objects.select_related("bank", "bank__area", "bank__election", "bank__copy")
    return scope.filter(found, "bank__area")


def sheet_for(*, scope: Scope, code: str) -> CallSheet:
    """One of those lists, or `Http404`."""
    found = sheets_for(scope=scope).filter(code=code).first()
    if found is None:
        raise Http404("There is no such sheet among those you look after.")
    return found


def require_running(*, user: User, area_code: str | None, now: datetime) -> None:
    """Raise `NotAllowed` where the user may not run a phone bank of the place (None: the whole organisation)."""
    if not scope_of(user=user, right=Right.SEND, on=uk_date(now)).covers(code=area_code):
        raise NotAllowed("You may not have the people of this place rung. Ask whoever looks after it.")


def require_ringing(*, user: User, area_code: str | None, now: datetime) -> None:
    """Raise `NotAllowed` where the user may not ring people of the place (None: the whole organisation)."""
    if not scope_of(user=user, right=Right.RECORD_CONTACTS, on=uk_date(now)).covers(code=area_code):
        raise NotAllowed("You may not ring the people of this place. Ask whoever looks after it.")
