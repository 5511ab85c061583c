"""`hustings phonebanks`: list, show, write, ask the gate, open, pause, close, read the results; lists on paper beside it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from hustings.accounts.access import Right, scope_of
from hustings.accounts.commands import acting_login, done_now
from hustings.basics.clock import clock
from hustings.clearance.commands import counts_in_words, print_summary
from hustings.clearance.rules.gate import Channel
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.conversations.commands import issue_ids, tell_agreed
from hustings.outreach.phonebank import sheet_commands
from hustings.outreach.phonebank.models import CallResult, CallState, PhoneBank
from hustings.outreach.phonebank.pages.forms import BankForm
from hustings.outreach.phonebank.queries import BankFigures, agreed_of, callers_of, figures_of, result_rows
from hustings.outreach.phonebank.usecases.change_bank import close_bank, pause_bank, resume_bank
from hustings.outreach.phonebank.usecases.open_bank import ask_gate, open_bank
from hustings.outreach.phonebank.usecases.save_bank import save_bank
from hustings.people.models import MARKETING_PURPOSES
from hustings.platform.commands import checked, print_figures, print_json, refuse

app = typer.Typer(
    no_args_is_help=True, help="Phone banks: who is rung, one person at a time, through the gate."
)

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Which = Annotated[int, typer.Argument(help="The phone bank's number, from `hustings phonebanks list`.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]

app.command("sheet")(sheet_commands.sheet)
app.command("print")(sheet_commands.print_again)
app.command("key")(sheet_commands.key)
app.command("end")(sheet_commands.end)


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
        typer.echo(
            "There is no phone bank yet. Write one with `hustings phonebanks write`, or in the desk under Messages, Phone banks."
        )


@app.command("show")
def show(bank: Which, is_json: Json = False) -> None:
    """Say where one phone bank stands, with figures that account for every person; exit code 1 where they do not agree.

    `agreed` counts people who agreed to something aloud; fewer than ten are not counted out (null).
    """
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
        "agreed": {one.kind: one.people for one in (agreed_of(bank=wanted) if figures else ())},
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
        if figures is not None:
            print_figures({**report["figures"], **_in_words(figures)})
            tell_agreed(counts=report["agreed"])
        for caller in report["callers"]:
            typer.echo(f"{caller['calls']:>40,}  calls by {caller['caller'] or 'a login that is gone'}")
    if figures is not None and not figures.agree:
        raise refuse("These figures do not agree. Ring nobody before it is cleared up.")


@app.command("write")
def write(
    by: By,
    bank: Annotated[
        int | None, typer.Argument(help="The number of the one to change; left out: a new one.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Its name; callers and the public record read it.")
    ] = None,
    audience: Annotated[
        int | None, typer.Option(help="The audience's number, from `hustings audiences list`.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Only those who live in the place with this GSS code.")
    ] = None,
    purpose: Annotated[
        str | None, typer.Option(help=f"What it is for: {', '.join(MARKETING_PURPOSES)}.")
    ] = None,
    script: Annotated[int | None, typer.Option(help="The number of an approved call script.")] = None,
    opening: Annotated[str | None, typer.Option(help="What callers say first.")] = None,
    asks_vote: Annotated[
        bool | None, typer.Option("--ask-vote/--no-ask-vote", help="Whether callers ask how they may vote.")
    ] = None,
    election: Annotated[
        str | None, typer.Option(help="At which election, from `hustings elections list`.")
    ] = None,
    issue: Annotated[
        list[str] | None, typer.Option(help="A matter to ask about, by its name; once for each.")
    ] = None,
    rings_from: Annotated[str | None, typer.Option("--from", help="Rings from this time, as 10:00.")] = None,
    rings_until: Annotated[str | None, typer.Option("--until", help="Rings until this time.")] = None,
    tries: Annotated[int | None, typer.Option(help="Ring somebody at most so many times.")] = None,
    hours_between: Annotated[int | None, typer.Option(help="Hours between two tries.")] = None,
    opens_at: Annotated[
        str | None, typer.Option(help="Not before this moment, as 2026-05-01T10:00; UK time.")
    ] = None,
    closes_at: Annotated[str | None, typer.Option(help="Closes by itself at this moment.")] = None,
    is_json: Json = False,
) -> None:
    """Write a phone bank, or change one: what is left out stays as it is. Once it was opened, whom it rings and why stand."""
    user = acting_login(email=by)
    scope = scope_of(user=user, right=Right.SEND, on=clock().today_in_uk())
    held = None if bank is None else _bank(bank)
    given = {
        "title": title,
        "audience": audience,
        "area": area,
        "purpose": purpose,
        "copy": script,
        "opening": opening,
        "asks_intention": asks_vote,
        "election": election,
        "issues": issue_ids(names=issue),
        "rings_from": rings_from,
        "rings_until": rings_until,
        "most_tries": tries,
        "hours_between": hours_between,
        "opens_at": opens_at,
        "closes_at": closes_at,
    }
    form = checked(BankForm, given=given, scope=scope, bank=held)
    saved = done_now(
        save_bank,
        title=form.cleaned_data["title"],
        subject=form.subject(),
        plan=form.plan(),
        by=user,
        bank=held,
    )
    _told(saved, is_json)


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
        became = CallResult(row["result"]).label if row["result"] else ""
        stands = became or (CallState(row["state"]).label if row["state"] else "refused")
        typer.echo(f"{row['person']}  {stands}  {row['verdict']}".rstrip())
    if not rows:
        typer.echo("This phone bank was not opened yet.")


def _in_words(figures: BankFigures) -> dict[str, dict[str, int]]:
    """The counts by reason and by result, under the words that the desk shows."""
    return {
        "refused_by_reason": counts_in_words(counts=figures.refused_by_reason, channel=Channel.CALL),
        "by_result": {str(CallResult(result).label): count for result, count in figures.by_result.items()},
    }


def _told(done: PhoneBank, is_json: bool) -> None:
    report = {
        "id": done.pk,
        "state": done.state,
        "cleared": done.clearance.cleared if done.clearance else None,
        "by_reason": done.clearance.counts if done.clearance else {},
    }
    if is_json:
        print_json(report)
    else:
        typer.echo(f"“{done.title}” is {done.get_state_display()}; its number is {done.pk}.")


def _act(pk: int, by: str, act: Callable[..., PhoneBank], is_json: bool) -> None:
    _told(done_now(act, bank=_bank(pk), by=acting_login(email=by)), is_json)


def _bank(pk: int) -> PhoneBank:
    found = PhoneBank.objects.select_related("audience", "copy", "clearance").filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no phone bank {pk}. `hustings phonebanks list` shows those there are.")
    return found
