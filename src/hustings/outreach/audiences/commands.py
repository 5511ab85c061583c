"""`hustings audiences`: list them, count, save or remove one, take one out with the gate's verdict."""

import csv
import json
import sys
import time
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from hustings.accounts.access import EVERYTHING, Right, Scope, scope_of
from hustings.accounts.commands import acting_login, done_now
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.clearance.rules.reason_words import words_of
from hustings.clearance.usecases import clear_audience
from hustings.outreach.audiences.access import audiences_for
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.queries.compile_tree import people_in
from hustings.outreach.audiences.queries.export import ExportRow, export_rows
from hustings.outreach.audiences.queries.members import members_of
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import BadTree, json_schema, parse_tree
from hustings.outreach.audiences.rules.tree import Group
from hustings.outreach.audiences.usecases.remove_audience import remove_audience
from hustings.outreach.audiences.usecases.save_audience import save_audience
from hustings.platform.commands import print_json, refuse
from hustings.platform.pages.listing import safe_in_spreadsheet
from hustings.platform.progress import bar

app = typer.Typer(no_args_is_help=True, help="Audiences: saved questions about people.")

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
_Which = Annotated[int, typer.Argument(help="The audience's number, from `hustings audiences list`.")]


@app.command("list")
def list_audiences(is_json: Json = False) -> None:
    """List every saved audience with what it asks, in words."""
    rows = [
        {
            "id": audience.pk,
            "name": audience.name,
            "area": audience.area_id,
            "who": _words(audience),
            "changed_at": audience.changed_at.isoformat(),
        }
        for audience in Audience.objects.order_by("name", "pk")
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']:>5}  {row['name']}\n       {row['who']}")
    if not rows:
        typer.echo("No audience is saved yet. Make one in the desk under Messages, Audiences.")


@app.command("count")
def count(
    audience: Annotated[int | None, typer.Argument(help="The audience's number.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="Instead: a JSON file with a tree of conditions (see `schema`).")
    ] = None,
    area: Annotated[str, typer.Option(help="With --file: the place's GSS code; left out: everywhere.")] = "",
    channel: Annotated[str, typer.Option(help="Ask the gate too, about this channel.")] = "",
    purpose: Annotated[str, typer.Option(help="With --channel: the purpose.")] = "campaign",
    is_json: Json = False,
) -> None:
    """Say how many people are in an audience now, and with --channel how many of them may be contacted."""
    if (audience is None) == (file is None):
        raise typer.BadParameter("Give either the number of an audience or --file.")
    tree, code = _tree_of(_audience(audience)) if audience is not None else _tree_in(file, area)
    now = clock().now()
    started = time.perf_counter()
    people = people_in(tree=tree, area_code=code, now=now)
    report: dict[str, Any] = {"who": read_audience(tree=tree, area_code=code), "count": people.count()}
    report["milliseconds"] = round((time.perf_counter() - started) * 1000, 1)
    if channel:
        summary = clear_audience(
            people=people,
            channel=channel,
            purpose=purpose,
            copy=None,
            now=now,
            asked_by=None,
            dry_run=True,
            uses_opinions=tree.uses_opinions,
        )
        without_material = summary.counts.get("no-material", 0)
        report["gate"] = {
            "channel": channel,
            "purpose": purpose,
            "cleared": summary.cleared + without_material,
            "refused": {reason: n for reason, n in summary.counts.items() if reason != "no-material"},
        }
    if is_json:
        print_json(report)
        return
    typer.echo(f"{report['who']}\n{report['count']:,} people")
    if gate := report.get("gate"):
        typer.echo(f"{gate['cleared']:,} may be contacted by {channel} for {purpose}")
        for reason, number in gate["refused"].items():
            typer.echo(f"{number:>9,}  {words_of(reason=reason, channel=channel)}")


@app.command("export")
def export(
    audience: _Which,
    out: Annotated[
        Path | None, typer.Option(help="The CSV file to write; left out: standard output.")
    ] = None,
    channel: Annotated[str, typer.Option(help="Which channel the verdict is about.")] = "email",
    purpose: Annotated[str, typer.Option(help="Which purpose the verdict is about.")] = "campaign",
    is_json: Annotated[
        bool, typer.Option("--json", help="Print the people as JSON; with --out, the counts.")
    ] = False,
) -> None:
    """Write everybody in an audience as CSV, each with the gate's verdict and its reason."""
    wanted = _audience(audience)
    rows = export_rows(audience=wanted, channel=channel, purpose=purpose, now=clock().now())
    if is_json and out is None:
        print_json([_plain(row) for row in rows])
        return
    total = members_of(audience=wanted, now=clock().now()).count()
    with (
        bar(title=wanted.name, is_shown=sys.stderr.isatty()) as progress,
        out.open("w", newline="", encoding="utf-8") if out else nullcontext(sys.stdout) as file,
    ):
        done, cleared = _write(rows, file, lambda number: progress.report(done=number, total=total))
    report = {"people": done, "may_be_contacted": cleared, "file": str(out) if out else None}
    if is_json:
        print_json(report)
    else:
        typer.echo(
            f"{done:,} people, {cleared:,} of whom may be contacted by {channel} for {purpose}.", err=True
        )


@app.command("save")
def save(
    file: Annotated[Path, typer.Argument(help="A JSON file with a tree of conditions (see `schema`).")],
    name: Annotated[str, typer.Option(help="Its name.")],
    by: By,
    audience: Annotated[
        int | None, typer.Option(help="The number of the one to change; left out: a new one.")
    ] = None,
    area: Annotated[str, typer.Option(help="The place's GSS code; left out: the whole organisation.")] = "",
    is_json: Json = False,
) -> None:
    """Save an audience from a file of conditions, or change one."""
    user, scope = _who(by)
    tree, code = _tree_in(file, area)
    try:
        saved = done_now(
            save_audience,
            name=name,
            conditions=tree.as_json(),
            area_code=code,
            scope=scope,
            by=user,
            audience=None if audience is None else _audience(audience, scope),
        )
    except BadTree as problem:
        raise refuse("\n".join(str(fault) for fault in problem.faults)) from problem
    if is_json:
        print_json({"id": saved.pk, "name": saved.name, "who": _words(saved)})
    else:
        typer.echo(f"“{saved.name}” is saved; its number is {saved.pk}. {_words(saved)}")


@app.command("remove")
def remove(audience: _Which, by: By, is_json: Json = False) -> None:
    """Remove an audience to which no mailing is addressed."""
    user, scope = _who(by)
    gone = _audience(audience, scope)
    done_now(remove_audience, audience=gone, by=user)
    if is_json:
        print_json({"id": audience, "name": gone.name, "removed": True})
    else:
        typer.echo(f"“{gone.name}” is removed.")


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of a tree of conditions."""
    print_json(json_schema())


def _write(rows: Iterable[ExportRow], file: IO[str], told: Any) -> tuple[int, int]:
    writer = csv.writer(file)
    names = [field.name for field in fields(ExportRow)]
    writer.writerow([*names[:-3], "may_be_contacted", *names[-3:]])
    done = cleared = 0
    for row in rows:
        plain = _plain(row)
        values = [safe_in_spreadsheet(str(plain[name] or "")) for name in names]
        writer.writerow([*values[:-3], "no" if row.reason else "yes", *values[-3:]])
        done += 1
        cleared += not row.reason
        if done % 500 == 0:
            told(done)
    return done, cleared


def _plain(row: ExportRow) -> dict[str, Any]:
    at = row.last_contacted_at
    return {**asdict(row), "last_contacted_at": at.isoformat() if at else None}


def _who(by: str) -> tuple[User, Scope]:
    """The login that acts, and the places whose audiences it may change."""
    user = acting_login(email=by)
    return user, scope_of(user=user, right=Right.EDIT_AUDIENCES, on=clock().today_in_uk())


def _audience(pk: int, scope: Scope = EVERYTHING) -> Audience:
    found = audiences_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no audience {pk}. `hustings audiences list` shows those there are.")
    return found


def _tree_of(audience: Audience) -> tuple[Group, str | None]:
    try:
        return parse_tree(raw=audience.conditions), audience.area_id
    except BadTree as problem:
        raise refuse(f"The audience cannot be read. {problem}") from problem


def _tree_in(file: Path | None, area: str) -> tuple[Group, str | None]:
    assert file is not None
    try:
        return parse_tree(raw=json.loads(file.read_text(encoding="utf-8"))), area or None
    except OSError as problem:
        raise refuse(f"The file {file} cannot be read: {problem.strerror}.") from problem
    except json.JSONDecodeError as problem:
        raise refuse(f"{file} is not JSON: {problem}.") from problem
    except BadTree as problem:
        raise refuse("\n".join(str(fault) for fault in problem.faults)) from problem


def _words(audience: Audience) -> str:
    try:
        return read_audience(tree=parse_tree(raw=audience.conditions), area_code=audience.area_id)
    except BadTree:
        return "Its conditions cannot be read."
