"""`hustings people revise`, `merges`, `merge`, `undo-merge`: what the desk does to the rows of people."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import EVERYTHING, NotAllowed, Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.people.access import merge_for, merges_for, person_for
from hustings.people.pages.forms import PersonForm, details_of
from hustings.people.usecases.check_row import PersonRow, check_row
from hustings.people.usecases.merge_people import CannotMerge, CannotUndo, merge_people, undo_merge
from hustings.people.usecases.place_postcodes import require_place
from hustings.people.usecases.revise_person import revise_person
from hustings.platform.commands import checked, print_json, read_object, refuse

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]


def no_person(pk: int) -> str:
    """That the person is not there for whoever asks."""
    return f"There is no person {pk} in the places this login looks after."


def revise(
    person: Annotated[int, typer.Argument(help="The person's number, as in the address of their desk page.")],
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON with what changes, “-” from standard input: given_name, family_name, email, phone, address_line, postcode."
        ),
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Correct what is on file about a person: what the file leaves out stays, an empty text takes away."""
    user, scope = acting_in(email=by, right=Right.EDIT_PEOPLE)
    held = fetched(person_for, no_person(person), scope=scope, pk=person)
    given = read_object(file=file, names=tuple(PersonForm.base_fields))
    form = checked(PersonForm, given=given, initial=details_of(person=held))
    if form.cleaned_data["postcode"] != held.postcode:
        _require_place(scope, form.cleaned_data["postcode"])
    row = check_row(row=PersonRow(**form.cleaned_data))
    revised = done_now(revise_person, person=held, row=row, by=user)
    if is_json:
        print_json({"id": revised.pk, **details_of(person=revised), "ward": revised.ward_id})
    else:
        typer.echo(f"Person {revised.pk} is corrected.")


def merges(is_json: Json = False) -> None:
    """List the joins that stand, the newest first."""
    rows = [
        {"id": one.pk, "kept": one.kept_id, "merged": one.merged_id, "reason": one.reason, "at": one.at}
        for one in merges_for(scope=EVERYTHING)
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']:>6}  person {row['merged']} joined to {row['kept']}: {row['reason']}")
    if not rows:
        typer.echo("Nobody was joined. `hustings people duplicates` lists who may be one person.")


def merge(
    kept: Annotated[int, typer.Argument(help="The number of the person whose row stays.")],
    merged: Annotated[int, typer.Argument(help="The number of the row that is joined to it.")],
    by: By,
    is_json: Json = False,
) -> None:
    """Join two rows that are one person, in every part of the office; it can be undone."""
    user, scope = acting_in(email=by, right=Right.EDIT_PEOPLE)
    rows = {
        name: fetched(person_for, no_person(pk), scope=scope, pk=pk)
        for name, pk in (("kept", kept), ("merged", merged))
    }
    done = done_now(merge_people, CannotMerge, **rows, reason="looked at on the command line", by=user)
    if is_json:
        print_json({"id": done.pk, "kept": done.kept_id, "merged": done.merged_id})
    else:
        typer.echo(
            f"Person {merged} is joined to {kept}. To take it apart: hustings people undo-merge {done.pk}"
        )


def undo(
    number: Annotated[int, typer.Argument(help="The join's number, from `hustings people merges`.")],
    by: By,
    is_json: Json = False,
) -> None:
    """Take a join apart: exactly what moved goes back."""
    user, scope = acting_in(email=by, right=Right.EDIT_PEOPLE)
    found = fetched(
        merge_for,
        f"No join {number} stands in the places this login looks after. `hustings people merges` lists them.",
        scope=scope,
        pk=number,
    )
    done_now(undo_merge, CannotUndo, merge=found, by=user)
    if is_json:
        print_json({"id": number, "undone": True, "people": [found.kept_id, found.merged_id]})
    else:
        typer.echo(f"Undone: {found.kept_id} and {found.merged_id} are two rows again.")


def _require_place(scope: Scope, postcode: str) -> None:
    try:
        require_place(scope=scope, postcode=postcode)
    except NotAllowed as problem:
        raise refuse(str(problem)) from problem
