"""What the commands of phone banks and of rounds share: matters by name and files of keyed lines."""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import typer

from hustings.basics.refusals import Refusal
from hustings.outreach.conversations.queries import issues_named
from hustings.outreach.conversations.rules.agreements import SMALL
from hustings.platform.commands import print_json, read_table, refuse

#: The number of a line, and what is said of it.
Said = tuple[int, str]


def issue_ids(*, names: Sequence[str] | None) -> list[int] | None:
    """The matters that an option names; None where it was left out, exit code 1 where there is no such matter."""
    try:
        return None if names is None else [issue.pk for issue in issues_named(names=names)]
    except Refusal as problem:
        raise refuse(str(problem)) from problem


def keyed_rows(*, file: Path, needed: Sequence[str]) -> tuple[dict[int, dict[str, str]], list[Said]]:
    """The rows of a file by the number in their column `line`, and what is wrong with the others."""
    rows: dict[int, dict[str, str]] = {}
    faults: list[Said] = []
    for row_number, row in read_table(file=file, needed=("line", *needed)):
        number = int(row["line"]) if row["line"].isdecimal() else 0
        if not number:
            faults.append((0, f"Row {row_number} names no line: “{row['line']}”."))
        elif number in rows:
            faults.append((number, "The line stands twice in the file; its first row was taken."))
        else:
            rows[number] = row
    return rows, faults


def print_blank(*, columns: Sequence[str], rows: Iterable[Sequence[object]], signs: Sequence[str]) -> None:
    """Print the lines that are still to be keyed as CSV to fill in, and on standard error what can be written in it."""
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    writer.writerows([*row, *[""] * (len(columns) - len(row))] for row in rows)
    for sentence in signs:
        typer.echo(sentence, err=True)


def tell_keyed(
    *, kept: int, kept_before: int, refused: Sequence[Said], not_kept: Sequence[Said], is_json: bool
) -> None:
    """Say what became of a file of lines; exit code 1 where one was refused."""
    if is_json:
        print_json(
            {
                "kept": kept,
                "kept_before": kept_before,
                "refused": [{"line": line, "why": why} for line, why in sorted(refused)],
                "not_kept": [{"line": line, "why": why} for line, why in sorted(not_kept)],
            }
        )
    else:
        typer.echo(
            f"{kept} lines were kept, {kept_before} had been kept before, {len(refused)} were refused."
        )
        for line, why in (*sorted(refused), *sorted(not_kept)):
            typer.echo(f"Line {line}: {why}" if line else why, err=True)
    if refused:
        raise typer.Exit(1)


def tell_agreed(*, counts: Mapping[str, int | None]) -> None:
    """Print how many people agreed to what aloud; a handful is not counted out."""
    for kind, people in counts.items():
        told = f"fewer than {SMALL}" if people is None else f"{people:,}"
        typer.echo(f"{f'agreed: {kind}':>40}  {told}")
