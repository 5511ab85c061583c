"""`hustings places`: look up postcodes, one or a file of them, and say what they were imported from."""

import csv
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.places import queries
from hustings.places.importers.venues import SHEET_COLUMNS
from hustings.places.models import VenueKind
from hustings.places.usecases.locate_file import NoPostcodeColumn, locate_file
from hustings.platform.commands import print_json, refuse
from hustings.platform.progress import bar

app = typer.Typer(no_args_is_help=True, help="Postcodes and areas.")


@app.command("lookup")
def lookup(
    postcodes: Annotated[
        list[str] | None, typer.Argument(help="Postcodes in any spelling, each in quotation marks.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A CSV with a column of postcodes; its rows are kept as they are.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write the CSV with the answers added; default: standard output."),
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
) -> None:
    """Say where postcodes are: status, point, ward, council district and 2024 constituency."""
    if (file is None) == (not postcodes):
        raise typer.BadParameter(
            "Give either postcodes or --file, for example: hustings places lookup “ZZ1 1AA”."
        )
    if file is not None:
        _lookup_file(file=file, out=out, is_json=is_json)
        return
    if out is not None:
        raise typer.BadParameter("--out goes with --file.")
    answers = [queries.locate(postcode=postcode) for postcode in postcodes or []]
    if is_json:
        print_json([_plain(located) for located in answers])
        for located in answers:
            if remark := queries.explain(located=located):
                typer.echo(f"{located.postcode}: {remark}", err=True)
        return
    for located in answers:
        typer.echo(_told(located))


@app.command("template")
def template() -> None:
    """Print an empty sheet of places, for a spreadsheet program: the headings that `hustings import` knows."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(SHEET_COLUMNS)


@app.command("venues")
def venues(
    kind: Annotated[
        str, typer.Option(help="Only this kind, such as police_station or polling_station.")
    ] = "",
    area: Annotated[
        str, typer.Option(help="Only those in this area and everything inside it, by code.")
    ] = "",
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the buildings that are known: police stations, polling stations, hospitals, council offices and others."""
    if kind and kind not in VenueKind.values:
        raise typer.BadParameter(f"“{kind}” is not a kind of place. Known: {', '.join(VenueKind.values)}.")
    rows = [
        {
            "id": venue.pk,
            "kind": venue.kind,
            "name": venue.name,
            "address": venue.address,
            "postcode": venue.postcode,
            "latitude": venue.latitude,
            "longitude": venue.longitude,
            "area": venue.area_id,
            "source": venue.source,
        }
        for venue in queries.venues(kind=kind, inside=area)
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['kind']:16} {row['name']}  {row['postcode']}  {row['area'] or '-'}")
    typer.echo(f"{len(rows):,} places.")


def _lookup_file(*, file: Path, out: Path | None, is_json: bool) -> None:
    if not file.is_file():
        raise refuse(f"There is no file at {file}.")
    if out is not None and out.exists() and out.samefile(file):
        raise refuse("--out names the same file as --file. Write the answers to another one.")
    if is_json and out is None:
        raise typer.BadParameter("With --json, say with --out where the rows go; the JSON holds the counts.")
    try:
        with bar(title=file.name, is_shown=sys.stderr.isatty()) as progress:
            counts = locate_file(path=file, out=out, postcodes=queries.postcodes_in_use(), progress=progress)
    except NoPostcodeColumn as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json(counts)
        return
    told = ", ".join(
        f"{count:,} {status.replace('_', ' ')}" for status, count in counts.items() if status != "read"
    )
    typer.echo(f"{counts['read']:,} rows: {told}.", err=True)


@app.command("about")
def about(
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Say which postcodes are in use and which files they came from."""
    file = queries.postcodes_in_use()
    if is_json:
        print_json(
            {"postcodes": file.rows, "areas": list(file.areas), "sources": [dict(s) for s in file.sources]}
        )
        return
    if not file.rows:
        typer.echo(
            "No postcodes have been imported yet. Import Code-Point Open or the ONS Postcode Directory."
        )
        return
    typer.echo(f"{file.rows:,} postcodes of {len(file.areas)} postcode areas, from:")
    for source in file.sources:
        typer.echo(
            f"  {source['file']} ({source['importer']}, {source['rows']:,} rows, imported "
            f"{source['imported_at'][:10]})"
        )


def _plain(located: queries.Located) -> dict[str, Any]:
    return {
        "postcode": located.postcode,
        "status": located.status.value,
        "lat": located.lat,
        "lon": located.lon,
        "ward": located.ward,
        "district": located.district,
        "constituency": located.constituency,
    }


def _told(located: queries.Located) -> str:
    parts = [f"{located.postcode}: {located.status.replace('_', ' ')}"]
    if located.lat is not None and located.lon is not None:
        parts.append(f"{located.lat:.5f}, {located.lon:.5f}")
    for word, code in (
        ("ward", located.ward),
        ("district", located.district),
        ("constituency", located.constituency),
    ):
        if code:
            found = queries.area(code=code)
            parts.append(
                f"{word} {found.name} ({code})" if found and found.name != code else f"{word} {code}"
            )
    remark = queries.explain(located=located)
    return "; ".join(parts) + (f"\n  {remark}" if remark else "")
