"""`hustings hosting`: who sleeps where."""

import csv
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.platform import audit
from hustings.platform.commands import print_json, refuse
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import UnreadableFile
from hustings.volunteers.hosting.access import details_for, details_in
from hustings.volunteers.hosting.importers.solver_files import Reject
from hustings.volunteers.hosting.usecases.erase_old_stays import erase_old_stays
from hustings.volunteers.hosting.usecases.give_details import check_references
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays
from hustings.volunteers.hosting.usecases.solve_files import solve_files
from hustings.volunteers.models import HostingDetails

app = typer.Typer(no_args_is_help=True, help="Hosting travellers: beds offered, beds asked for.")

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[
    str, typer.Option("--by", help="The email address of the login that acts; it must look after volunteers.")
]


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
    is_json: _Json = False,
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
def match(is_json: _Json = False) -> None:
    """Propose beds to everybody who asks for one and has none, to both sides by email."""
    _need_an_installation()
    found = propose_stays(now=clock().now())
    if is_json:
        print_json({"proposed": len(found.stays), "without_bed": found.without_bed, "bound": found.bound})
        return
    typer.echo(
        f"{len(found.stays):,} proposed, {found.without_bed:,} without a bed; nobody could place more than {found.bound:,}."
    )


@app.command("references")
def references(
    by: _By,
    number: Annotated[
        int | None, typer.Argument(help="Read one's references; without it, list whose there are.")
    ] = None,
    is_json: _Json = False,
) -> None:
    """List who gave references and whether somebody followed them up; or read one's, which the audit log keeps."""
    _need_an_installation()
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    if number is not None:
        _read_references(_details(scope, number), user, is_json)
        return
    rows = [
        {"number": one.pk, "volunteer": str(one.volunteer), "checked_at": one.checked_at}
        for one in details_in(scope=scope)
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['number']:>5}  {row['volunteer']}: {'followed up' if row['checked_at'] else 'not yet'}"
        )
    if not rows:
        typer.echo("Nobody gave references yet.")


@app.command("followed-up")
def followed_up(
    number: Annotated[int, typer.Argument(help="From `hustings hosting references`.")],
    by: _By,
    is_json: _Json = False,
) -> None:
    """Note that you spoke with both references and are content; matching counts on it."""
    _need_an_installation()
    user, scope = acting_in(email=by, right=Right.EDIT_VOLUNTEERS)
    details = _details(scope, number)
    done_now(check_references, details=details, by=user)
    if is_json:
        print_json({"number": details.pk, "followed_up": True})
    else:
        typer.echo(f"Noted. {details.volunteer} can be matched now.")


def _details(scope: Scope, number: int) -> HostingDetails:
    sentence = f"There are no references {number} in your places. `hustings hosting references` lists them."
    return fetched(details_for, scope=scope, pk=number, missing=sentence)


def _read_references(details: HostingDetails, user: User, is_json: bool) -> None:
    audit.record(
        now=clock().now(),
        actor=user,
        verb="looked at references",
        subject_type="volunteers.Volunteer",
        subject_id=details.pk,
        area_code=details.volunteer.area_id or "",
    )
    told = {
        "number": details.pk,
        "volunteer": str(details.volunteer),
        "reference_one": details.reference_one,
        "reference_two": details.reference_two,
        "emergency_contact": details.emergency_contact,
        "checked_at": details.checked_at,
    }
    if is_json:
        print_json(told)
        return
    for name, words in told.items():
        typer.echo(f"{name.replace('_', ' '):>18}  {words or ''}".rstrip())


@app.command("delete-old")
def delete_old(is_json: _Json = False) -> None:
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
