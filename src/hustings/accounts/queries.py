"""Reads about logins and what they did, for our pages and for other apps."""

from django.db.models import QuerySet

from hustings.accounts.access import Scope
from hustings.platform.models import AuditEntry


def audit_entries_for(*, scope: Scope) -> QuerySet[AuditEntry]:
    """Audit entries of the scope's places; those that belong to no place only for the whole organisation."""
    return scope.filter(AuditEntry.objects.all(), "area_code")


def verbs_used(*, scope: Scope) -> list[str]:
    """The acts that occur in those entries, in order."""
    return list(audit_entries_for(scope=scope).order_by("verb").values_list("verb", flat=True).distinct())
