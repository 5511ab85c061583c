"""`hustings hosting`: who sleeps where."""

import csv
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from hustings.basics.clock import clock
from hustings.platform.commands import print_json, refuse
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import UnreadableFile
from hustings.volunteers.hosting.importers.solver_files import Reject
from hustings.volunteers.hosting.usecases.erase_old_stays import erase_old_stays
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays
from hustings.volunteers.hosting.usecases.solve_files import solve_files

app = typer.Typer(no_args_is_help=True, help="Hosting travellers: beds offered, beds asked for.")


@app.command("solve")
def solve(
    hosts: Annotated[
        Path,
        typer.Option(help="CSV: id, lat, lon, available_from, available_until, beds; also offers, asks."),
    ],
    travellers: Annotated[
        Path,
        typer.Option(
            help="CSV: id, lat, lon, arrive_on, leave_on, max_km; also needs, traits, prefers, priority."
        ),
    ],
    rejects: Annotated[Path | None, typer.Option(help="Where to write the rejected rows as CSV.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Assign travellers to hosts from two files: most people first, then preference and distance.

    Last dates are exclusive: a host available until the 5th has the 4th for the last night. No installation is needed.
    """
    try:
        found = solve_files(hosts=hosts, travellers=travellers)
    except (ImportRefused, UnreadableFile) as problem:
        raise refuse(str(problem)) from problem
    for reject in found.rejects:
        typer.echo(f"{reject.file}, line {reject.line}: {reject.reason}", err=True)
    if rejects is not None:
        _write_rejects(rejects, found.rejects)
    if is_json:
        print_json(found.plain())
        return
    solution = found.solution
    typer.echo(
        f"{solution.placed:,} placed; no assignment can place more than {solution.bound:,} (gap {solution.gap:.2%}). "
        f"{solution.total_km:,.0f} km, {found.seconds:.2f} s, {len(found.rejects):,} rows rejected."
    )
    for assignment in solution.assignments:
        typer.echo(f"{assignment.traveller}\t{assignment.host}\t{assignment.km:.1f} km")
    for traveller in solution.unplaced:
        typer.echo(f"{traveller}\tno bed")


@app.command("match")
def match(is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Propose beds to everybody who asks for one and has none, to both sides by email."""
    _need_an_installation()
    found = propose_stays(now=clock().now())
    if is_json:
        print_json({"proposed": len(found.stays), "without_bed": found.without_bed, "bound": found.bound})
        return
    typer.echo(
        f"{len(found.stays):,} proposed, {found.without_bed:,} without a bed; nobody could place more than {found.bound:,}."
    )


@app.command("delete-old")
def delete_old(is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Delete everything about stays 30 days after them, unless a report about them is open; the schedule does so daily."""
    _need_an_installation()
    counts = erase_old_stays(now=clock().now())
    if is_json:
        print_json(counts)
        return
    typer.echo(", ".join(f"{count:,} {what}" for what, count in counts.items()) + " deleted.")


def _need_an_installation() -> None:
    """`solve` runs without one; what reads the database does not."""
    if settings.HUSTINGS_MODE == "files":
        raise refuse("There is no installation here yet. Run “hustings init” first, or set HUSTINGS_HOME.")


def _write_rejects(path: Path, rejects: tuple[Reject, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "reason", "row"])
        for reject in rejects:
            writer.writerow(
                [
                    reject.file,
                    reject.line,
                    reject.reason,
                    "; ".join(f"{name}={value}" for name, value in reject.row.items()),
                ]
            )
