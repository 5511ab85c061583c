"""Findings about campaigners: draw one up, take it a step on, invite to reply. What is written comes from a file."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.adwatch.access import entity_for, finding_for, findings_for
from hustings.adwatch.models import CampaignerFinding, StepKind
from hustings.adwatch.pages.campaigners import PollForm
from hustings.adwatch.pages.findings import InvitationForm, StepForm
from hustings.adwatch.usecases.draw_up_finding import draw_up_finding
from hustings.adwatch.usecases.invite_to_reply import invite_to_reply
from hustings.adwatch.usecases.step_finding import step_finding
from hustings.platform.commands import checked, print_json, read_text

app = typer.Typer(
    no_args_is_help=True, help="Findings: drawn up, reviewed by another, put to the campaigner, published."
)

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[
    str, typer.Option("--by", help="The email address of the login that acts; it must publish findings.")
]
_Which = Annotated[int, typer.Argument(help="The finding's number, from `hustings adwatch findings list`.")]


@app.command("list")
def list_findings(by: _By, is_json: _Json = False) -> None:
    """List the findings, drafts and dropped ones too."""
    _user, scope = acting_in(email=by, right=Right.PUBLISH_FINDINGS)
    rows = [_row(finding) for finding in findings_for(scope=scope)]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['finding']:>5}  {row['campaigner']}, poll of {row['poll_on']} ({row['state']})")
    if not rows:
        typer.echo("No finding was drawn up.")


@app.command("draw-up")
def draw_up(
    entity: Annotated[
        int, typer.Argument(help="The number of who it is about, from `hustings adwatch who`.")
    ],
    poll_on: Annotated[str, typer.Argument(help="Polling day of a general election, as 2024-07-04.")],
    by: _By,
    is_json: _Json = False,
) -> None:
    """Draw up a finding with the figures of this moment. Nothing is public."""
    user, scope = acting_in(email=by, right=Right.PUBLISH_FINDINGS)
    found = fetched(
        entity_for,
        scope=scope,
        pk=entity,
        missing=f"There is no advertiser {entity} in your archive. `hustings adwatch who` lists them.",
    )
    form = checked(PollForm, given={"poll_on": poll_on})
    made = done_now(draw_up_finding, entity=found, poll_on=form.cleaned_data["poll_on"], by=user)
    _told(made, is_json)


@app.command("step")
def step(
    finding: _Which,
    kind: Annotated[str, typer.Argument(help=f"What is done: {', '.join(StepKind.values)}.")],
    file: Annotated[
        Path,
        typer.Argument(help="A text file with what was checked, done or replied, or - for standard input."),
    ],
    by: _By,
    signed: Annotated[str | None, typer.Option(help="Of a reply: who replied.")] = None,
    is_json: _Json = False,
) -> None:
    """Take a finding one step on; the words are kept and, once it is public, shown."""
    user, scope = acting_in(email=by, right=Right.PUBLISH_FINDINGS)
    if kind not in StepKind.values:
        raise typer.BadParameter(f"KIND is one of {', '.join(StepKind.values)}.")
    held = _finding(scope, finding)
    if signed is not None and kind != StepKind.REPLY:
        raise typer.BadParameter("--signed says who replied, so it goes with a reply alone.")
    values = checked(StepForm, given={"words": read_text(file=file), "signed": signed}).cleaned_data
    moved = done_now(
        step_finding,
        finding=held,
        kind=StepKind(kind),
        words=values["words"],
        signed=values["signed"],
        by=user,
    )
    _told(moved, is_json)


@app.command("invite")
def invite(
    finding: _Which,
    address: Annotated[
        str, typer.Argument(help="The campaigner's email address, the one it gives in public.")
    ],
    by: _By,
    words: Annotated[
        Path | None, typer.Option(help="A text file with further words for the letter, or -.")
    ] = None,
    is_json: _Json = False,
) -> None:
    """Send the invitation to reply by email; the campaigner has seven days from today."""
    user, scope = acting_in(email=by, right=Right.PUBLISH_FINDINGS)
    held = _finding(scope, finding)
    further = None if words is None else read_text(file=words)
    values = checked(InvitationForm, given={"address": address, "words": further}).cleaned_data
    _told(done_now(invite_to_reply, finding=held, **values, by=user), is_json)


def _finding(scope: Scope, number: int) -> CampaignerFinding:
    sentence = f"There is no finding {number}. `hustings adwatch findings list` shows those there are."
    return fetched(finding_for, scope=scope, pk=number, missing=sentence)


def _row(finding: CampaignerFinding) -> dict[str, object]:
    return {
        "finding": finding.pk,
        "campaigner": finding.entity.name,
        "poll_on": finding.poll_on,
        "state": finding.state,
        "reply_by": finding.reply_by,
        "published_at": finding.published_at,
    }


def _told(finding: CampaignerFinding, is_json: bool) -> None:
    if is_json:
        print_json(_row(finding))
        return
    until = f"; they may reply until {finding.reply_by}" if finding.reply_by else ""
    typer.echo(f"Finding {finding.pk} about {finding.entity.name} is {finding.get_state_display()}{until}.")
