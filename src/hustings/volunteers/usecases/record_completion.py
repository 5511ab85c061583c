"""Note that a volunteer finished a course elsewhere: in a room with a trainer, say."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.people.rules.rights import add_months
from hustings.platform import audit
from hustings.platform.events import announce
from hustings.volunteers.events import CourseFinished
from hustings.volunteers.models import Completion, Course, Volunteer


def record_completion(*, volunteer: Volunteer, course: Course, by: User | None, now: datetime) -> Completion:
    """Keep a completion as of now, on the word of whoever records it; it runs out like any other."""
    with transaction.atomic():
        completion = Completion.objects.create(
            volunteer=volunteer,
            course=course,
            course_version=course.version,
            completed_at=now,
            expires_on=add_months(day=uk_date(now), months=course.valid_months)
            if course.valid_months
            else None,
        )
        audit.record(
            now=now,
            actor=by,
            verb="recorded a completion for",
            subject_type="volunteers.Volunteer",
            subject_id=volunteer.pk,
            area_code=volunteer.area_id or "",
            course=course.slug,
        )
        announce(CourseFinished(at=now, volunteer_id=volunteer.pk, course_id=course.pk))
    return completion
