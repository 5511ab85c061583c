"""Logins on the command line: `hustings users list`, `add`, `invite`, `appoint`, `end`, `open`, `close`."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, TypeVar

import typer
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, login_for, require
from hustings.accounts.models import Appointment, Role, User
from hustings.accounts.queries import login_summaries
from hustings.accounts.usecases.appoint import appoint as appoint_user
from hustings.accounts.usecases.close_login import close_login, open_login
from hustings.accounts.usecases.end_appointment import end_appointment
from hustings.accounts.usecases.invite import invite, send_invitation
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.places.models import Area
from hustings.platform.commands import print_json, refuse

app = typer.Typer(
    help="Logins of staff and volunteers, and what they are appointed to.", no_args_is_help=True
)

#: What an act returns.
Done = TypeVar("Done")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")]
_Email = Annotated[str, typer.Argument(help="Address of the login.")]
_By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
_Place = Annotated[
    str, typer.Option(help="Code of the ward, council or constituency; empty for the whole organisation.")
]
_From = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; today where not given.")
]
_Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="First day on which it no longer holds."),
]


@app.command("list")
def list_users(is_json: _Json = False) -> None:
    """List every login with its appointments."""
    rows = login_summaries()
    if is_json:
        print_json([asdict(row) for row in rows])
        return
    for row in rows:
        state = "" if row.is_open else ", closed"
        factor = "second factor" if row.has_second_factor else "no second factor"
        typer.echo(f"{row.email}  {row.name} ({factor}{state})")
        for one in row.appointments:
            until = f" until {one['valid_until']}" if one["valid_until"] else ""
            typer.echo(
                f"    {one['id']}: {one['role']}, {one['place'] or 'everywhere'}, from {one['valid_from']}{until}"
            )


@app.command("add")
def add_user(
    email: Annotated[str, typer.Argument(help="Address to sign in with; an invitation goes there.")],
    name: Annotated[str, typer.Option(help="Full name.")],
    role: Annotated[Role, typer.Option(help="What they are appointed to.")],
    place: _Place = "",
    first: _From = None,
    until: _Until = None,
    is_json: _Json = False,
) -> None:
    """Make a login, appoint it and queue the invitation."""
    given_name, _, family_name = name.strip().partition(" ")
    try:
        user = invite(
            email=email,
            given_name=given_name,
            family_name=family_name,
            role=role,
            area=_area(place),
            valid_from=_day(first),
            valid_until=until.date() if until else None,
            by=None,
            now=clock().now(),
        )
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    _told(user, is_json, f"{user.email} has a login; the invitation is in the outbox.")


@app.command("appoint")
def appoint(
    email: Annotated[str, typer.Argument(help="Address of an existing login.")],
    role: Annotated[Role, typer.Argument(help="What they are appointed to.")],
    place: _Place = "",
    first: _From = None,
    until: _Until = None,
    is_json: _Json = False,
) -> None:
    """Appoint somebody who has a login."""
    user = _user(email)
    try:
        appoint_user(
            user=user,
            role=role,
            area=_area(place),
            valid_from=_day(first),
            valid_until=until.date() if until else None,
            by=None,
            now=clock().now(),
        )
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    _told(user, is_json, f"{user} is {role.label}.")


@app.command("end")
def end(
    number: Annotated[
        int, typer.Argument(help="Number of the appointment, as `hustings users list` shows it.")
    ],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="First day on which it no longer holds."),
    ] = None,
) -> None:
    """End an appointment, today or on a day."""
    appointment = Appointment.objects.filter(pk=number).first()
    if appointment is None:
        raise refuse(f"There is no appointment {number}. `hustings users list` shows their numbers.")
    try:
        end_appointment(appointment=appointment, on=_day(on), by=None, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"Appointment {number} no longer holds from {_day(on)}.")


@app.command("invite")
def invite_again(email: _Email, by: _By, is_json: _Json = False) -> None:
    """Queue the invitation to somebody who has a login once more."""
    user, scope = acting_in(email=by, right=Right.APPOINT)
    invited = _known_to(email, scope)
    done_now(send_invitation, user=invited, by=user)
    _told(invited, is_json, f"The invitation to {invited.email} is in the outbox.")


@app.command("open")
def open_(email: _Email, by: _By, is_json: _Json = False) -> None:
    """Let a closed login in again, with whatever appointments are still in force."""
    user, scope = acting_in(email=by, right=Right.APPOINT)
    opened = _known_to(email, scope)
    done_now(open_login, user=opened, by=user)
    _told(opened, is_json, f"The login {opened.email} is open again.")


@app.command("close")
def close(email: Annotated[str, typer.Argument(help="Address of the login.")]) -> None:
    """Close a login: nobody gets in by it any more, what was done under it stays."""
    try:
        close_login(user=_user(email), by=None, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"The login {email} is closed.")


def acting_login(*, email: str) -> User:
    """The open login in whose name a command acts; exit code 1 where there is none."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise refuse(f"There is no login {email}. `hustings users list` shows them all.")
    return user


def acting_in(*, email: str, right: Right) -> tuple[User, Scope]:
    """The login in whose name a command acts, and the places in which it holds the right; exit code 1 where in none."""
    user = acting_login(email=email)
    try:
        return user, require(user=user, right=right, on=clock().today_in_uk())
    except NotAllowed as problem:
        raise refuse(str(problem)) from problem


def fetched(fetch: Callable[..., Done], missing: str, **given: object) -> Done:
    """What a function of an app's `access.py` gives; exit code 1 with the sentence where it is not there for that login."""
    try:
        return fetch(**given)
    except Http404 as problem:
        raise refuse(missing) from problem


def done_now(act: Callable[..., Done], *refusals: type[Exception], **given: object) -> Done:
    """What an act returns that is done at this moment; exit code 1, and the sentence, where it is refused.

    `refusals` are errors of the act that are no `Refusal`.
    """
    refused: tuple[type[Exception], ...] = (Refusal, NotAllowed, *refusals)
    try:
        return act(**given, now=clock().now())
    except refused as problem:
        raise refuse(str(problem)) from problem


def _told(user: User, is_json: bool, sentence: str) -> None:
    if is_json:
        print_json(next(asdict(row) for row in login_summaries() if row.email == user.email))
    else:
        typer.echo(sentence)


def _user(email: str) -> User:
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise refuse(f"No login has the address {email}. `hustings users list` shows them all.")
    return user


def _known_to(email: str, scope: Scope) -> User:
    """A login, open or closed, that was ever appointed in the places of whoever acts."""
    user = _user(email)
    return fetched(
        login_for, f"No login {email} belongs to the places you look after.", scope=scope, pk=user.pk
    )


def _area(code: str) -> Area | None:
    if not code:
        return None
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise refuse(
            f"No place has the code {code}. Import the areas first, or leave --place out for everywhere."
        )
    return area


def _day(given: datetime | None) -> date:
    return given.date() if given else clock().today_in_uk()
