"""Groups on the command line: write one, open and close it, add an overflow group. Invite links come from a file or standard
input alone (`platform.commands.read_text` says why), and are never printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now
from hustings.platform.commands import checked, print_json, read_text, refuse
from hustings.volunteers.access import groups_for
from hustings.volunteers.event_commands import By, CourseSlug, Json, course_pk
from hustings.volunteers.models import Group, GroupKind
from hustings.volunteers.pages.desk_group_forms import GroupForm, LinkForm
from hustings.volunteers.usecases.save_group import add_overflow, close_group, open_group, save_group

Which = Annotated[str, typer.Argument(help="The group's slug, from `hustings groups list`.")]


def write(
    by: By,
    group: Annotated[
        str | None, typer.Argument(help="The slug of the one to change; left out: a new one.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Its name.")] = None,
    kind: Annotated[str | None, typer.Option(help=f"Where it talks: {', '.join(GroupKind.values)}.")] = None,
    summary: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    area: Annotated[
        str | None, typer.Option(help="The place it belongs to, by name or GSS code; empty for everywhere.")
    ] = None,
    capacity: Annotated[int | None, typer.Option(help="Room for how many.")] = None,
    course: CourseSlug = None,
    adults_only: Annotated[bool | None, typer.Option(help="Whether it is for adults only.")] = None,
    link_hours: Annotated[int | None, typer.Option(help="Hours for which a released link opens.")] = None,
    link_file: Annotated[
        Path | None,
        typer.Option(help="A file with the invite link alone, or - for standard input; later: `rotate`."),
    ] = None,
    is_json: Json = False,
) -> None:
    """Write a group, or change one: what is left out stays."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    held = Group() if group is None else _group(scope, group)
    given = {
        "name": name,
        "kind": kind,
        "summary": summary,
        "area": area,
        "capacity": capacity,
        "required_course": course_pk(slug=course),
        "is_adults_only": adults_only,
        "link_hours": link_hours,
        "link": None if link_file is None else read_text(file=link_file),
    }
    form = checked(GroupForm, given=given, instance=held, scope=scope)
    saved = done_now(save_group, group=form.instance, link=form.cleaned_data.get("link", ""), by=user)
    _told(saved, is_json)


def open_(group: Which, by: By, is_json: Json = False) -> None:
    """Let volunteers join."""
    _act(group, by, open_group, is_json)


def close(group: Which, by: By, is_json: Json = False) -> None:
    """Let nobody join any more; who is in it stays."""
    _act(group, by, close_group, is_json)


def overflow(
    group: Which,
    file: Annotated[
        Path, typer.Argument(help="A file with the new group's invite link alone, or - for standard input.")
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Add a spare group, made on its service before; it opens by itself when the others are full."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    held = _group(scope, group)
    form = checked(LinkForm, given={"link": read_text(file=file)})
    _told(done_now(add_overflow, group=held, link=form.cleaned_data["link"], by=user), is_json)


def _act(slug: str, by: str, act: Callable[..., Group], is_json: bool) -> None:
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    _told(done_now(act, group=_group(scope, slug), by=user), is_json)


def _group(scope: Scope, slug: str) -> Group:
    found = groups_for(scope=scope).filter(slug=slug).first()
    if found is None:
        raise refuse(f"There is no group “{slug}” of yours. See `hustings groups list`.")
    return found


def _told(group: Group, is_json: bool) -> None:
    if is_json:
        print_json({"slug": group.slug, "name": group.name, "state": group.state, "capacity": group.capacity})
    else:
        typer.echo(f"“{group.name}” is {group.get_state_display()}; its slug is {group.slug}.")
