"""Walk sheets on the command line: printed, and keyed in from a file when they come back."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right, scope_of
from hustings.accounts.commands import acting_login, done_now
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.outreach.conversations.commands import keyed_rows, print_blank, tell_keyed
from hustings.outreach.doorsteps.access import rounds_for
from hustings.outreach.doorsteps.documents.sheet import outcome_signs, vote_signs
from hustings.outreach.doorsteps.models import Round
from hustings.outreach.doorsteps.pages.keying import SheetKeying
from hustings.outreach.doorsteps.usecases.print_sheet import print_sheet
from hustings.platform.commands import day_given, print_json, refuse

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Code = Annotated[str, typer.Argument(help="The code of the round, from `hustings rounds show` or its sheet.")]
By = Annotated[str, typer.Option(help="The email address of the login that does it; it must hold the right.")]

_YES = {"l", "x", "y", "yes", "1", "true"}


def sheet(
    code: Code,
    to: Annotated[Path, typer.Argument(help="Where the PDF is written.")],
    by: By,
    is_json: Json = False,
) -> None:
    """Write a round's walk sheet as PDF; the gate is asked again first. It holds names: destroy it by the day it bears."""
    user = acting_login(email=by)
    made = done_now(print_sheet, round=_round(code, user), by=user)
    to.write_bytes(made.pdf)
    report = {"file": str(to), "bytes": len(made.pdf), "lines": made.lines, "left_out": made.left_out}
    if is_json:
        print_json(report)
    else:
        typer.echo(f"{to}: {made.lines} lines, {made.left_out} left out.")


def key(
    code: Code,
    by: By,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A CSV file or spreadsheet with the columns line, tries and outcome, and any of vote, leaflet, agreed (signs as "
            "on the paper), email and mobile. Left out: the lines are printed as CSV, to be filled in."
        ),
    ] = None,
    on: Annotated[str, typer.Option(help="The day of the walk, as 2026-05-07.")] = "",
    is_json: Json = False,
) -> None:
    """Key in a walk sheet. Each line counts once, so a mended file is sent again as a whole; exit code 1 if a line was refused.

    `tries` says how often the door had been tried when the lines were printed: that tells a line sent twice from a second visit.
    """
    user = acting_login(email=by)
    held = _round(code, user)
    if file is None:
        _print_lines(held)
        return
    if not on:
        raise typer.BadParameter("Give the day of the walk: --on 2026-05-07.")
    rows, faults = keyed_rows(file=file, needed=("tries", "outcome"))
    doors = dict(held.doors.values_list("line", "pk"))
    faults += [(number, "The sheet has no such line.") for number in sorted(rows.keys() - doors.keys())]
    data = {"walked_on": day_given(text=on, option="--on").isoformat()}
    for number in rows.keys() & doors.keys():
        data |= _sent(held, doors[number], rows[number])
    keying = SheetKeying(round=held, data=data, now=clock().now())
    touched = sum(line.is_touched for line in keying.lines)
    done = keying.save(by=user)
    if keying.day_fault:
        raise refuse(keying.day_fault)
    refused = [(line.line, line.fault) for line in keying.lines if line.fault]
    tell_keyed(
        kept=done.recorded,
        kept_before=touched - done.recorded - len(refused),
        refused=[*faults, *refused],
        not_kept=[(0, sentence) for sentence in done.not_kept],
        is_json=is_json,
    )


def _print_lines(held: Round) -> None:
    """The lines that nothing has settled yet, as a file to fill in, and what can be written in each column."""
    votes = vote_signs(canvass=held.canvass)
    *outcomes, leaflet = outcome_signs()
    offers = [
        (sign, "", name)
        for sign, name, _offer in SheetKeying(round=held, data=None, now=clock().now()).offers
    ]
    print_blank(
        columns=[
            "line",
            "tries",
            "outcome",
            *(["vote"] if votes else []),
            "leaflet",
            "agreed",
            "email",
            "mobile",
        ],
        rows=[
            [door.line, door.attempts]
            for door in held.doors.order_by("line")
            if door.outcome in ("", "no_answer")
        ],
        signs=[
            f"{name}: {', '.join(f'{sign} ({meaning})' for sign, _value, meaning in signs)}"
            for name, signs in (
                ("outcome", outcomes),
                ("vote", votes),
                ("leaflet", [leaflet]),
                ("agreed", offers),
            )
            if signs
        ],
    )


def _sent(held: Round, door: int, row: dict[str, str]) -> dict[str, str]:
    """What the screen would send for a line of the file."""
    *outcomes, _leaflet = outcome_signs()
    sent = {f"turn-{door}": row["tries"]}
    for name, signs in (("outcome", outcomes), ("vote", vote_signs(canvass=held.canvass))):
        cell = row.get(name, "")
        values = {sign: value for sign, value, _meaning in signs}
        # A dash on the paper is typed as a hyphen.
        values |= {"-": values["–"]} if "–" in values else {}
        sent[f"{name}-{door}"] = values.get(cell.upper(), cell.replace(" ", "_"))
    for name in ("email", "mobile"):
        sent[f"{name}-{door}"] = row.get(name, "")
    for sign in row.get("agreed", "").upper().replace(",", " ").split():
        sent[f"agreed-{sign}-{door}"] = "on"
    return sent | ({f"leaflet-{door}": "on"} if row.get("leaflet", "").casefold() in _YES else {})


def _round(code: str, user: User) -> Round:
    scope = scope_of(user=user, right=Right.SEE_REGISTER, on=clock().today_in_uk())
    found = rounds_for(scope=scope).filter(code=code.strip().upper()).first()
    if found is None:
        raise refuse(f"There is no round {code} among those of {user.email}.")
    return found
