"""Courses for everybody to read; a volunteer's answers are kept."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.basics.clock import clock
from hustings.volunteers.models import CoursePicture, Lesson, Volunteer
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers, volunteer_of
from hustings.volunteers.queries.lesson_html import lesson_html
from hustings.volunteers.queries.training import (
    lesson_of,
    lessons_done,
    progress_in,
    progress_of,
    published_courses,
)
from hustings.volunteers.rules.quiz import Marked, mark
from hustings.volunteers.usecases.answer_quiz import answer_quiz


@gzip_page
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every course."""
    volunteer = volunteer_of(request)
    progress = progress_of(volunteer=volunteer, on=clock().today_in_uk()) if volunteer else []
    return render(request, "volunteers/courses.html", {"courses": published_courses(), "progress": progress})


@gzip_page
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """One course and its lessons."""
    found = get_object_or_404(published_courses(), slug=slug)
    volunteer = volunteer_of(request)
    values: dict[str, Any] = {"course": found, "lessons": list(found.lessons.all()), "volunteer": volunteer}
    if volunteer:
        values["progress"] = progress_in(course=found, volunteer=volunteer, on=clock().today_in_uk())
        values["done"] = lessons_done(course=found, volunteer=volunteer)
    return render(request, "volunteers/course.html", values)


@gzip_page
@require_safe
def whole_course(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole course on one page, to print or to keep for where there is no signal; answers stand at the end."""
    found = get_object_or_404(published_courses(), slug=slug)
    rows = list(found.lessons.all())
    pages = lesson_html(
        course=found, texts=[lesson.body for lesson in rows], is_whole="download" in request.GET
    )
    lessons = [
        {"lesson": lesson, "html": html, "questions": lesson.questions}
        for lesson, html in zip(rows, pages, strict=True)
    ]
    values = {"course": found, "lessons": lessons}
    if "download" in request.GET:
        page = render_to_string("volunteers/course_file.html", values)
        return HttpResponse(
            page, headers={"Content-Disposition": f'attachment; filename="{found.slug}.html"'}
        )
    return render(request, "volunteers/course_whole.html", values)


@cache_control(public=True, max_age=3600)
@require_safe
def course_picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A picture of a published course."""
    found = get_object_or_404(CoursePicture, course__in=published_courses(), course__slug=slug, name=name)
    return HttpResponse(bytes(found.content), content_type="image/webp")


# Without a volunteer's session nothing is kept: the answers are only marked, so there is nothing to forge.
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One lesson with its quiz, for whoever reads; a volunteer's answers go to `lesson_answers`."""
    found = _lesson(slug, number)
    marked, chosen = None, dict[int, set[int]]()
    if request.method == "POST":
        chosen = _chosen(request, found)
        marked = mark(questions=found.questions, chosen=chosen, pass_percent=found.course.pass_percent)
    return _shown(request, found, volunteer_of(request), marked, chosen)


@for_volunteers
@require_POST
def lesson_answers(request: VolunteerRequest, slug: str, number: int) -> HttpResponse:
    """A volunteer's answers: marked, kept, and where they finish the course, said so."""
    found = _lesson(slug, number)
    chosen = _chosen(request, found)
    answered = answer_quiz(volunteer=request.volunteer, lesson=found, chosen=chosen, now=clock().now())
    if answered.completion is not None:
        return redirect("volunteers:course", slug=slug)
    return _shown(request, found, request.volunteer, answered.marked, chosen)


def _shown(
    request: HttpRequest,
    found: Lesson,
    volunteer: Volunteer | None,
    marked: Marked | None,
    chosen: dict[int, set[int]],
) -> HttpResponse:
    following = found.course.lessons.filter(number__gt=found.number).order_by("number").first()
    return render(
        request,
        "volunteers/lesson.html",
        {
            "lesson": found,
            "course": found.course,
            "html": lesson_html(course=found.course, texts=[found.body])[0],
            "volunteer": volunteer,
            "marked": marked,
            "questions": _questions(found.questions, marked, chosen),
            "following": following,
            "count": found.course.lessons.count(),
        },
    )


def _questions(
    questions: Sequence[dict[str, Any]], marked: Marked | None, chosen: dict[int, set[int]]
) -> list[dict[str, Any]]:
    """The quiz as the page draws it: once it is marked, each question says how it went and why."""
    return [
        {
            "number": number,
            "text": question["text"],
            "is_multiple": sum(answer["is_right"] for answer in question["answers"]) > 1,
            "is_right": marked.outcomes[number] if marked else None,
            "because": question["because"] if marked else "",
            "answers": [
                {
                    "place": place,
                    "text": answer["text"],
                    "is_chosen": place in chosen.get(number, set()),
                    "is_right": answer["is_right"],
                }
                for place, answer in enumerate(question["answers"])
            ],
        }
        for number, question in enumerate(questions)
    ]


def _chosen(request: HttpRequest, found: Lesson) -> dict[int, set[int]]:
    """The answers that were ticked, by question."""
    return {
        number: {int(value) for value in request.POST.getlist(f"q{number}") if value.isdecimal()}
        for number in range(len(found.questions))
    }


def _lesson(slug: str, number: int) -> Lesson:
    found = lesson_of(slug=slug, number=number)
    if found is None:
        raise Http404
    return found
