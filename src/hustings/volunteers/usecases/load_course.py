"""Bring a course in from its text."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from hustings.accounts.models import User
from hustings.platform import audit
from hustings.volunteers.models import Course, Lesson
from hustings.volunteers.rules.course_text import LessonText, read_course


def load_course(
    *, text: str, now: datetime, slug: str = "", by: User | None = None, is_published: bool = True
) -> Course:
    """Make the course, or renew the one with this slug; the same text again changes nothing.

    Lessons are known by their number, so that what volunteers have done of them stays. Raises `CourseFault`.
    """
    read = read_course(text=text)
    slug = slug or slugify(read.title)[:60]
    with transaction.atomic():
        course = Course.objects.select_for_update().filter(slug=slug).first()
        if course is not None and course.text == text and course.is_published == is_published:
            return course
        is_new = course is None
        course = course or Course(slug=slug)
        if not is_new and course.text != text:
            course.version += 1
        course.title, course.summary, course.minutes = read.title, read.summary, read.minutes
        course.valid_months, course.pass_percent = read.valid_months, read.pass_percent
        course.position, course.text, course.changed_at = read.position, text, now
        course.is_published = is_published
        course.save()
        for number, lesson in enumerate(read.lessons, 1):
            Lesson.objects.update_or_create(course=course, number=number, defaults=_columns(lesson))
        course.lessons.filter(number__gt=len(read.lessons)).delete()
        audit.record(
            now=now,
            actor=by,
            verb="made" if is_new else "changed",
            subject_type="volunteers.Course",
            subject_id=course.pk,
            version=course.version,
        )
    return course


def _columns(lesson: LessonText) -> dict[str, object]:
    return {
        "title": lesson.title,
        "body": lesson.body,
        "video_url": lesson.video_url,
        "minutes": lesson.minutes,
        "questions": [
            {
                "text": question.text,
                "answers": [
                    {"text": answer.text, "is_right": answer.is_right} for answer in question.answers
                ],
                "because": question.because,
            }
            for question in lesson.questions
        ],
    }
