"""`hustings elections note`: the next election, as the desk's first steps ask for it."""

from typing import Annotated

import typer

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, done_now
from hustings.desk.pages.start import ElectionForm, election_begun
from hustings.desk.usecases.note_election import note_election
from hustings.elections.models import ElectionKind
from hustings.platform.commands import checked, print_json


def note(
    title: Annotated[str, typer.Argument(help="What you call it, as “Barset council election”.")],
    poll_on: Annotated[str, typer.Argument(help="The day of poll, as 2026-05-07.")],
    by: Annotated[
        str, typer.Option(help="The email address of the login that acts; it must hold the right.")
    ],
    kind: Annotated[
        str | None, typer.Option(help=f"Elected to: {', '.join(ElectionKind.values)}; local where left out.")
    ] = None,
    nation: Annotated[
        str | None, typer.Option(help="Where; the organisation's own nation where left out.")
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Note an election that is coming, so that dates, limits and templates know of it; one that is known stays."""
    user, _scope = acting_in(email=by, right=Right.SET_UP)
    given = {"title": title, "poll_on": poll_on, "kind": kind, "nation": nation}
    form = checked(ElectionForm, given=given, initial=election_begun())
    election = done_now(note_election, **form.cleaned_data, by=user)
    if is_json:
        print_json(
            {
                "id": election.pk,
                "title": election.title,
                "poll_on": election.poll_on,
                "nation": election.nation,
            }
        )
    else:
        typer.echo(f"“{election.title}” is known as {election.pk}.")
