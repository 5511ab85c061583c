"""`hustings mailings`: write, list and show them, ask the gate, approve, test, schedule, send, pause, carry on, stop."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from hustings.accounts.access import NotAllowed
from hustings.accounts.commands import acting_login, done_now
from hustings.basics.clock import UK, clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.clearance.commands import counts_in_words, print_summary
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.mailings import writing_commands
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.pages.preview import filled_for
from hustings.outreach.mailings.queries import figures_of
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.change_mailing import pause_mailing, resume_mailing, stop_mailing
from hustings.outreach.mailings.usecases.schedule_mailing import schedule_mailing, unschedule_mailing
from hustings.outreach.mailings.usecases.send_test import send_test
from hustings.outreach.mailings.usecases.send_test_text import send_test_text
from hustings.outreach.mailings.usecases.start_mailing import ask_gate, start_mailing
from hustings.platform.commands import print_figures, print_json, refuse
from hustings.postroom.usecases.change_dispatch import DispatchNotInThatState

app = typer.Typer(
    no_args_is_help=True, help="Mailings: one approved email or text to one audience, through the gate."
)

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
Which = Annotated[int, typer.Argument(help="The mailing's number, from `hustings mailings list`.")]

app.command("write")(writing_commands.write)


@app.command("list")
def list_mailings(is_json: Json = False) -> None:
    """List every mailing, the newest first, with where it stands."""
    mailings = Mailing.objects.select_related("audience", "clearance").order_by("-made_at", "-pk")
    rows = [
        {
            "id": mailing.pk,
            "title": mailing.title,
            "state": mailing.state,
            "is_approved": mailing.copy_id is not None,
            "audience": mailing.audience.name,
            "cleared": mailing.clearance.cleared if mailing.clearance else None,
            "send_at": mailing.send_at,
        }
        for mailing in mailings
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']:>5}  {row['title']} ({row['state']}), to {row['audience']}")
    if not rows:
        typer.echo(
            "There is no mailing yet. Write one with `hustings mailings write`, or in the desk under Messages, Mailings."
        )


@app.command("show")
def show(mailing: Which, is_json: Json = False) -> None:
    """Say where one mailing stands, with figures that account for every person; exit code 1 where they do not agree."""
    wanted = _mailing(mailing)
    figures = figures_of(mailing=wanted)
    report: dict[str, Any] = {
        "id": wanted.pk,
        "title": wanted.title,
        "state": wanted.state,
        "who": read_audience(
            tree=parse_tree(raw=wanted.audience.conditions), area_code=wanted.audience.area_id
        ),
        "started_at": wanted.started_at,
        "finished_at": wanted.finished_at,
        "figures": {**asdict(figures), "agree": figures.agree} if figures else None,
    }
    if is_json:
        print_json(report)
    else:
        typer.echo(f"{wanted.title} ({wanted.get_state_display()})\n{report['who']}")
        if figures is not None:
            refused = counts_in_words(counts=figures.refused_by_reason, channel=wanted.channel)
            print_figures({**report["figures"], "refused_by_reason": refused})
    if figures is not None and not figures.agree:
        raise refuse("These figures do not agree. Do not send again before it is cleared up.")


@app.command("clear")
def clear(mailing: Which, is_json: Json = False) -> None:
    """Ask the gate about the mailing's audience at this moment; nothing is stored or sent."""
    wanted = _mailing(mailing)
    summary = ask_gate(mailing=wanted, by=None, now=clock().now())
    print_summary(summary=summary, channel=wanted.channel, is_json=is_json)


@app.command("test")
def try_out(
    mailing: Which,
    by: Annotated[
        str, typer.Option(help="The email address of the login that tests; it must hold the right.")
    ],
    to: Annotated[str, typer.Option(help="For a text: that login's own mobile number.")] = "",
) -> None:
    """Send one copy to whoever tests it, as somebody of whom nothing is known would get it, and to nobody else."""
    wanted, user, now = _mailing(mailing), acting_login(email=by), clock().now()
    try:
        filled = filled_for(mailing=wanted, person=None, on=uk_date(now))
        if wanted.is_text:
            send_test_text(
                mailing=wanted, written=filled.written, values=filled.values, number=to, by=user, now=now
            )
        else:
            send_test(mailing=wanted, written=filled.written, values=filled.values, by=user, now=now)
    except (Refusal, NotAllowed, ValueError) as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"A test goes to {to if wanted.is_text else user.email}.")


@app.command("approve")
def approve(mailing: Which, by: By, is_json: Json = False) -> None:
    """Approve the words as they stand; they cannot be changed afterwards."""
    _act(mailing, by, approve_mailing, is_json)


@app.command("schedule")
def schedule(
    mailing: Which,
    by: By,
    at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M"],
            help="When it begins by itself, as 2026-05-01T10:00, UK time; left out: it is taken off the schedule.",
        ),
    ] = None,
    is_json: Json = False,
) -> None:
    """Let an approved mailing begin by itself at a moment, or take it off the schedule; the gate is asked then."""
    if at is None:
        _act(mailing, by, unschedule_mailing, is_json)
    else:
        _act(mailing, by, schedule_mailing, is_json, send_at=at.replace(tzinfo=UK))


@app.command("pause")
def pause(mailing: Which, by: By, is_json: Json = False) -> None:
    """Hold the sending; it can be taken up again."""
    _act(mailing, by, pause_mailing, is_json)


@app.command("resume")
def resume(mailing: Which, by: By, is_json: Json = False) -> None:
    """Carry on with a paused mailing."""
    _act(mailing, by, resume_mailing, is_json)


@app.command("stop")
def stop(mailing: Which, by: By, is_json: Json = False) -> None:
    """Stop it for good: what has not left yet is withdrawn."""
    _act(mailing, by, stop_mailing, is_json)


@app.command("send")
def send(
    mailing: Which,
    by: Annotated[
        str, typer.Option(help="The email address of the login that sends; it must hold the right.")
    ],
    is_json: Json = False,
) -> None:
    """Ask the gate, store its answer, and queue the mailing; the worker sends it."""
    user = acting_login(email=by)
    try:
        sent = start_mailing(mailing=_mailing(mailing), by=user, now=clock().now())
    except (Refusal, NotAllowed, ValueError) as problem:
        raise refuse(str(problem)) from problem
    assert sent.clearance is not None
    report = {
        "id": sent.pk,
        "state": sent.state,
        "asked": sent.clearance.asked,
        "cleared": sent.clearance.cleared,
        "refused": sent.clearance.refused,
        "by_reason": sent.clearance.counts,
    }
    if is_json:
        print_json(report)
    else:
        typer.echo(f"“{sent.title}” goes to {sent.clearance.cleared:,} of {sent.clearance.asked:,} people.")


def _act(pk: int, by: str, act: Callable[..., Mailing], is_json: bool, **given: object) -> None:
    try:
        done = done_now(act, mailing=_mailing(pk), by=acting_login(email=by), **given)
    except (ValueError, DispatchNotInThatState) as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json({"id": done.pk, "state": done.state, "send_at": done.send_at})
    else:
        typer.echo(f"“{done.title}” is {done.get_state_display()}.")


def _mailing(pk: int) -> Mailing:
    found = Mailing.objects.select_related("audience", "material", "copy", "clearance").filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no mailing {pk}. `hustings mailings list` shows those there are.")
    return found
