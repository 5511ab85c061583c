"""Tell volunteers whose course soon no longer counts, so that they can take it again in time."""

from datetime import datetime, timedelta

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.platform.words import day
from hustings.volunteers.models import Completion
from hustings.volunteers.queries.completions import has_completed
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteer

#: How long before a completion runs out its volunteer is told.
_BEFORE = timedelta(days=30)


def remind_of_courses(*, now: datetime) -> int:
    """Write once about each completion that runs out within 30 days and was not followed by another; returns how many."""
    today, sent = uk_date(now), 0
    due = Completion.objects.filter(
        reminded_at=None,
        expires_on__gt=today,
        expires_on__lte=today + _BEFORE,
        course__is_published=True,
        volunteer__left_at=None,
    ).select_related("volunteer__person", "course")
    for completion in due.order_by("expires_on", "pk"):
        ends_on = completion.expires_on
        assert ends_on is not None
        with transaction.atomic():
            if not Completion.objects.filter(pk=completion.pk, reminded_at=None).update(reminded_at=now):
                continue
            if has_completed(volunteer=completion.volunteer, course_slug=completion.course.slug, on=ends_on):
                continue
            write_to_volunteer(
                template="course_runs_out",
                volunteer=completion.volunteer,
                fields_of=lambda _one, title=completion.course.title, on=ends_on: {  # type: ignore[misc]  # a default has no type in a lambda
                    "course_title": title,
                    "ends_on": day(on),
                },
                path=f"/training/{completion.course.slug}/",
                now=now,
            )
            sent += 1
    return sent
