"""Keep the moment of the last contact on the person, where audiences count by it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from hustings.people.models import Person

_BATCH = 900


def note_contacts(*, person_ids: Iterable[int], at: datetime) -> int:
    """Move the last contact of these people forward to `at`; a later one stays. Returns how many rows changed."""
    everyone = sorted(set(person_ids))
    changed = 0
    for start in range(0, len(everyone), _BATCH):
        changed += (
            Person.objects.filter(pk__in=everyone[start : start + _BATCH])
            .filter(Q(last_contacted_at=None) | Q(last_contacted_at__lt=at))
            .update(last_contacted_at=at)
        )
    return changed
