"""`hustings people doubtful`: people who are blocked until somebody has looked whether an objection is theirs."""

import uuid
from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import EVERYTHING, Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.people.access import people_for, person_for
from hustings.people.desk_commands import By, Json, no_person
from hustings.people.pages.agreement import DecisionForm
from hustings.people.queries.agreement import agreeing_parts
from hustings.people.queries.doubtful import doubtful_hits
from hustings.people.queries.receipts import standing_objections
from hustings.people.usecases.decide_hit import decide_hit
from hustings.platform.commands import checked, print_json, read_text, refuse

app = typer.Typer(no_args_is_help=True, help="People who may be somebody who objected.")


@app.command("list")
def list_hits(is_json: Json = False) -> None:
    """List the people who are blocked because an objection may be theirs, until somebody has looked."""
    rows = [
        {
            "person": hit.person.pk,
            "objection": str(hit.objection),
            "objected_at": hit.objected_at,
            "source": hit.source,
            "agrees": {
                str(part): str(level)
                for part, level in agreeing_parts(person=hit.person, objection=hit.objection).items()
            },
        }
        for hit in doubtful_hits(people=people_for(scope=EVERYTHING))
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['person']:>6}  {row['objection']}  {row['source']}")
    if not rows:
        typer.echo("Nobody waits.")


@app.command("decide")
def decide(
    person: Annotated[int, typer.Argument(help="The person's number, from `hustings people doubtful list`.")],
    objection: Annotated[uuid.UUID, typer.Argument(help="The objection's id, from the same list.")],
    reason: Annotated[Path, typer.Argument(help="A file that says how you know; “-” reads standard input.")],
    by: By,
    is_same_person: Annotated[
        bool, typer.Option("--same/--other", help="The same person, or somebody else.")
    ],
    is_json: Json = False,
) -> None:
    """Say whether a person is the one who objected; said before, the new answer holds."""
    user, scope = acting_in(email=by, right=Right.HANDLE_RIGHTS)
    held = fetched(person_for, no_person(person), scope=scope, pk=person)
    if objection not in {
        one.objection for one in standing_objections(person_id=held.pk, are_others_named=True)
    }:
        raise refuse(
            "That objection does not touch this person. `hustings people doubtful list` names who waits."
        )
    answer = "same" if is_same_person else "other"
    form = checked(DecisionForm, given={"answer": answer, "reason": read_text(file=reason)})
    review = done_now(
        decide_hit,
        person=held,
        objection=objection,
        is_same_person=form.is_same_person,
        reason=form.cleaned_data["reason"],
        by=user,
    )
    if is_json:
        print_json({"person": held.pk, "objection": str(objection), "is_same_person": review.is_same_person})
    else:
        typer.echo("Decided.")
