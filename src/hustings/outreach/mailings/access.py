"""Mailings a login may see: those whose audience it looks after."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.outreach.mailings.models import Mailing


def mailings_for(*, scope: Scope) -> QuerySet[Mailing]:
    """The mailings to audiences of the places in scope."""
    found = Mailing.objects.select_related(
        "audience", "audience__area", "material", "copy", "clearance", "dispatch"
    )
    return scope.filter(found, "audience__area")


def mailing_for(*, scope: Scope, pk: int) -> Mailing:
    """One mailing in scope; `Http404` for any other, so that nobody learns that it exists."""
    found = mailings_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such mailing among those you look after.")
    return found


def require_sending(*, user: User, area_code: str | None, now: datetime) -> None:
    """Raise `NotAllowed` where the user may not send to the place (None: the whole organisation)."""
    if not scope_of(user=user, right=Right.SEND, on=uk_date(now)).covers(code=area_code):
        raise NotAllowed("You may not send to the people of this place. Ask whoever looks after it.")
