"""The command line of contacts: forget what is old."""

from typing import Annotated

import typer

from hustings.basics.clock import clock
from hustings.contacts.usecases.forget_old_answers import forget_old_answers
from hustings.platform.commands import print_json

app = typer.Typer(no_args_is_help=True, help="Contacts, and what people told us.")


@app.callback()
def contacts() -> None:
    """Contacts, and what people told us."""


@app.command("forget")
def forget(
    is_dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count; nothing is deleted.")] = False,
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Delete what people said about their vote and concerns before the last two rounds of elections; it runs daily by itself."""
    found = forget_old_answers(now=clock().now(), dry_run=is_dry_run)
    if is_json:
        print_json({"intentions": found.intentions, "issues": found.issues, "dry_run": is_dry_run})
        return
    verb = "would be" if is_dry_run else "were"
    typer.echo(f"{found.intentions:,} voting intentions and {found.issues:,} concerns {verb} forgotten.")
