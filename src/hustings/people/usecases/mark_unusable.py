"""Mark an address that mail or calls no longer reach."""

from datetime import datetime

from hustings.people.models import ContactPoint


def mark_unusable(*, canonical: str, kind: str, reason: str, now: datetime) -> int:
    """Mark every contact point with this canonical address as unusable; returns how many were marked.

    One marked before keeps its first moment and reason. The reason is a few plain words ("no such mailbox").
    """
    return ContactPoint.objects.filter(canonical=canonical, kind=kind, unusable_at=None).update(
        unusable_at=now, unusable_reason=reason[:80]
    )
