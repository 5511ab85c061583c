"""Note that somebody is not there any more: they moved away, or died."""

from datetime import datetime

from hustings.people.models import Person


def mark_gone(*, person: Person, now: datetime) -> bool:
    """Note it once; returns whether it was news. The first moment stays."""
    return Person.objects.filter(pk=person.pk, gone_at=None).update(gone_at=now) > 0
