"""Who has finished which course, so that it counts on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from hustings.volunteers.models import Completion, Volunteer


def has_completed(*, volunteer: Volunteer, course_slug: str, on: date) -> bool:
    """Whether the volunteer has finished the course and the completion holds on the day."""
    return _in_force(on).filter(volunteer=volunteer, course__slug=course_slug).exists()


def with_completed(*, volunteer_ids: Iterable[int], course_slug: str, on: date) -> frozenset[int]:
    """Those of the volunteers who have, as `has_completed` for each, in one query."""
    rows = _in_force(on).filter(volunteer__in=list(volunteer_ids), course__slug=course_slug)
    return frozenset(rows.values_list("volunteer_id", flat=True))


def _in_force(on: date) -> QuerySet[Completion]:
    return Completion.objects.filter(Q(expires_on=None) | Q(expires_on__gt=on))
