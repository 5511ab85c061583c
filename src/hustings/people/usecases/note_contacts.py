"""Keep when people were last reached, beside the person, so that audiences need not read the history."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from hustings.people.models import Person

BATCH = 2_000


def note_contacts(*, person_ids: Iterable[int], at: datetime) -> int:
    """Set the last contact of these people to `at` where it was earlier or never; returns how many changed."""
    wanted = list(person_ids)
    changed = 0
    for start in range(0, len(wanted), BATCH):
        batch = Person.objects.filter(pk__in=wanted[start : start + BATCH])
        changed += batch.filter(Q(last_contacted_at=None) | Q(last_contacted_at__lt=at)).update(
            last_contacted_at=at
        )
    return changed
