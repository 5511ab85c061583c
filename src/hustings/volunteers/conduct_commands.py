"""`hustings conduct`: what volunteers promise, and what somebody reported. Answers come from a file or standard input alone."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.platform.commands import checked, print_json, read_text, refuse
from hustings.volunteers.access import report_for, reports_for
from hustings.volunteers.event_commands import By, Json
from hustings.volunteers.models import Report, ReportState
from hustings.volunteers.pages.desk_reports import AnswerForm, RulesForm
from hustings.volunteers.usecases.answer_report import answer_report, take_report
from hustings.volunteers.usecases.publish_conduct_rules import publish_conduct_rules

app = typer.Typer(no_args_is_help=True, help="Conduct: the rules volunteers accept, and reports.")

_Which = Annotated[int, typer.Argument(help="The report's number, from `hustings conduct reports`.")]


@app.command("rules")
def rules(
    file: Annotated[Path, typer.Argument(help="The rules as Markdown, or - for standard input.")],
    by: By,
    is_json: Json = False,
) -> None:
    """Publish a new version of the conduct rules, which every volunteer is asked to accept; the same words change nothing."""
    user, scope = acting_in(email=by, right=Right.EDIT_COURSES)
    if not scope.is_everything:
        raise refuse(
            "The conduct rules hold for the whole organisation; somebody who looks after all of it can."
        )
    form = checked(RulesForm, given={"text": read_text(file=file)})
    made = done_now(publish_conduct_rules, text=form.cleaned_data["text"], by=user)
    if is_json:
        print_json({"version": made.version})
    else:
        typer.echo(f"Version {made.version} is in force.")


@app.command("reports")
def reports(
    by: By,
    is_all: Annotated[bool, typer.Option("--all", help="Those that are answered, too.")] = False,
    is_json: Json = False,
) -> None:
    """List reports, the one that waits longest first, with what was said."""
    _user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    found = reports_for(scope=scope).order_by("at", "pk")
    rows = [
        {
            "report": one.pk,
            "kind": one.kind,
            "state": one.state,
            "at": one.at,
            "about": one.subject_label,
            "details": one.details,
        }
        for one in (found if is_all else found.exclude(state=ReportState.ANSWERED))
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['report']:>5}  {row['kind']} ({row['state']}), {row['about']}\n       {row['details']}"
        )
    if not rows:
        typer.echo("No report waits.")


@app.command("take")
def take(report: _Which, by: By, is_json: Json = False) -> None:
    """Say that you look at a report now."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    _told(done_now(take_report, report=_report(scope, report), by=user), is_json)


@app.command("answer")
def answer(
    report: _Which,
    file: Annotated[Path, typer.Argument(help="A text file with the answer, or - for standard input.")],
    by: By,
    is_json: Json = False,
) -> None:
    """Answer a report; whoever left an address is told where to read it. Name nobody else in it."""
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    held = _report(scope, report)
    form = checked(AnswerForm, given={"answer": read_text(file=file)})
    _told(done_now(answer_report, report=held, answer=form.cleaned_data["answer"], by=user), is_json)


def _report(scope: Scope, number: int) -> Report:
    sentence = f"There is no report {number} of your places. `hustings conduct reports` lists them."
    return fetched(report_for, scope=scope, pk=number, missing=sentence)


def _told(report: Report, is_json: bool) -> None:
    if is_json:
        print_json({"report": report.pk, "state": report.state})
    else:
        typer.echo(f"Report {report.pk} is {report.get_state_display()}.")
