"""The command line of people: export, erase, duplicates, consents, suppressions."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.basics.clock import clock
from hustings.people import desk_commands, doubtful_commands, rights_commands
from hustings.people.models import Channel, Person, Purpose, Suppression
from hustings.people.queries.duplicates import likely_duplicates
from hustings.people.queries.suppression import suppressed_person_ids
from hustings.people.usecases.erase_person import AlreadyErased, erase_person
from hustings.people.usecases.export_person import export_person
from hustings.people.usecases.rebuild_consents import rebuild_consents
from hustings.platform.commands import print_json, refuse

app = typer.Typer(no_args_is_help=True, help="People, their consents and their objections.")
app.add_typer(rights_commands.app, name="requests")
app.add_typer(doubtful_commands.app, name="doubtful")
app.command("revise")(desk_commands.revise)
app.command("merges")(desk_commands.merges)
app.command("merge")(desk_commands.merge)
app.command("undo-merge")(desk_commands.undo)

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def _person(pk: int) -> Person:
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise refuse(f"There is no person {pk}.")
    return person


@app.command("export")
def export(
    person: Annotated[int, typer.Argument(help="The person's number, as in the address of their desk page.")],
    to: Annotated[Path | None, typer.Option(help="Write an archive with a page and a file here.")] = None,
    is_json: Json = False,
) -> None:
    """Put together everything held about a person."""
    made = export_person(person=_person(person), now=clock().now())
    if to is not None:
        to.write_bytes(made.as_zip())
        typer.echo(f"Written to {to}.", err=True)
    if is_json:
        typer.echo(made.as_json())
        return
    for heading, rows in made.parts.items():
        typer.echo(f"{heading}: {len(rows)}")


@app.command("erase")
def erase(
    person: Annotated[int, typer.Argument(help="The person's number.")],
    why: Annotated[str, typer.Option(help="The reason for the audit log, without names.")],
    is_sure: Annotated[bool, typer.Option("--yes", help="Do it; without this nothing is erased.")] = False,
    is_json: Json = False,
) -> None:
    """Erase what is held about a person; the block against further contact stays."""
    held = _person(person)
    if not is_sure:
        raise refuse(f"Person {person} would be erased for good. Add --yes to do it.")
    try:
        erased = erase_person(person=held, now=clock().now(), why=why)
    except AlreadyErased as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json({"person": person, "rows": erased.rows, "is_blocked": erased.is_blocked})
        return
    typer.echo(f"Erased person {person}: {sum(erased.rows.values())} rows.")


@app.command("duplicates")
def duplicates(
    limit: Annotated[int, typer.Option(help="At most so many pairs.")] = 100, is_json: Json = False
) -> None:
    """List rows that may be one person."""
    pairs = likely_duplicates(people=Person.objects.filter(merged_into=None, erased_at=None), limit=limit)
    if is_json:
        print_json([{"one": pair.one.pk, "other": pair.other.pk, "shared": pair.shared} for pair in pairs])
        return
    for pair in pairs:
        typer.echo(f"{pair.one.pk} and {pair.other.pk}: the same {', '.join(pair.shared)}")


@app.command("rebuild-consents")
def rebuild(is_json: Json = False) -> None:
    """Work out the consents in force from the receipts anew; exit code 1 where something had to be mended."""
    rebuilt = rebuild_consents()
    counts = {
        "people": rebuilt.people,
        "added": rebuilt.added,
        "changed": rebuilt.changed,
        "removed": rebuilt.removed,
    }
    if is_json:
        print_json(counts)
    else:
        typer.echo(", ".join(f"{name} {count:,}" for name, count in counts.items()))
    if not rebuilt.is_sound:
        raise typer.Exit(1)


@app.command("suppressions")
def suppressions(is_json: Json = False) -> None:
    """Count objections, and the people whom they block from news and campaigns, by channel."""
    blocked = {}
    for channel in Channel.values:
        found = suppressed_person_ids(person_ids=None, channel=channel, purpose=Purpose.CAMPAIGN)
        blocked[channel] = {"definite": len(found.definite), "doubtful": len(found.doubtful)}
    counts = {
        "objections": Suppression.objects.filter(is_lifted=False).values("objection").distinct().count(),
        "keys": Suppression.objects.filter(is_lifted=False).count(),
        "liftings": Suppression.objects.filter(is_lifted=True).count(),
        "blocked": blocked,
    }
    if is_json:
        print_json(counts)
        return
    typer.echo(
        f"{counts['objections']:,} objections on {counts['keys']:,} keys, {counts['liftings']:,} liftings"
    )
    for channel, numbers in blocked.items():
        typer.echo(
            f"{channel}: {numbers['definite']:,} people blocked, {numbers['doubtful']:,} to be looked at"
        )
