"""The command line of the plumbing: imports, jobs, settings."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.basics.clock import clock
from hustings.platform import wiring
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import LayoutNotRecognised, run_import
from hustings.platform.importing.source import UnreadableFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import bar

REFUSED = 1


def print_json(value: Any) -> None:
    """Print JSON alone on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def refuse(message: str) -> typer.Exit:
    """Say on standard error why a command did not do what was asked; raise the result to end with exit code 1."""
    typer.echo(message, err=True)
    return typer.Exit(REFUSED)


def print_figures(figures: Mapping[str, Any]) -> None:
    """Print counts, one a line; counts of several kinds one kind a line below, and in words whether the figures agree."""
    for name, value in figures.items():
        words = name.replace("_", " ")
        if name == "agree":
            typer.echo("yes: the figures agree" if value else "no: the figures do not agree")
        elif isinstance(value, Mapping):
            for kind, count in value.items():
                typer.echo(f"{f'{words}: {kind}':>40}  {count:,}")
        else:
            typer.echo(f"{words:>40}  {value:,}")


def import_file(
    file: Annotated[Path, typer.Argument(help="The file to import.")],
    as_: Annotated[str, typer.Option("--as", help="Insist on an importer by its name.")] = "",
    election: Annotated[
        str, typer.Option(help="The election the file belongs to, where it does not say.")
    ] = "",
    is_dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and check everything, store nothing.")
    ] = False,
    option: Annotated[list[str] | None, typer.Option(help="A further choice, name=value.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Import a file: its layout is recognised, rows that cannot be used go to a rejects file."""
    values: dict[str, str] = {}
    for pair in option or []:
        name, separator, value = pair.partition("=")
        if not separator:
            raise typer.BadParameter(f"“{pair}” is not name=value.")
        values[name] = value
    try:
        with bar(title=file.name, is_shown=sys.stderr.isatty()) as progress:
            run = run_import(
                path=file,
                now=clock().now(),
                slug=as_,
                options=Options(election=election, is_dry_run=is_dry_run, values=values),
                progress=progress,
            )
    except (UnreadableFile, LayoutNotRecognised, ImportRefused) as problem:
        raise refuse(str(problem)) from problem
    report = report_of(run=run)
    if is_json:
        print_json(report)
        return
    typer.echo(
        f"{run.file_name} as {run.importer}: {run.read:,} rows read, {run.accepted:,} accepted, "
        f"{run.unchanged:,} unchanged, {run.rejected:,} rejected ({run.get_state_display()})."
    )
    if run.rejects_path:
        typer.echo(f"The rejected rows, each with its line and reason: {report['rejects_file']}")


def report_of(*, run: ImportRun) -> dict[str, Any]:
    """A finished run as plain JSON: importer, file, hash, state, counts, rejects file and the importer's own details."""
    from django.conf import settings

    return {
        "importer": run.importer,
        "file": run.file_name,
        "sha256": run.file_sha256,
        "state": run.state,
        "read": run.read,
        "accepted": run.accepted,
        "rejected": run.rejected,
        "unchanged": run.unchanged,
        "rejects_file": str(Path(settings.HUSTINGS_HOME) / run.rejects_path) if run.rejects_path else None,
        **run.details,
    }


def list_importers(
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List every importer with what it reads."""
    rows = [
        {
            "name": importer.slug,
            "title": importer.card.title,
            "publisher": importer.card.publisher,
            "licence": importer.card.licence,
            "what": importer.card.what,
            "columns": list(importer.card.columns),
        }
        for importer in wiring.importers()
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['name']}\n    {row['title']} ({row['publisher']}; {row['licence']})\n    {row['what']}"
        )
