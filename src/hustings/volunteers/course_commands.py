"""`hustings volunteers`, and courses: pictures for their lessons, and completions that somebody vouches for."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.platform.commands import print_json, refuse
from hustings.volunteers.access import volunteer_for, volunteers_for
from hustings.volunteers.event_commands import By, Json
from hustings.volunteers.models import Course
from hustings.volunteers.usecases.add_course_picture import MOST_BYTES, add_course_picture
from hustings.volunteers.usecases.record_completion import record_completion

app = typer.Typer(no_args_is_help=True, help="Volunteers: who they are in your places, with their numbers.")

_Which = Annotated[str, typer.Argument(help="The course's slug, from `hustings training list`.")]


@app.command("list")
def list_volunteers(by: By, is_json: Json = False) -> None:
    """List the volunteers of your places, with the numbers that other commands take."""
    _user, scope = acting_in(email=by, right=Right.SEE_VOLUNTEERS)
    found = volunteers_for(scope=scope).filter(left_at=None).order_by("person__family_name", "pk")
    rows = [{"volunteer": one.pk, "name": str(one), "area": one.area_id or ""} for one in found]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['volunteer']:>6}  {row['name']}  {row['area']}".rstrip())
    if not rows:
        typer.echo("No volunteers live in your places yet.")


def picture(
    course: _Which,
    file: Annotated[Path, typer.Argument(help="A PNG, JPEG or WebP picture of at most 8 MB.")],
    alt: Annotated[str, typer.Option(help="In words what is to be seen, for those who do not see it.")],
    by: By,
    name: Annotated[
        str, typer.Option(help="By which a lesson names it; the file's own name where it is left out.")
    ] = "",
    is_json: Json = False,
) -> None:
    """Keep a picture with a course; one of the same name is replaced."""
    user, scope = acting_in(email=by, right=Right.EDIT_COURSES)
    if not scope.is_everything:
        raise refuse("Courses belong to the whole organisation; somebody who looks after all of it can.")
    held = _course(course)
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as problem:
        raise refuse(f"{file} cannot be read: {problem.strerror}.") from problem
    made = done_now(
        add_course_picture, course=held, content=content, name=name or file.name, alt=alt, by=user
    )
    if is_json:
        print_json({"course": held.slug, "name": made.name, "width": made.width, "height": made.height})
    else:
        typer.echo(f"The picture “{made.name}” is kept, {made.width} × {made.height} points.")


def completed(
    course: _Which,
    volunteer: Annotated[
        int, typer.Argument(help="The volunteer's number, from `hustings volunteers list`.")
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Note that a volunteer finished a course elsewhere, in a room; the login vouches for it."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    person = fetched(
        volunteer_for, scope=scope, pk=volunteer, missing=f"There is no volunteer {volunteer} in your places."
    )
    kept = done_now(record_completion, volunteer=person, course=_course(course), by=user)
    if is_json:
        print_json({"course": course, "volunteer": person.pk, "expires_on": kept.expires_on})
    else:
        typer.echo("Noted. It counts from now on.")


def _course(slug: str) -> Course:
    found = Course.objects.filter(slug=slug).first()
    if found is None:
        raise refuse(f"There is no course “{slug}”. See `hustings training list`.")
    return found
