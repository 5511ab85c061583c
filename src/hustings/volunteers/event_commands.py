"""Events on the command line: write one and its shifts, open it, see who is booked, note who came, call it off."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now
from hustings.platform.commands import checked, print_json, read_table, read_text, refuse
from hustings.volunteers.access import events_for
from hustings.volunteers.models import Booking, BookingState, Course, Event, EventKind, Shift, TaskKind
from hustings.volunteers.models.events import Food
from hustings.volunteers.pages.desk_event_forms import CancelForm, EventForm, ShiftForm
from hustings.volunteers.usecases.note_attendance import note_attendance
from hustings.volunteers.usecases.open_event import cancel_event, open_event
from hustings.volunteers.usecases.save_event import event_findings, save_event, save_shift

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[
    str, typer.Option(help="The email address of the login that acts; it must look after volunteers there.")
]
Which = Annotated[str, typer.Argument(help="The event's slug, from `hustings events list`.")]
CourseSlug = Annotated[
    str | None, typer.Option("--course", help="The slug of a course to finish first; empty for none.")
]
_CAME = {"yes": True, "no": False, "": None}


def write(
    by: By,
    event: Annotated[
        str | None, typer.Argument(help="The slug of the one to change; left out: a new one.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help=f"One of {', '.join(EventKind.values)}.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    about: Annotated[Path | None, typer.Option(help="A text file with what happens, or -.")] = None,
    area: Annotated[
        str | None, typer.Option(help="The place it belongs to, by name or GSS code; empty for everywhere.")
    ] = None,
    starts_at: Annotated[str | None, typer.Option(help="As 2026-05-01T10:00; UK time.")] = None,
    ends_at: Annotated[str | None, typer.Option(help="As 2026-05-01T12:00; UK time.")] = None,
    place: Annotated[str | None, typer.Option(help="Where they meet.")] = None,
    postcode: Annotated[str | None, typer.Option(help="Left out for what happens online.")] = None,
    access: Annotated[str | None, typer.Option(help="Steps, ramps, toilets, seats, the nearest bus.")] = None,
    bring: Annotated[str | None, typer.Option(help="What to bring.")] = None,
    adults_only: Annotated[bool | None, typer.Option(help="Whether it is for adults only.")] = None,
    course: CourseSlug = None,
    food: Annotated[
        str | None, typer.Option(help=f"Food, drink or entertainment: {', '.join(Food.values)}.")
    ] = None,
    food_purpose: Annotated[str | None, typer.Option(help="If so, what for.")] = None,
    paid: Annotated[bool | None, typer.Option(help="Whether somebody is paid for taking part.")] = None,
    payment_note: Annotated[str | None, typer.Option(help="If so, who, and for what.")] = None,
    remind_hours: Annotated[int | None, typer.Option(help="Remind people so many hours before.")] = None,
    follow_up: Annotated[
        Path | None, typer.Option(help="A text file with the message to those who came, or -.")
    ] = None,
    is_json: Json = False,
) -> None:
    """Write an event, or change one: what is left out stays. Who is booked is told where time or place changes."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    held = Event() if event is None else find(scope=scope, slug=event)
    given = {
        "kind": kind,
        "title": title,
        "about": None if about is None else read_text(file=about),
        "area": area,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "postcode": postcode,
        "access": access,
        "bring": bring,
        "is_adults_only": adults_only,
        "required_course": course_pk(slug=course),
        "food": food,
        "food_purpose": food_purpose,
        "is_paid": paid,
        "payment_note": payment_note,
        "remind_hours": remind_hours,
        "follow_up": None if follow_up is None else read_text(file=follow_up),
    }
    form = checked(EventForm, given=given, instance=held, scope=scope)
    saved = done_now(save_event, event=form.instance, by=user)
    warnings = [str(one.sentence) for one in event_findings(event=saved) if not one.is_refusal]
    if is_json:
        print_json({**_row(saved), "warnings": warnings})
        return
    typer.echo(f"“{saved.title}” is kept; its slug is {saved.slug}.")
    for warning in warnings:
        typer.echo(f"Mind the law: {warning} We could not confirm this rule; ask the election agent.")


def shift(
    event: Which,
    by: By,
    number: Annotated[
        int | None, typer.Argument(help="The number of the shift to change; left out: a new one.")
    ] = None,
    task: Annotated[str | None, typer.Option(help=f"What people do: {', '.join(TaskKind.values)}.")] = None,
    name: Annotated[
        str | None, typer.Option(help="Called; the task's own name where it is left out.")
    ] = None,
    starts_at: Annotated[
        str | None, typer.Option(help="As 2026-05-01T10:00; with the event left out.")
    ] = None,
    ends_at: Annotated[str | None, typer.Option(help="As 2026-05-01T12:00; with the event left out.")] = None,
    capacity: Annotated[int | None, typer.Option(help="For how many people; six for a new one.")] = None,
    course: CourseSlug = None,
    is_json: Json = False,
) -> None:
    """Add a shift to an event, or change one."""
    _user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    held = find(scope=scope, slug=event)
    if number is None:
        wanted: Shift | None = Shift(event=held, starts_at=held.starts_at, ends_at=held.ends_at, capacity=6)
    else:
        wanted = held.shifts.filter(pk=number).first()
    if wanted is None:
        raise refuse(f"“{held.title}” has no shift {number}.")
    given = {
        "task": task,
        "name": name,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "capacity": capacity,
        "required_course": course_pk(slug=course),
    }
    saved = done_now(save_shift, shift=checked(ShiftForm, given=given, instance=wanted).instance)
    if is_json:
        print_json({"event": held.slug, "shift": saved.pk, "task": saved.task, "capacity": saved.capacity})
    else:
        typer.echo(f"{saved} is kept; its number is {saved.pk}, and it has room for {saved.capacity}.")


def open_(event: Which, by: By, is_json: Json = False) -> None:
    """Show the event and let people sign up."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    opened = done_now(open_event, event=find(scope=scope, slug=event), by=user)
    if is_json:
        print_json(_row(opened))
    else:
        typer.echo(f"“{opened.title}” is open. People can sign up.")


def cancel(
    event: Which,
    by: By,
    reason: Annotated[str | None, typer.Option(help="What to tell people; it stands on its page.")] = None,
    is_json: Json = False,
) -> None:
    """Call an event off: everybody who is booked, waiting or asked is told."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    held = find(scope=scope, slug=event)
    form = checked(CancelForm, given={"reason": reason})
    told = done_now(cancel_event, event=held, reason=form.cleaned_data["reason"], by=user)
    if is_json:
        print_json({**_row(held), "told": told})
    else:
        typer.echo(f"Called off. {told} people are told.")


def bookings(event: Which, by: By, is_json: Json = False) -> None:
    """List who is booked, with the numbers that `came` takes."""
    _user, scope = acting_in(email=by, right=Right.SEE_VOLUNTEERS)
    rows: list[dict[str, Any]] = [
        {
            "booking": one.pk,
            "shift": one.shift_id,
            "volunteer": str(one.volunteer),
            "attended": one.attended,
        }
        for one in _booked(find(scope=scope, slug=event))
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        came = {True: "came", False: "did not come", None: ""}[row["attended"]]
        typer.echo(f"{row['booking']:>6}  {row['volunteer']}  {came}".rstrip())
    if not rows:
        typer.echo("Nobody is booked.")


def came(
    event: Which,
    file: Annotated[
        Path, typer.Argument(help="CSV: booking, came (yes, no, or empty for not known); others stay.")
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Note who came, once the event has begun."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    held = find(scope=scope, slug=event)
    known = {str(one.pk): one.pk for one in _booked(held)}
    answers: dict[int, bool | None] = {}
    for line, cells in read_table(file=file, needed=("booking", "came")):
        said = cells["came"].casefold()
        if cells["booking"] not in known or said not in _CAME:
            raise refuse(
                f"{file}, line {line}: give the number of a booking of this event, and yes, no or nothing."
            )
        answers[known[cells["booking"]]] = _CAME[said]
    changed = done_now(note_attendance, event=held, came=answers, by=user)
    if is_json:
        print_json({"event": held.slug, "changed": changed})
    else:
        typer.echo(f"{changed} answers are kept.")


def find(*, scope: Scope, slug: str) -> Event:
    """An event of these places, by its slug; exit code 1 for any other."""
    found = events_for(scope=scope).filter(slug=slug).first()
    if found is None:
        raise refuse(f"There is no event “{slug}” of yours. See `hustings events list`.")
    return found


def course_pk(*, slug: str | None) -> int | str | None:
    """What a form takes for a course named by its slug; empty for none, None where nothing was said."""
    if not slug:
        return slug
    found = Course.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise refuse(f"There is no course “{slug}”. See `hustings training list`.")
    return int(found)


def _booked(event: Event) -> list[Booking]:
    rows = Booking.objects.filter(shift__event=event, state=BookingState.BOOKED)
    return list(
        rows.select_related("shift", "volunteer__person").order_by(
            "shift__starts_at", "volunteer__person__family_name", "pk"
        )
    )


def _row(event: Event) -> dict[str, Any]:
    return {"slug": event.slug, "title": event.title, "state": event.state, "starts_at": event.starts_at}
