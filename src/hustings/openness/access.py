"""Entries of the record for the desk, fetched for someone who may correct or withhold them, or not found.

The public pages need no such fetch: what is open is open to everyone, and `queries` shows nothing else.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.openness.models import Document, Entry


def entries_for(*, scope: Scope) -> QuerySet[Entry]:
    """The entries of the places in scope, with documents that are not open yet."""
    return scope.filter(Entry.objects.select_related("area"), "area")


def entry_for(*, scope: Scope, number: int) -> Entry:
    """One entry in scope; `Http404` for any other."""
    found = entries_for(scope=scope).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def document_for(*, scope: Scope, number: int, name: str) -> Document:
    """One document of an entry in scope; `Http404` for any other."""
    found: Document | None = entry_for(scope=scope, number=number).documents.filter(name=name).first()
    if found is None:
        raise Http404
    return found


def require_for(*, user: User, right: Right, entry: Entry, now: datetime) -> None:
    """Raise `NotAllowed` where the user does not hold the right for the entry's place."""
    if not scope_of(user=user, right=right, on=uk_date(now)).covers(code=entry.area_id):
        raise NotAllowed(f"{user} may not do this here.")
