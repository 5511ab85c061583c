"""A volunteer answers the quiz of a lesson; the last lesson passed finishes the course."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.people.rules.rights import add_months
from hustings.platform.events import announce
from hustings.volunteers.events import CourseFinished
from hustings.volunteers.models import Completion, Lesson, LessonDone, Volunteer
from hustings.volunteers.rules.quiz import Marked, mark


@dataclass(frozen=True, kw_only=True)
class QuizAnswered:
    """How the quiz went, and the completion where this finished the course."""

    marked: Marked
    completion: Completion | None


def answer_quiz(
    *, volunteer: Volunteer, lesson: Lesson, chosen: Mapping[int, Collection[int]], now: datetime
) -> QuizAnswered:
    """Mark the quiz; a pass is kept, a fail changes nothing. A lesson without a quiz is done by saying so.

    A course is finished when every lesson is done since the last completion (or ever, for the first): so it can be taken again
    before it runs out. The completion holds for the course's months.
    """
    course = lesson.course
    marked = mark(questions=lesson.questions, chosen=chosen, pass_percent=course.pass_percent)
    if not marked.has_passed:
        return QuizAnswered(marked=marked, completion=None)
    with transaction.atomic():
        LessonDone.objects.update_or_create(
            volunteer=volunteer,
            lesson=lesson,
            defaults={"right": marked.right, "asked": marked.asked, "at": now},
        )
        completion = _finish(volunteer, lesson, now)
    return QuizAnswered(marked=marked, completion=completion)


def _finish(volunteer: Volunteer, lesson: Lesson, now: datetime) -> Completion | None:
    course = lesson.course
    done = LessonDone.objects.filter(volunteer=volunteer, lesson__course=course)
    last = Completion.objects.filter(volunteer=volunteer, course=course).order_by("-completed_at").first()
    if last is not None:
        done = done.filter(at__gt=last.completed_at)
    if done.count() < course.lessons.count():
        return None
    on = uk_date(now)
    completion = Completion.objects.create(
        volunteer=volunteer,
        course=course,
        course_version=course.version,
        completed_at=now,
        expires_on=add_months(day=on, months=course.valid_months) if course.valid_months else None,
    )
    announce(CourseFinished(at=now, volunteer_id=volunteer.pk, course_id=course.pk))
    return completion
