"""The command line of petitions."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.actions import desk_commands, keying_commands
from hustings.actions.models import Petition, Signature, SignatureSource, SignatureState
from hustings.actions.queries import as_json, current_version, standing_of
from hustings.actions.usecases.forget_answered import forget_answered
from hustings.actions.usecases.recount import recount
from hustings.basics.clock import clock
from hustings.platform.commands import print_json, refuse
from hustings.platform.pages.listing import Column, csv_lines

app = typer.Typer(name="petitions", no_args_is_help=True, help="Petitions and their signatures.")
app.command("write")(desk_commands.write)
app.command("open")(desk_commands.open_)
app.command("close")(desk_commands.close)
app.command("state-outcome")(desk_commands.state)
app.command("key")(keying_commands.key)
app.command("strike-out")(keying_commands.strike_out)

_Slug = Annotated[str, typer.Argument(help="The petition's slug, as in its address.")]
_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("list")
def list_petitions(is_json: _Json = False) -> None:
    """List every petition with its state and its count."""
    now = clock().now()
    rows = [
        {
            "slug": petition.slug,
            "title": petition.title,
            "state": standing_of(petition=petition, now=now).value,
            "count": petition.confirmed,
            "goal": petition.goal,
        }
        for petition in Petition.objects.order_by("slug")
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['slug']}: {row['title']} ({row['state']}, {row['count']:,} of {row['goal']:,})")


@app.command("show")
def show(slug: _Slug, is_json: _Json = False) -> None:
    """Show one petition: its words, its figures, its count by ward."""
    petition = _petition(slug)
    version = current_version(petition=petition)
    public = dict(as_json(petition=petition, now=clock().now()))
    public |= {"text": version.text if version else "", "version": version.number if version else 0}
    if is_json:
        print_json(public)
        return
    typer.echo(f"{petition.title}\n{petition.asked_by} ask {petition.asked_of}\n\n{public['text']}\n")
    typer.echo(f"{public['state']}: {petition.confirmed:,} of {petition.goal:,}, {public['url']}")
    for row in public["wards"]["rows"]:
        typer.echo(f"    {row['name']}: {row['at_least']:,} to {row['at_most']:,}")


@app.command("count")
def count(
    slug: _Slug,
    is_mended: Annotated[
        bool, typer.Option("--recount", help="Hold the kept count against the signatures and mend it.")
    ] = False,
    is_json: _Json = False,
) -> None:
    """Count a petition's signatures by state and by how they came in."""
    petition = _petition(slug)
    if is_mended:
        before, after = recount(petition_id=petition.pk, actor=None, now=clock().now())
        if before != after:
            typer.echo(f"The kept count was {before:,} and is now {after:,}.", err=True)
    figures = _figures(_petition(slug))
    if is_json:
        print_json(figures)
        return
    for name, value in figures.items():
        typer.echo(f"{name}: {value}")


@app.command("export")
def export(
    slug: _Slug,
    to: Annotated[
        Path | None, typer.Option("--to", help="The file to write; standard output where left out.")
    ] = None,
    state: Annotated[
        str, typer.Option(help="Only signatures in this state; “all” for every one.")
    ] = "confirmed",
    is_json: _Json = False,
) -> None:
    """Write a petition's signatures with names and addresses, as CSV or JSON. Handle the file with care."""
    petition = _petition(slug)
    if state not in {*SignatureState.values, "all"}:
        raise typer.BadParameter(
            f"“{state}” is no state; choose from {', '.join(SignatureState.values)}, all."
        )
    signatures = petition.signatures.select_related("ward", "version").order_by("signed_at", "pk")
    if state != "all":
        signatures = signatures.filter(state=state)
    if is_json:
        print_json(
            [{column.key: _value(column, row) for column in _COLUMNS} for row in signatures.iterator()]
        )
        return
    lines = csv_lines(columns=_COLUMNS, rows=signatures)
    if to is None:
        sys.stdout.writelines(lines)
        return
    with to.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    typer.echo(f"{signatures.count():,} signatures are in {to}.", err=True)


_COLUMNS = (
    Column(key="number", label="number", value="pk"),
    Column(key="given_name", label="given_name", value="given_name"),
    Column(key="family_name", label="family_name", value="family_name"),
    Column(key="address_line", label="address_line", value="address_line"),
    Column(key="postcode", label="postcode", value="postcode"),
    Column(key="ward", label="ward", value="ward_id"),
    Column(key="email", label="email", value="email"),
    Column(key="phone", label="phone", value="phone"),
    Column(key="state", label="state", value="state"),
    Column(key="source", label="source", value="source"),
    Column(key="signed_at", label="signed_at", value="signed_at"),
    Column(key="confirmed_at", label="confirmed_at", value="confirmed_at"),
    Column(key="words", label="words_version", value="version.number"),
)


@app.command("forget")
def forget(
    is_dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count; nothing is changed.")] = False,
    is_json: _Json = False,
) -> None:
    """Empty the signatures of petitions that were answered a year ago; it runs daily by itself."""
    emptied = forget_answered(now=clock().now(), dry_run=is_dry_run)
    if is_json:
        print_json({"signatures": emptied, "dry_run": is_dry_run})
        return
    typer.echo(f"{emptied:,} signatures {'would be' if is_dry_run else 'were'} emptied.")


def _value(column: Column, row: Signature) -> Any:
    if column.key == "ward":
        return row.ward_id
    if column.key == "number":
        return row.pk
    return row.version.number if column.key == "words" else getattr(row, column.key)


def _figures(petition: Petition) -> dict[str, Any]:
    signatures = petition.signatures
    counted = signatures.filter(state=SignatureState.CONFIRMED)
    return {
        "petition": petition.slug,
        "count": petition.confirmed,
        "goal": petition.goal,
        **{value: signatures.filter(state=value).count() for value in SignatureState.values},
        **{f"counted_{value}": counted.filter(source=value).count() for value in SignatureSource.values},
        "matched_to_a_person": counted.exclude(person=None).count(),
    }


def _petition(slug: str) -> Petition:
    found = Petition.objects.filter(slug=slug).first()
    if found is None:
        raise refuse(f"There is no petition “{slug}”. See `hustings petitions list`.")
    return found
