"""`hustings phonebanks`: list them, show one in figures, ask the gate, open, pause, close, print a list, read the results."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import NotAllowed
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.commands import print_summary
from hustings.clearance.rules.gate import Channel
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.phonebank.documents.call_sheet import call_sheet_pdf
from hustings.outreach.phonebank.models import PhoneBank
from hustings.outreach.phonebank.queries import callers_of, figures_of, result_rows
from hustings.outreach.phonebank.usecases.change_bank import close_bank, pause_bank, resume_bank
from hustings.outreach.phonebank.usecases.make_sheet import make_sheet
from hustings.outreach.phonebank.usecases.open_bank import ask_gate, open_bank
from hustings.platform import audit
from hustings.platform.commands import print_figures, print_json, refuse

app = typer.Typer(
    no_args_is_help=True, help="Phone banks: who is rung, one person at a time, through the gate."
)

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Which = Annotated[int, typer.Argument(help="The phone bank's number, from `hustings phonebanks list`.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]


@app.command("list")
def list_banks(is_json: Json = False) -> None:
    """List every phone bank, the newest first, with where it stands."""
    banks = PhoneBank.objects.select_related("audience", "clearance").order_by("-made_at", "-pk")
    rows = [
        {
            "id": bank.pk,
            "title": bank.title,
            "state": bank.state,
            "audience": bank.audience.name,
            "area": bank.area_id,
            "cleared": bank.clearance.cleared if bank.clearance else None,
        }
        for bank in banks
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']:>5}  {row['title']} ({row['state']}), to {row['audience']}")
    if not rows:
        typer.echo("There is no phone bank yet. Write one in the desk under Messages, Phone banks.")


@app.command("show")
def show(bank: Which, is_json: Json = False) -> None:
    """Say where one phone bank stands, with figures that account for every person; exit code 1 where they do not agree."""
    wanted = _bank(bank)
    figures = figures_of(bank=wanted)
    report: dict[str, Any] = {
        "id": wanted.pk,
        "title": wanted.title,
        "state": wanted.state,
        "who": read_audience(
            tree=parse_tree(raw=wanted.audience.conditions), area_code=wanted.audience.area_id
        ),
        "figures": {**asdict(figures), "agree": figures.agree} if figures else None,
        "callers": [
            {
                "caller": caller.user.email if caller.user else None,
                "calls": caller.calls,
                "spoke": caller.spoke,
            }
            for caller in (callers_of(bank=wanted) if figures else ())
        ],
    }
    if is_json:
        print_json(report)
    else:
        typer.echo(f"{wanted.title} ({wanted.get_state_display()})\n{report['who']}")
        print_figures(report["figures"] or {})
        for caller in report["callers"]:
            typer.echo(f"{caller['calls']:>40,}  calls by {caller['caller'] or 'a login that is gone'}")
    if figures is not None and not figures.agree:
        raise refuse("These figures do not agree. Ring nobody before it is cleared up.")


@app.command("gate")
def gate(bank: Which, is_json: Json = False) -> None:
    """Ask the gate about the phone bank's people at this moment; nothing is stored."""
    summary = ask_gate(bank=_bank(bank), by=None, now=clock().now())
    print_summary(summary=summary, channel=Channel.CALL, is_json=is_json)


@app.command("open")
def open_(bank: Which, by: By, is_json: Json = False) -> None:
    """Ask the gate, store its answer, and put those whom it clears on the list."""
    _act(bank, by, open_bank, is_json)


@app.command("pause")
def pause(bank: Which, by: By, is_json: Json = False) -> None:
    """Let nobody take another call."""
    _act(bank, by, pause_bank, is_json)


@app.command("resume")
def resume(bank: Which, by: By, is_json: Json = False) -> None:
    """Carry on with a paused phone bank."""
    _act(bank, by, resume_bank, is_json)


@app.command("close")
def close(bank: Which, by: By, is_json: Json = False) -> None:
    """Close it for good; what it did enters the public record by itself."""
    _act(bank, by, close_bank, is_json)


@app.command("sheet")
def sheet(
    bank: Which,
    by: By,
    for_name: Annotated[str, typer.Option("--for", help="Who rings from the sheet.")],
    return_by: Annotated[str, typer.Option(help="The day by which it is back or destroyed, as 2026-05-07.")],
    out: Annotated[Path, typer.Option(help="Where to write the PDF.")],
    lines: Annotated[int, typer.Option(help="How many people.")] = 20,
    is_json: Json = False,
) -> None:
    """Hold people for a named caller, and write their call list as a PDF."""
    try:
        day = date.fromisoformat(return_by)
    except ValueError as problem:
        raise refuse("Write the day as 2026-05-07.") from problem
    user = _user(by)
    try:
        made = make_sheet(
            bank=_bank(bank), for_name=for_name, lines=lines, return_by=day, by=user, now=clock().now()
        )
    except (Refusal, NotAllowed) as problem:
        raise refuse(str(problem)) from problem
    audit.record(
        now=clock().now(),
        actor=user,
        verb="printed a call list",
        subject_type="outreach.CallSheet",
        subject_id=made.pk,
        area_code=made.bank.area_id or "",
    )
    out.write_bytes(call_sheet_pdf(sheet=made))
    report = {"code": made.code, "lines": made.lines.count(), "pdf": str(out)}
    if is_json:
        print_json(report)
    else:
        typer.echo(f"Sheet {made.code} with {report['lines']} people is in {out}.")


@app.command("results")
def results(bank: Which, is_json: Json = False) -> None:
    """Say what came of each person, without names: the gate's reason for those refused, the result for those rung."""
    rows = [asdict(row) for row in result_rows(bank=_bank(bank))]
    for row in rows:
        del row["name"]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['person']}  {row['result'] or row['state'] or 'refused'}  {row['reason']}".rstrip())
    if not rows:
        typer.echo("This phone bank was not opened yet.")


def _act(pk: int, by: str, act: Callable[..., PhoneBank], is_json: bool) -> None:
    try:
        done = act(bank=_bank(pk), by=_user(by), now=clock().now())
    except (Refusal, NotAllowed) as problem:
        raise refuse(str(problem)) from problem
    report = {
        "id": done.pk,
        "state": done.state,
        "cleared": done.clearance.cleared if done.clearance else None,
        "by_reason": done.clearance.counts if done.clearance else {},
    }
    if is_json:
        print_json(report)
    else:
        typer.echo(f"“{done.title}” is {done.get_state_display()}.")


def _user(email: str) -> User:
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise refuse(f"There is no login {email}.")
    return user


def _bank(pk: int) -> PhoneBank:
    found = PhoneBank.objects.select_related("audience", "copy", "clearance").filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no phone bank {pk}. `hustings phonebanks list` shows those there are.")
    return found
