"""`hustings register doubtful`: electors who are blocked because an objection may be theirs."""

import uuid
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import EVERYTHING, Right, Scope
from hustings.accounts.commands import acting_in, done_now
from hustings.basics.clock import clock
from hustings.people.desk_commands import By, Json
from hustings.people.pages.agreement import DecisionForm
from hustings.platform.commands import checked, print_json, read_text, refuse
from hustings.register.access import EntitlementExpired, RegisterNotHeld
from hustings.register.queries import DoubtfulElector, decided_electors, doubtful_electors, doubtful_hit
from hustings.register.usecases.decide_elector_hit import decide_elector_hit

app = typer.Typer(no_args_is_help=True, help="Electors who may be somebody who objected.")


@app.command("list")
def doubtful_list(
    is_decided: Annotated[
        bool, typer.Option("--decided", help="Those decided, instead of those waiting.")
    ] = False,
    is_json: Json = False,
) -> None:
    """List the electors who are blocked because an objection may be theirs, until somebody has looked."""
    try:
        found = (decided_electors if is_decided else doubtful_electors)(
            scope=EVERYTHING, on=clock().today_in_uk()
        )
    except (RegisterNotHeld, EntitlementExpired) as problem:
        raise refuse(str(problem)) from problem
    rows = [_row(hit) for hit in found]
    if is_json:
        print_json(rows)
        return
    if not rows:
        typer.echo("None was decided yet." if is_decided else "Nobody waits.")
    for row in rows:
        agrees = ", ".join(f"{part} {level}" for part, level in row["agrees"].items())
        typer.echo(
            f"{row['elector']}  {row['objection']}  {row['number']} {row['name']}, {row['address']}: {agrees}"
        )
        if "is_same_person" in row:
            answer = "the same person" if row["is_same_person"] else "somebody else"
            typer.echo(f"    {answer}, by {row['by']} on {row['at']}: {row['reason']}")


@app.command("decide")
def doubtful_decide(
    elector: Annotated[
        int, typer.Argument(help="The elector's number, from `hustings register doubtful list`.")
    ],
    objection: Annotated[uuid.UUID, typer.Argument(help="The objection's id, from the same list.")],
    reason: Annotated[Path, typer.Argument(help="A file that says how you know; “-” reads standard input.")],
    by: By,
    is_same_person: Annotated[
        bool, typer.Option("--same/--other", help="The same person, or somebody else.")
    ],
    is_json: Json = False,
) -> None:
    """Say whether an elector is the one who objected; said before, the new answer holds."""
    user, scope = acting_in(email=by, right=Right.HANDLE_RIGHTS)
    answer = "same" if is_same_person else "other"
    form = checked(DecisionForm, given={"answer": answer, "reason": read_text(file=reason)})
    done_now(
        decide_elector_hit,
        hit=_hit(scope, elector, objection),
        is_same_person=form.is_same_person,
        reason=form.cleaned_data["reason"],
        by=user,
    )
    if is_json:
        print_json(_row(_hit(scope, elector, objection)))
    else:
        typer.echo("Decided.")


def _hit(scope: Scope, elector: int, objection: uuid.UUID) -> DoubtfulElector:
    on = clock().today_in_uk()
    try:
        hit = doubtful_hit(scope=scope, elector_id=elector, objection=objection, on=on)
    except (RegisterNotHeld, EntitlementExpired) as problem:
        raise refuse(str(problem)) from problem
    if hit is None:
        raise refuse("No such question waits or was answered. `hustings register doubtful list` names them.")
    return hit


def _row(hit: DoubtfulElector) -> dict[str, Any]:
    row = {
        "elector": hit.entry.elector_id,
        "objection": str(hit.objection),
        "number": str(hit.entry),
        "name": f"{hit.entry.forename} {hit.entry.surname}".strip(),
        "address": ", ".join(filter(None, [hit.entry.address, hit.entry.postcode])),
        "ward": hit.entry.ward_id,
        "objected_at": hit.objected_at.isoformat(),
        "channel": hit.channel,
        "purpose": hit.purpose,
        "source": hit.source,
        "agrees": {str(part): str(level) for part, level in hit.parts.items()},
    }
    if hit.review is not None:
        row |= {
            "is_same_person": hit.review.is_same_person,
            "reason": hit.review.reason,
            "at": hit.review.at.isoformat(),
            "by": hit.review.by.email if hit.review.by else "",
        }
    return row
