"""Courses of lessons, what volunteers have done of them, and what they have finished."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hustings.volunteers.models.volunteer import Volunteer


class Course(models.Model):
    """A course, made from one Markdown text (`rules/course_text.py`); `text` is that source, `version` counts its changes.

    `valid_months` is how long a completion holds, none for ever; `pass_percent` is the share of each quiz to get right.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    pass_percent = models.PositiveSmallIntegerField(default=75)
    position = models.PositiveSmallIntegerField(default=100)
    is_published = models.BooleanField(default=False)
    text = models.TextField()
    version = models.PositiveSmallIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        """In the order in which they are shown."""

        ordering: ClassVar = ["position", "title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pass_percent__lte=100), name="course_pass_is_a_share")
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """One lesson: Markdown, perhaps a video elsewhere, and its quiz.

    `questions` is a list of `{"text", "answers": [{"text", "is_right"}], "because"}`.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    body = models.TextField()
    video_url = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(default=10)
    questions = models.JSONField(default=list, blank=True)

    class Meta:
        """In order within the course."""

        ordering: ClassVar = ["course", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="lesson_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class CoursePicture(models.Model):
    """A picture that lessons of a course show, as WebP, written anew when it came in; `alt` says what is to be seen."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="pictures")
    name = models.SlugField(max_length=60)
    alt = models.CharField(max_length=250)
    content = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        """By name; each once a course, and none without words."""

        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "name"], name="course_picture_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="course_picture_has_words"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def markdown(self) -> str:
        """The line by which a lesson shows it."""
        return f"![{self.alt.replace('[', '(').replace(']', ')')}](picture:{self.name})"


class LessonDone(models.Model):
    """A volunteer passed a lesson's quiz: `right` of `asked` at the last try."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="lessons_done")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="done")
    right = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        """Each lesson once a volunteer; a later try takes its place."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["volunteer", "lesson"], name="lesson_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} did {self.lesson_id}"


class Completion(models.Model):
    """A volunteer finished a course; `expires_on` is the first day on which it no longer counts, none for never."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="completions")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="completions")
    course_version = models.PositiveSmallIntegerField(default=1)
    completed_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest last; a course may be finished again."""

        ordering: ClassVar = ["completed_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["volunteer", "course", "expires_on"], name="completion_of_course")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} finished {self.course_id}"
