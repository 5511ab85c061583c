"""The audit log: who did what to what, and when. Rows are only ever added."""

from datetime import datetime
from typing import Any, Protocol

from hustings.platform.models import AuditEntry


class Actor(Protocol):
    """Whoever acts: a signed-in user."""

    @property
    def pk(self) -> Any: ...

    def get_full_name(self) -> str: ...


def record(
    *,
    now: datetime,
    actor: Actor | None,
    verb: str,
    subject_type: str,
    subject_id: object,
    area_code: str = "",
    **detail: Any,
) -> AuditEntry:
    """Add one entry; `detail` holds plain JSON values and no personal data beyond ids."""
    return AuditEntry.objects.create(
        at=now,
        actor_id=None if actor is None else actor.pk,
        actor_name="" if actor is None else actor.get_full_name() or f"user {actor.pk}",
        verb=verb,
        subject_type=subject_type,
        subject_id=str(subject_id),
        area_code=area_code,
        detail=detail,
    )
