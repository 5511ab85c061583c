"""Returns and reports of donations on the command line: finish a return, sign and deliver it, note a report as filed."""

from typing import Annotated

import typer

from hustings.accounts.access import Right
from hustings.accounts.commands import done_now, fetched
from hustings.basics.clock import clock
from hustings.basics.money import format_pence
from hustings.money.access import return_for
from hustings.money.books_commands import ByOption, CampaignArgument, JsonOption, keeper, kept_books
from hustings.money.models import Campaign, ReturnStepKind
from hustings.money.pages.gift_forms import FiledForm
from hustings.money.pages.small_forms import StepForm
from hustings.money.queries.donation_reports import DueReport, due_reports
from hustings.money.usecases.file_donation_report import file_donation_report
from hustings.money.usecases.finish_return import finish_return
from hustings.money.usecases.take_return_step import take_return_step
from hustings.platform.commands import checked, day_given, print_json, refuse

app = typer.Typer(no_args_is_help=True, help="Returns: finish a version, sign it, deliver it.")
reports_app = typer.Typer(
    no_args_is_help=True,
    help="Reports of donations that a party or campaigner owes: which, and what was sent.",
)


@app.command("finish")
def finish(
    campaign: CampaignArgument,
    by: ByOption,
    reason: Annotated[str, typer.Option(help="For a second version: why there is one.")] = "",
    is_json: JsonOption = False,
) -> None:
    """Freeze the return as the books stand now, with its papers. It can never be changed; a correction is a new version."""
    user, scope = keeper(email=by)
    books = kept_books(scope=scope, number=campaign)
    made = done_now(finish_return, campaign=books, by=user, correction_reason=reason)
    if is_json:
        print_json(
            {
                "return": made.pk,
                "version": made.version,
                "total_pence": made.total_pence,
                "sha256": made.sha256,
            }
        )
    else:
        typer.echo(
            f"Finished: return {made.pk}, version {made.version}, {format_pence(made.total_pence)}.\n"
            f"Fingerprint (SHA-256): {made.sha256}\n"
            "Read the papers (`hustings money return`), sign the declaration, and deliver it (`hustings money returns step`)."
        )


@app.command("step")
def step(
    number: Annotated[
        int, typer.Argument(help="The return's number, as `finish` shows it.", metavar="RETURN")
    ],
    kind: Annotated[str, typer.Argument(help=f"What happened: {', '.join(ReturnStepKind.values)}.")],
    by: ByOption,
    name: Annotated[
        str | None,
        typer.Option(
            help="Full name of whoever signed or received it; the agent's or candidate's where left out."
        ),
    ] = None,
    on: Annotated[str | None, typer.Option(help="Day of it; today where it is left out.")] = None,
    note: Annotated[str | None, typer.Option(help="Of a delivery: how, and to whom.")] = None,
    vow: Annotated[
        bool,
        typer.Option(
            "--vow",
            help="As agent: to the best of my knowledge and belief the return is complete and correct, and I have signed the "
            "declaration on paper.",
        ),
    ] = False,
    is_json: JsonOption = False,
) -> None:
    """Sign a finished return as its agent, or write down the candidate's signature or the delivery."""
    user, scope = keeper(email=by)
    if kind not in ReturnStepKind.values:
        raise typer.BadParameter(f"KIND is one of {', '.join(ReturnStepKind.values)}.")
    made = fetched(
        return_for,
        scope=scope,
        pk=number,
        missing=f"There is no finished return {number} in the books of this login.",
    )
    names = {
        ReturnStepKind.AGENT_SIGNED.value: made.campaign.agent_name,
        ReturnStepKind.CANDIDATE_SIGNED.value: made.campaign.name,
    }
    needs_vow = kind == ReturnStepKind.AGENT_SIGNED
    if needs_vow and not vow:
        raise refuse("Give --vow once you have read the return and signed the declaration on paper.")
    form = checked(
        StepForm,
        given={"name": name, "on": on, "note": note, "vow": True if needs_vow else None},
        initial={"on": clock().today_in_uk(), "name": names.get(kind, "")},
        needs_vow=needs_vow,
    )
    values = form.cleaned_data
    taken = done_now(
        take_return_step,
        of=made,
        kind=kind,
        name=values["name"],
        on=values["on"],
        note=values["note"],
        by=user,
    )
    if is_json:
        print_json({"return": made.pk, "kind": taken.kind, "name": taken.name, "on": taken.on})
    else:
        typer.echo(f"{taken.get_kind_display().capitalize()}: {taken.name}, {taken.on}.")


@reports_app.command("list")
def list_reports(campaign: CampaignArgument, by: ByOption, is_json: JsonOption = False) -> None:
    """List the reports that a campaign owes until today, newest first."""
    _user, scope = keeper(email=by, right=Right.SEE_MONEY)
    today = clock().today_in_uk()
    rows = [
        {
            "kind": str(report.period.kind),
            "from": report.period.from_on,
            "last": report.period.last_on,
            "due_on": report.period.due_on,
            "lines": len(report.lines),
            "is_needed": report.is_needed,
            "is_overdue": report.is_overdue(today=today),
            "filed_at": report.filed.at if report.filed else None,
        }
        for report in due_reports(campaign=kept_books(scope=scope, number=campaign), today=today)
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        stands = "filed" if row["filed_at"] else "overdue" if row["is_overdue"] else ""
        typer.echo(
            f"{row['kind']:10}  {row['from']} to {row['last']}  due {row['due_on']}  {row['lines']} lines {stands}".rstrip()
        )
    if not rows:
        typer.echo("No reports are owed: a candidate's donations are listed in the return.")


@reports_app.command("file")
def file_report(
    campaign: CampaignArgument,
    kind: Annotated[str, typer.Argument(help="quarterly or weekly, as `list` shows it.")],
    first_day: Annotated[str, typer.Argument(help="Its first day, as 2026-04-01.")],
    by: ByOption,
    reference: Annotated[str, typer.Option(help="The number the Electoral Commission's service gave.")] = "",
    is_json: JsonOption = False,
) -> None:
    """Note that a report was sent, with its lines as they are now; a nil report too."""
    user, scope = keeper(email=by)
    books = kept_books(scope=scope, number=campaign)
    report = _report(books, kind, first_day)
    if report.filed is not None:
        raise refuse("This report is noted as filed already.")
    form = checked(FiledForm, given={"reference": reference})
    filed = done_now(
        file_donation_report,
        campaign=books,
        report=report,
        reference=form.cleaned_data["reference"],
        by=user,
    )
    if is_json:
        print_json(
            {"report": filed.pk, "kind": filed.kind, "from": filed.period_from, "lines": len(filed.lines)}
        )
    else:
        typer.echo(f"Noted as filed, with {len(filed.lines)} lines as they are now.")


def _report(campaign: Campaign, kind: str, first_day: str) -> DueReport:
    from_on = day_given(text=first_day, option="FIRST_DAY")
    for report in due_reports(campaign=campaign, today=clock().today_in_uk()):
        if report.period.kind == kind and report.period.from_on == from_on:
            return report
    raise refuse(
        f"No {kind} report of these books begins on {from_on}. “hustings money reports list” shows those there are."
    )
