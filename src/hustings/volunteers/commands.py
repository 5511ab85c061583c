"""The command line of training, events and groups."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.db.models import Count

from hustings.accounts.access import EVERYTHING
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.commands import print_json, refuse
from hustings.volunteers import course_commands, event_commands, group_commands
from hustings.volunteers.access import volunteers_for
from hustings.volunteers.models import Course, Event, Group
from hustings.volunteers.queries.events import feed, shifts_with_places
from hustings.volunteers.usecases.load_course import load_course
from hustings.volunteers.usecases.load_shipped_courses import load_shipped_courses
from hustings.volunteers.usecases.propose_shifts import propose_shifts
from hustings.volunteers.usecases.rotate_link import rotate_link

training = typer.Typer(name="training", no_args_is_help=True, help="Courses for volunteers.")
events = typer.Typer(name="events", no_args_is_help=True, help="Events, their shifts and who comes.")
groups = typer.Typer(name="groups", no_args_is_help=True, help="Groups on chat services and email lists.")

training.command("picture")(course_commands.picture)
training.command("completed")(course_commands.completed)
events.command("write")(event_commands.write)
events.command("shift")(event_commands.shift)
events.command("open")(event_commands.open_)
events.command("cancel")(event_commands.cancel)
events.command("bookings")(event_commands.bookings)
events.command("came")(event_commands.came)
groups.command("write")(group_commands.write)
groups.command("open")(group_commands.open_)
groups.command("close")(group_commands.close)
groups.command("overflow")(group_commands.overflow)

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


_Slug = Annotated[str, typer.Argument(help="The slug, as in the address of its page.")]


@events.command("list")
def list_events(
    is_past: Annotated[bool, typer.Option("--past", help="Those that are over, too.")] = False,
    is_json: _Json = False,
) -> None:
    """List events with how many people they have and want."""
    now = clock().now()
    rows = []
    for event in Event.objects.select_related("area").order_by("starts_at", "pk"):
        if event.ends_at <= now and not is_past:
            continue
        places = shifts_with_places(event=event)
        rows.append(
            {
                "slug": event.slug,
                "title": event.title,
                "kind": event.kind,
                "state": event.state,
                "starts_at": event.starts_at.isoformat(),
                "area": event.area_id or "",
                "wanted": sum(each.shift.capacity for each in places),
                "held": sum(each.held for each in places),
                "waiting": sum(each.waiting for each in places),
            }
        )
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['starts_at']}  {row['slug']}: {row['title']} ({row['held']} of {row['wanted']})")


@events.command("feed")
def print_feed() -> None:
    """Print the public feed of events and needs, as /events/feed.json has it (docs/feeds.md)."""
    print_json(feed(now=clock().now()))


@events.command("rota")
def rota(
    slug: _Slug,
    is_sent: Annotated[
        bool, typer.Option("--send", help="Ask them by email; without it nothing is stored or sent.")
    ] = False,
    is_json: _Json = False,
) -> None:
    """Propose who might take an event's shifts, within everybody's own limits (docs/algorithms/rota.md)."""
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        raise refuse(f"There is no event “{slug}”. See `hustings events list`.")
    proposed = propose_shifts(
        event=event,
        among=volunteers_for(scope=EVERYTHING),
        by=None,
        now=clock().now(),
        is_dry_run=not is_sent,
    )
    said = {
        "event": slug,
        "is_sent": is_sent,
        "gaps": proposed.gaps,
        "proposals": [{"shift": one.shift_id, "volunteer": one.volunteer_id} for one in proposed.bookings],
    }
    if is_json:
        print_json(said)
    else:
        verb = "asked" if is_sent else "could be asked"
        typer.echo(f"{len(proposed.bookings)} people {verb}; {proposed.gaps} places stay empty.")
    if proposed.gaps:
        raise typer.Exit(1)


@groups.command("list")
def list_groups(is_json: _Json = False) -> None:
    """List groups with how full they are; never with their links."""
    rows = [
        {
            "slug": group.slug,
            "name": group.name,
            "kind": group.kind,
            "state": group.state,
            "area": group.area_id or "",
            "capacity": group.capacity,
            "members": group.memberships.filter(left_at=None).count(),
            "link_version": group.link_version,
            "releases": group.releases.count(),
        }
        for group in Group.objects.defer("link").order_by("name", "number", "pk")
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['slug']}: {row['name']} ({row['state']}, {row['members']} of {row['capacity']})")


@groups.command("rotate")
def rotate(
    slug: _Slug,
    reason: Annotated[str, typer.Option(help="Why, for the audit log.")],
    is_json: _Json = False,
) -> None:
    """Put a new invite link in place, read from standard input, and tell everybody in the group where to find it."""
    group = Group.objects.filter(slug=slug).first()
    if group is None:
        raise refuse(f"There is no group “{slug}”. See `hustings groups list`.")
    try:
        told = rotate_link(group=group, link=sys.stdin.readline(), reason=reason, by=None, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json({"group": slug, "link_version": group.link_version, "told": told})
        return
    typer.echo(f"The link is changed; {told} volunteers are told.")
