"""`hustings rounds`: list, show, plan, ask the gate, open, give rounds, print and key sheets, results, close."""

from typing import Annotated, Any

import typer

from hustings.accounts.access import Right, scope_of
from hustings.accounts.commands import acting_login, done_now
from hustings.basics.clock import clock
from hustings.clearance.commands import print_summary
from hustings.clearance.rules.gate import Channel
from hustings.clearance.rules.reason_words import words_of
from hustings.outreach.conversations.commands import issue_ids, tell_agreed
from hustings.outreach.doorsteps import sheet_commands
from hustings.outreach.doorsteps.models import Canvass, Round
from hustings.outreach.doorsteps.pages.forms import CanvassForm
from hustings.outreach.doorsteps.queries import agreed_of, results_of, tallies_of, tally_of
from hustings.outreach.doorsteps.usecases.close_canvass import close_canvass
from hustings.outreach.doorsteps.usecases.give_round import give_round, return_round, take_back_round
from hustings.outreach.doorsteps.usecases.open_canvass import ask_gate, open_canvass
from hustings.outreach.doorsteps.usecases.save_canvass import save_canvass
from hustings.people.models import MARKETING_PURPOSES, Purpose
from hustings.platform.commands import checked, day_given, print_json, refuse
from hustings.volunteers.models import Volunteer

app = typer.Typer(no_args_is_help=True, help="Door rounds: canvasses through the gate, cut into walks.")

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Which = Annotated[int, typer.Argument(help="The canvass's number, from `hustings rounds list`.")]
Code = Annotated[str, typer.Argument(help="The code of the round, from `hustings rounds show` or its sheet.")]
By = Annotated[str, typer.Option(help="The email address of the login that does it; it must hold the right.")]


app.command("sheet")(sheet_commands.sheet)
app.command("key")(sheet_commands.key)


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
        typer.echo(
            "There is no canvass yet. Plan one with `hustings rounds plan`, or in the desk under Messages, Door rounds."
        )


@app.command("show")
def show(canvass: Which, is_json: Json = False) -> None:
    """Show one canvass with its rounds: code, who walks it when, how far it is. No name and no address is printed.

    `agreed` counts people who agreed to something aloud; fewer than ten are not counted out (null).
    """
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
    agreed = {one.kind: one.people for one in agreed_of(canvass=wanted)}
    report = {
        "id": wanted.pk,
        "title": wanted.title,
        "state": wanted.state,
        "agreed": agreed,
        "rounds": rounds,
    }
    if is_json:
        print_json(report)
        return
    typer.echo(f"{wanted.title} ({wanted.get_state_display()})")
    for row in rounds:
        who = ", ".join(row["walkers"]) or "nobody yet"
        typer.echo(f"{row['number']:>5}  {row['code']}  {row['visited']:>4} of {row['lines']:>4}  {who}")
    tell_agreed(counts=agreed)


@app.command("plan")
def plan(
    by: By,
    canvass: Annotated[
        int | None, typer.Argument(help="The number of the one to change; left out: a new one.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its name; it stands on the sheets.")] = None,
    area: Annotated[str | None, typer.Option(help="The place to visit, by its GSS code or name.")] = None,
    audience: Annotated[
        int | None,
        typer.Option(help="Only the people of this audience; left out: everybody on the register there."),
    ] = None,
    districts: Annotated[
        str | None, typer.Option(help="Only these polling districts, parted by commas: AA,AB.")
    ] = None,
    purpose: Annotated[
        str | None,
        typer.Option(help=f"What it is for: {', '.join((*MARKETING_PURPOSES, Purpose.SERVICE))}."),
    ] = None,
    election: Annotated[
        str | None, typer.Option(help="Which election it is about, from `hustings elections list`.")
    ] = None,
    words: Annotated[str | None, typer.Option(help="What to say; a few short lines.")] = None,
    asks_vote: Annotated[
        bool | None, typer.Option("--ask-vote/--no-ask-vote", help="Whether to ask how they may vote.")
    ] = None,
    issue: Annotated[
        list[str] | None, typer.Option(help="A matter to ask about, by its name; once for each.")
    ] = None,
    starts_on: Annotated[str | None, typer.Option(help="First day, as 2026-04-30.")] = None,
    ends_on: Annotated[str | None, typer.Option(help="Last day.")] = None,
    return_by: Annotated[
        str | None, typer.Option(help="Sheets are returned or destroyed by this day.")
    ] = None,
    hour_from: Annotated[int | None, typer.Option(help="Nobody is visited before this hour.")] = None,
    hour_until: Annotated[int | None, typer.Option(help="Nor from this hour on.")] = None,
    doors: Annotated[int | None, typer.Option(help="Doors in a round.")] = None,
    is_json: Json = False,
) -> None:
    """Plan a canvass, or change its draft: what is left out stays as it is."""
    user = acting_login(email=by)
    scope = scope_of(user=user, right=Right.SEND, on=clock().today_in_uk())
    held = None if canvass is None else _canvass(canvass)
    given = {
        "title": title,
        "area": area,
        "audience": audience,
        "districts": districts,
        "purpose": purpose,
        "election": election,
        "words": words,
        "asks_vote": asks_vote,
        "issues": issue_ids(names=issue),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "return_by": return_by,
        "hour_from": hour_from,
        "hour_until": hour_until,
        "doors_a_round": doors,
    }
    form = checked(CanvassForm, given=given, scope=scope, on=clock().today_in_uk(), canvass=held)
    saved = done_now(save_canvass, plan=form.plan(), by=user, canvass=held)
    if is_json:
        print_json({"id": saved.pk, "title": saved.title, "state": saved.state})
    else:
        typer.echo(f"“{saved.title}” is saved; its number is {saved.pk}. Ask the gate, then open it.")


@app.command("gate")
def gate(canvass: Which, is_json: Json = False) -> None:
    """Ask the gate about everybody the canvass would visit, at this moment; nothing is stored."""
    summary = done_now(ask_gate, canvass=_canvass(canvass), by=None)
    print_summary(summary=summary, channel=Channel.DOOR, is_json=is_json)


@app.command("open")
def open_it(canvass: Which, by: By, is_json: Json = False) -> None:
    """Ask the gate, store its answer, and cut the doors it cleared into rounds."""
    opened = done_now(open_canvass, canvass=_canvass(canvass), by=acting_login(email=by))
    assert opened.clearance is not None, "an open canvass has its clearance"
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
    held, user = _round(code), acting_login(email=by)
    if is_returned:
        held = done_now(return_round, round=held, by=user)
    elif volunteer is None:
        held = done_now(take_back_round, round=held, by=user)
    else:
        held = done_now(
            give_round,
            round=held,
            volunteer=_volunteer(volunteer),
            partner=None if partner is None else _volunteer(partner),
            walk_on=day_given(text=on, option="--on") if on else clock().today_in_uk(),
            by=user,
        )
    walkers = [str(who) for who in (held.volunteer, held.partner) if who is not None]
    report = {
        "code": held.code,
        "walkers": walkers,
        "walk_on": held.walk_on,
        "returned_at": held.returned_at,
    }
    if is_json:
        print_json(report)
    else:
        typer.echo(f"Round {held.number} ({held.code}): {', '.join(walkers) or 'nobody'}")


@app.command("results")
def results(canvass: Which, is_json: Json = False) -> None:
    """What came of each round, and why people were left out; numbers alone."""
    rows = results_of(canvass=_canvass(canvass))
    if is_json:
        print_json(rows)
        return
    for row in rows:
        if reason := str(row["refused_because"]):
            typer.echo(f"{row['lines']:>5}  {words_of(reason=reason, channel=Channel.DOOR)}")
            continue
        typer.echo(
            f"Round {row['round']} ({row['code']}, {row['walk_on'] or 'no day yet'}): {row['lines']:,} lines, {row['spoke']:,} "
            f"spoken to, {row['no_answer']:,} no answer, {row['gone']:,} not there any more, {row['objected']:,} asked not to be "
            f"visited again, {row['not_visited']:,} not visited; {row['leaflets']:,} leaflets left"
        )


@app.command("close")
def close(canvass: Which, by: By, is_json: Json = False) -> None:
    """Close a canvass; the public record is told."""
    closed = done_now(close_canvass, canvass=_canvass(canvass), by=acting_login(email=by))
    if is_json:
        print_json({"id": closed.pk, "state": closed.state, "closed_at": closed.closed_at})
    else:
        typer.echo(f"“{closed.title}” is closed.")


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


def _volunteer(pk: int) -> Volunteer:
    found = Volunteer.objects.select_related("person").filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no volunteer {pk}. `hustings volunteers list` shows those there are.")
    return found
