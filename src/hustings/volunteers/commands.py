"""The command line of training."""

from pathlib import Path
from typing import Annotated

import typer
from django.db.models import Count

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.commands import print_json, refuse
from hustings.volunteers.models import Course
from hustings.volunteers.usecases.load_course import load_course
from hustings.volunteers.usecases.load_shipped_courses import load_shipped_courses

training = typer.Typer(name="training", no_args_is_help=True, help="Courses for volunteers.")

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@training.command("list")
def list_courses(is_json: _Json = False) -> None:
    """List every course with its lessons and how many completions it has."""
    rows = [
        {
            "slug": course.slug,
            "title": course.title,
            "minutes": course.minutes,
            "lessons": course.lessons.count(),
            "valid_months": course.valid_months,
            "version": course.version,
            "is_published": course.is_published,
            "completions": course.completion_count,
        }
        for course in Course.objects.annotate(completion_count=Count("completions")).order_by(
            "position", "slug"
        )
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['slug']}: {row['title']} ({row['lessons']} lessons, {row['minutes']} min)")


@training.command("load")
def load(
    file: Annotated[
        Path, typer.Argument(help="The course as Markdown; docs/training.md says how.", exists=True)
    ],
    slug: Annotated[str, typer.Option(help="The course's slug; by default the file's name.")] = "",
    is_json: _Json = False,
) -> None:
    """Bring a course in from a file, or renew it; the same text again changes nothing."""
    try:
        course = load_course(text=file.read_text(encoding="utf-8"), slug=slug or file.stem, now=clock().now())
    except Refusal as problem:
        raise refuse(f"{file.name}: {problem}") from problem
    said = {"slug": course.slug, "version": course.version, "lessons": course.lessons.count()}
    if is_json:
        print_json(said)
        return
    typer.echo(f"{course.slug}: version {course.version}, {said['lessons']} lessons.")


@training.command("shipped")
def shipped(
    is_renewed: Annotated[
        bool, typer.Option("--renew", help="Put the shipped text in place of what is there.")
    ] = False,
    is_json: _Json = False,
) -> None:
    """Bring in the courses that come with Hustings, where they are not there yet."""
    made = [course.slug for course in load_shipped_courses(now=clock().now(), is_renewed=is_renewed)]
    if is_json:
        print_json({"made": made})
        return
    typer.echo(", ".join(made) if made else "They are all there.")
