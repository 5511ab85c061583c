"""The command line of the plumbing: imports, jobs, settings."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from hustings.basics.clock import clock
from hustings.platform import wiring
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import LayoutNotRecognised, run_import
from hustings.platform.importing.source import SourceFile, UnreadableFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import bar

REFUSED = 1

#: The form of a screen.
Form = TypeVar("Form", bound=forms.BaseForm)


def print_json(value: Any) -> None:
    """Print JSON alone on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def refuse(message: str) -> typer.Exit:
    """Say on standard error why a command did not do what was asked; raise the result to end with exit code 1."""
    typer.echo(message, err=True)
    return typer.Exit(REFUSED)


def day_given(*, text: str, option: str) -> date:
    """The day that an option or argument of this name says; it is wrong usage (exit code 2) where it says none."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise typer.BadParameter(
            f"“{text}” is not a day. Write it like 2026-05-07.", param_hint=option
        ) from problem


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


def checked(
    form_class: Callable[..., Form],
    *,
    given: Mapping[str, Any],
    files: "Mapping[str, UploadedFile[Any]] | None" = None,
    **options: Any,
) -> Form:
    """The form of a screen, filled with what a command's options said and checked as on the screen.

    What is None in `given` stays as the form begins: as it is stored, or as it is usual. Ends with exit code 1 and a line for
    each fault, and where something is given that has no field any more, or none here.
    """
    form = filled(form_class, given=given, files=files, **options)
    if faults := faults_of(form=form):
        raise refuse("\n".join(faults))
    return form


def filled(
    form_class: Callable[..., Form],
    *,
    given: Mapping[str, Any],
    files: "Mapping[str, UploadedFile[Any]] | None" = None,
    **options: Any,
) -> Form:
    """The same form, not checked yet."""
    blank = form_class(**options)
    told = {name: value for name, value in given.items() if value is not None}
    if gone := sorted(told.keys() - blank.fields.keys()):
        raise refuse(f"This cannot be set any more, or not for this kind: {', '.join(gone)}.")
    sent = {name: blank[name].value() for name in blank.fields} | told
    if files is not None:
        options["files"] = files
    return form_class(MultiValueDict({name: _as_sent(value) for name, value in sent.items()}), **options)


def faults_of(*, form: forms.BaseForm) -> list[str]:
    """What is wrong with a filled form, a sentence each, under the field's name; none where nothing is."""
    names = {name: f"{field.label}: " for name, field in form.fields.items()}
    return [f"{names.get(name, '')}{fault}" for name, faults in form.errors.items() for fault in faults]


def _as_sent(value: Any) -> list[Any]:
    """A field's value as a page sends it: any number of values under one name, and none where nothing is said."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | QuerySet) else [value]


def read_table(*, file: Path, needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file or spreadsheet that a command takes where a screen takes a table.

    Each with its line number, and its cells by the heading in lower case, stripped. Ends with exit code 1 where the file cannot
    be read or lacks a needed column.
    """
    try:
        source = SourceFile(file)
        if not source.has_columns(*needed):
            raise refuse(f"{file} needs a first row with the columns {', '.join(needed)}.")
        return [
            (line, {name.casefold(): cell.strip() for name, cell in record.items()})
            for line, record in source.records()
        ]
    except UnreadableFile as problem:
        raise refuse(str(problem)) from problem


def read_text(*, file: Path) -> str:
    """The text of a file, or of standard input for `-`; exit code 1 where it cannot be read or is not UTF-8.

    Evidence, reasons and whatever else somebody wrote about people come in by this way and never as an argument: what stands on
    a command line can be read by everybody on the machine in the list of processes, and stays in the shell's history.
    """
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig").strip()
    except OSError as problem:
        raise refuse(f"The file {file} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise refuse(f"{file} is not text in UTF-8. Save it as plain text, UTF-8.") from problem


def read_object(*, file: Path, names: Sequence[str]) -> dict[str, Any]:
    """The JSON object of a file or of standard input, with some of `names` in it and nothing else, for a form of many parts."""
    try:
        told = json.loads(read_text(file=file))
    except json.JSONDecodeError as problem:
        raise refuse(f"{file} is not JSON: {problem}.") from problem
    if not isinstance(told, dict) or told.keys() - set(names):
        raise refuse(f"{file} must be one JSON object with any of these names: {', '.join(names)}.")
    return told


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
