"""`hustings rounds`: list canvasses, show one, ask the gate, open, give rounds, print sheets, results, close."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import NotAllowed
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.commands import print_summary
from hustings.clearance.rules.gate import Channel
from hustings.outreach.doorsteps.models import Canvass, Round
from hustings.outreach.doorsteps.queries import results_of, tallies_of, tally_of
from hustings.outreach.doorsteps.usecases.close_canvass import close_canvass
from hustings.outreach.doorsteps.usecases.give_round import give_round, return_round, take_back_round
from hustings.outreach.doorsteps.usecases.open_canvass import ask_gate, open_canvass
from hustings.outreach.doorsteps.usecases.print_sheet import print_sheet
from hustings.platform.commands import print_json, refuse
from hustings.volunteers.models import Volunteer

app = typer.Typer(no_args_is_help=True, help="Door rounds: canvasses through the gate, cut into walks.")

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Which = Annotated[int, typer.Argument(help="The canvass's number, from `hustings rounds list`.")]
Code = Annotated[str, typer.Argument(help="The code of the round, from `hustings rounds show` or its sheet.")]
By = Annotated[str, typer.Option(help="The email address of the login that does it; it must hold the right.")]


@app.command("list")
def list_canvasses(is_json: Json = False) -> None:
    """List every canvass, the newest first, with how far it is."""
    rows = []
    for canvass in Canvass.objects.select_related("area"):
        tally = tally_of(canvass=canvass)
        rows.append(
            {
                "id": canvass.pk,
                "title": canvass.title,
                "area": canvass.area.name,
                "state": canvass.state,
                "starts_on": canvass.starts_on,
                "ends_on": canvass.ends_on,
                "lines": tally.doors,
                "visited": tally.visited,
            }
        )
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['id']:>5}  {row['title']}, {row['area']} ({row['state']}): {row['visited']:,} of {row['lines']:,} visited"
        )
    if not rows:
        typer.echo("There is no canvass yet. Plan one in the desk under Messages, Door rounds.")


@app.command("show")
def show(canvass: Which, is_json: Json = False) -> None:
    """Show one canvass with its rounds: code, who walks it when, how far it is. No name and no address is printed."""
    wanted = _canvass(canvass)
    tallies = tallies_of(canvass=wanted)
    rounds: list[dict[str, Any]] = [
        {
            "number": one.number,
            "code": one.code,
            "walkers": [str(who) for who in (one.volunteer, one.partner) if who is not None],
            "walk_on": one.walk_on,
            "returned_at": one.returned_at,
            "lines": tallies[one.pk].doors if one.pk in tallies else 0,
            "visited": tallies[one.pk].visited if one.pk in tallies else 0,
        }
        for one in wanted.rounds.select_related("volunteer__person", "partner__person")
    ]
    report = {"id": wanted.pk, "title": wanted.title, "state": wanted.state, "rounds": rounds}
    if is_json:
        print_json(report)
        return
    typer.echo(f"{wanted.title} ({wanted.get_state_display()})")
    for row in rounds:
        who = ", ".join(row["walkers"]) or "nobody yet"
        typer.echo(f"{row['number']:>5}  {row['code']}  {row['visited']:>4} of {row['lines']:>4}  {who}")


@app.command("gate")
def gate(canvass: Which, is_json: Json = False) -> None:
    """Ask the gate about everybody the canvass would visit, at this moment; nothing is stored."""
    try:
        summary = ask_gate(canvass=_canvass(canvass), by=None, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    print_summary(summary=summary, channel=Channel.DOOR, is_json=is_json)


@app.command("open")
def open_it(canvass: Which, by: By, is_json: Json = False) -> None:
    """Ask the gate, store its answer, and cut the doors it cleared into rounds."""
    opened = _do(open_canvass, canvass=_canvass(canvass), by=_login(by))
    report = {"id": opened.pk, "state": opened.state, "rounds": opened.rounds.count()}
    report |= {"cleared": opened.clearance.cleared, "refused": opened.clearance.refused}
    if is_json:
        print_json(report)
    else:
        typer.echo(f"“{opened.title}” is open: {report['cleared']:,} people in {report['rounds']:,} rounds.")


@app.command("give")
def give(
    code: Code,
    by: By,
    volunteer: Annotated[
        int | None, typer.Option(help="The volunteer's number; left out, the round is taken back.")
    ] = None,
    partner: Annotated[int | None, typer.Option(help="The second of a pair.")] = None,
    on: Annotated[str, typer.Option(help="The day, as 2026-04-30; today where it is left out.")] = "",
    is_returned: Annotated[
        bool, typer.Option("--returned", help="Note instead that the round is done and its sheet is back.")
    ] = False,
    is_json: Json = False,
) -> None:
    """Give a round to a volunteer or a pair for a day, take it back, or note that it has come back."""
    held, user = _round(code), _login(by)
    if is_returned:
        held = _do(return_round, round=held, by=user)
    elif volunteer is None:
        held = _do(take_back_round, round=held, by=user)
    else:
        try:
            day = date.fromisoformat(on) if on else clock().today_in_uk()
        except ValueError as problem:
            raise refuse(f"“{on}” is not a day. Write it as 2026-04-30.") from problem
        held = _do(
            give_round,
            round=held,
            volunteer=_volunteer(volunteer),
            partner=None if partner is None else _volunteer(partner),
            walk_on=day,
            by=user,
        )
    report = {
        "code": held.code,
        "walkers": [str(who) for who in (held.volunteer, held.partner) if who is not None],
        "walk_on": held.walk_on,
        "returned_at": held.returned_at,
    }
    if is_json:
        print_json(report)
    else:
        typer.echo(f"Round {held.number} ({held.code}): {', '.join(report['walkers']) or 'nobody'}")


@app.command("sheet")
def sheet(
    code: Code,
    to: Annotated[Path, typer.Argument(help="Where the PDF is written.")],
    is_json: Json = False,
) -> None:
    """Write a round's walk sheet as PDF; the gate is asked again first. It holds names: destroy it by the day it bears."""
    made = _do(print_sheet, round=_round(code), by=None)
    to.write_bytes(made.pdf)
    report = {"file": str(to), "bytes": len(made.pdf), "lines": made.lines, "left_out": made.left_out}
    if is_json:
        print_json(report)
    else:
        typer.echo(f"{to}: {made.lines} lines, {made.left_out} left out.")


@app.command("results")
def results(canvass: Which, is_json: Json = False) -> None:
    """What came of each round, and why people were left out; numbers alone."""
    rows = results_of(canvass=_canvass(canvass))
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo("  ".join(f"{value}" for value in row.values()))


@app.command("close")
def close(canvass: Which, by: By, is_json: Json = False) -> None:
    """Close a canvass; the public record is told."""
    closed = _do(close_canvass, canvass=_canvass(canvass), by=_login(by))
    if is_json:
        print_json({"id": closed.pk, "state": closed.state, "closed_at": closed.closed_at})
    else:
        typer.echo(f"“{closed.title}” is closed.")


def _do(act: Callable[..., Any], **given: Any) -> Any:
    now: datetime = clock().now()
    try:
        return act(**given, now=now)
    except (Refusal, NotAllowed) as problem:
        raise refuse(str(problem)) from problem


def _canvass(pk: int) -> Canvass:
    found = Canvass.objects.select_related("area", "audience", "clearance").filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no canvass {pk}. `hustings rounds list` shows those there are.")
    return found


def _round(code: str) -> Round:
    found = (
        Round.objects.select_related("canvass__area", "canvass__audience").filter(code=code.upper()).first()
    )
    if found is None:
        raise refuse(f"There is no round {code}. `hustings rounds show` names the codes of a canvass.")
    return found


def _login(email: str) -> User:
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise refuse(f"There is no login {email}.")
    return user


def _volunteer(pk: int) -> Volunteer:
    found = Volunteer.objects.select_related("person").filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no volunteer {pk}. `hustings volunteers list` shows those there are.")
    return found
