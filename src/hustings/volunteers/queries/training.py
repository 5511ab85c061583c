"""Courses with what one volunteer has done of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hustings.volunteers.models import Completion, Course, Lesson, LessonDone, Volunteer


def published_courses() -> QuerySet[Course]:
    """Courses that the public may read."""
    return Course.objects.filter(is_published=True)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A course and how far a volunteer is: `done` of `lessons`, and the completion that holds, if any does."""

    course: Course
    lessons: int
    done: int
    completion: Completion | None
    next_number: int

    @property
    def is_complete(self) -> bool:
        """Whether a completion holds."""
        return self.completion is not None

    @property
    def is_begun(self) -> bool:
        """Whether at least one lesson is done towards the next completion."""
        return self.done > 0


def progress_of(*, volunteer: Volunteer, on: date) -> list[Progress]:
    """Every published course with the volunteer's progress, in the courses' order."""
    return [_progress(course, volunteer, on) for course in published_courses().prefetch_related("lessons")]


def progress_in(*, course: Course, volunteer: Volunteer, on: date) -> Progress:
    """The volunteer's progress in one course."""
    return _progress(course, volunteer, on)


def lessons_done(*, course: Course, volunteer: Volunteer) -> frozenset[int]:
    """The numbers of the lessons that are done towards the next completion."""
    last = Completion.objects.filter(volunteer=volunteer, course=course).order_by("-completed_at").first()
    rows = LessonDone.objects.filter(volunteer=volunteer, lesson__course=course)
    if last is not None:
        rows = rows.filter(at__gt=last.completed_at)
    return frozenset(rows.values_list("lesson__number", flat=True))


def _progress(course: Course, volunteer: Volunteer, on: date) -> Progress:
    numbers = [lesson.number for lesson in course.lessons.all()]
    done = lessons_done(course=course, volunteer=volunteer)
    held = Completion.objects.filter(volunteer=volunteer, course=course).order_by("-completed_at").first()
    holds = held is not None and (held.expires_on is None or held.expires_on > on)
    return Progress(
        course=course,
        lessons=len(numbers),
        done=len(done),
        completion=held if holds else None,
        next_number=next((number for number in sorted(numbers) if number not in done), 1),
    )


def lesson_of(*, slug: str, number: int) -> Lesson | None:
    """A lesson of a published course."""
    return (
        Lesson.objects.select_related("course")
        .filter(course__slug=slug, course__is_published=True, number=number)
        .first()
    )
