"""`hustings register`: the right to hold a register, the copies held, and matching people to them."""

import sys
from datetime import date, datetime
from typing import Annotated, Any

import typer

from hustings.accounts.access import EVERYTHING
from hustings.basics.clock import clock
from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.elections.models import Election
from hustings.places.models import Area
from hustings.platform.commands import print_json, refuse
from hustings.platform.progress import bar
from hustings.register import access, doubtful_commands, match_commands
from hustings.register.models import Entitlement, MatchRun, PollingStation, RegisterVersion
from hustings.register.queries import StationFinder, match_report
from hustings.register.rules.franchise import may_vote_in, read_markers
from hustings.register.usecases.destroy_copies import AlreadyDestroyed, destroy_copy, destroy_expired_copies
from hustings.register.usecases.match_people import match_people
from hustings.register.usecases.record_entitlement import (
    EntitlementIncomplete,
    EntitlementNotOpen,
    record_entitlement,
)

app = typer.Typer(no_args_is_help=True, help="The electoral register: entitlements, copies, matching.")
entitlement_app = typer.Typer(no_args_is_help=True, help="Who may hold a register, for what and until when.")
app.add_typer(entitlement_app, name="entitlement")
match_app = typer.Typer(no_args_is_help=True, help="Matching people to electors.")
app.add_typer(match_app, name="match")
match_app.command("list")(match_commands.list_matches)
match_app.command("accept")(match_commands.accept)
match_app.command("reject")(match_commands.reject)
match_app.command("undo")(match_commands.undo)
app.add_typer(doubtful_commands.app, name="doubtful")

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("versions")
def versions(is_json: _Json = False) -> None:
    """List the copies held now and before: area, day, entries, entitlement, whether destroyed."""
    on = clock().today_in_uk()
    rows = [_version(version, on=on) for version in access.versions_for(scope=EVERYTHING)]
    if is_json:
        print_json(rows)
        return
    if not rows:
        typer.echo("No register has been imported. Record an entitlement, then: hustings import FILE")
    for row in rows:
        typer.echo(
            f"{row['id']:>4}  {row['area_name']}, as of {row['as_of']}: {row['entries']:,} entries, {row['state']}; "
            f"held for {row['holder']} until {row['entitled_until']}"
        )


def _version(version: RegisterVersion, *, on: date) -> dict[str, Any]:
    run, entitlement = version.import_run, version.entitlement
    if version.destroyed_at is not None:
        state = "destroyed"
    elif not access.is_in_force(entitlement=entitlement, on=on):
        state = "unreadable: the entitlement is not in force"
    else:
        state = "current" if version.is_current else "replaced"
    return {
        "id": version.pk,
        "area": version.area_id,
        "area_name": version.area.name,
        "as_of": version.as_of.isoformat(),
        "file": run.file_name,
        "sha256": run.file_sha256,
        "entries": run.accepted + run.unchanged,
        "rejected": run.rejected,
        "state": state,
        "entitlement": entitlement.pk,
        "holder": entitlement.holder,
        "entitled_until": entitlement.valid_until.isoformat(),
        "destroyed_at": version.destroyed_at.isoformat() if version.destroyed_at else None,
        "report": run.details,
    }


@app.command("destroy")
def destroy(
    version: Annotated[int | None, typer.Argument(help="The copy's number, from `versions`.")] = None,
    reason: Annotated[str, typer.Option(help="Why it is no longer needed.")] = "",
    is_expired: Annotated[
        bool, typer.Option("--expired", help="Every copy whose entitlement ended four weeks ago or more.")
    ] = False,
    is_json: _Json = False,
) -> None:
    """Destroy a copy's entries for good; that it was held stays on record."""
    now = clock().now()
    if is_expired == (version is not None):
        raise typer.BadParameter("Name one copy, or give --expired.")
    if is_expired:
        count = destroy_expired_copies(now=now, on=clock().today_in_uk())
        _told({"copies": count}, f"{count} copies destroyed.", is_json=is_json)
        return
    if not reason.strip():
        raise typer.BadParameter("Say with --reason why the copy is no longer needed.")
    found = None if version is None else RegisterVersion.objects.filter(pk=version).first()
    if found is None:
        raise refuse(f"There is no register copy number {version}. `hustings register versions` lists them.")
    try:
        entries = destroy_copy(version=found, reason=reason.strip(), now=now)
    except AlreadyDestroyed as problem:
        raise refuse(str(problem)) from problem
    _told({"version": version, "entries": entries}, f"{entries:,} entries destroyed.", is_json=is_json)


@app.command("markers")
def markers(
    letters: Annotated[str, typer.Argument(help="The letters beside a name, for example BZ.")],
    kind: Annotated[str, typer.Option(help="parl, local, mayor, pcc, gla, senedd, sp or nia.")] = "local",
    nation: Annotated[str, typer.Option(help="england, wales, scotland or northern_ireland.")] = "england",
    poll_on: Annotated[
        datetime | None, typer.Option("--poll", formats=["%Y-%m-%d"], help="Polling day; default: today.")
    ] = None,
    is_json: _Json = False,
) -> None:
    """Say what register markers mean and whether they allow a vote at an election."""
    on = poll_on.date() if poll_on else clock().today_in_uk()
    franchise = may_vote_in(markers=letters, election_kind=kind, nation=nation, poll_on=on)
    meanings = {marker.letter: marker.meaning for marker in read_markers(markers=letters, on=on)}
    if is_json:
        print_json(
            {
                "markers": meanings,
                "may_vote": franchise.answer.value,
                "reasons": list(franchise.reasons),
                "rules": list(franchise.entries),
            }
        )
        return
    for letter, meaning in meanings.items():
        typer.echo(f"{letter}: {meaning}")
    typer.echo(f"May vote ({kind}, {nation}, {on}): {franchise.answer.value}.")
    for reason in franchise.reasons:
        typer.echo(f"    {reason}")


@entitlement_app.command("add")
def entitlement_add(
    kind: Annotated[str, typer.Option(help="candidate, party or councillor.")],
    holder: Annotated[str, typer.Option(help="Who is entitled.")],
    area: Annotated[str, typer.Option(help="The code of the area the register covers.")],
    valid_until: Annotated[
        datetime,
        typer.Option(
            "--until", formats=["%Y-%m-%d"], help="The first day on which it may no longer be read."
        ),
    ],
    evidence: Annotated[str, typer.Option(help="What shows it: dates of the request and the supply.")],
    valid_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; default: today.")
    ] = None,
    election: Annotated[str, typer.Option(help="The election's identifier, for a candidate.")] = "",
    office: Annotated[str, typer.Option(help="The office or the right, for the others.")] = "",
    is_json: _Json = False,
) -> None:
    """Record an entitlement; no register file is accepted without one."""
    found_area = Area.objects.filter(pk=area).first()
    if found_area is None:
        raise refuse(f"There is no area with the code {area}. Import the area names first.")
    found_election = Election.objects.filter(pk=election).first() if election else None
    if election and found_election is None:
        raise refuse(f"There is no election {election}.")
    try:
        entitlement = record_entitlement(
            kind=kind,
            holder=holder,
            area=found_area,
            election=found_election,
            office=office,
            valid_from=valid_from.date() if valid_from else clock().today_in_uk(),
            valid_until=valid_until.date(),
            evidence=evidence,
            now=clock().now(),
        )
    except (EntitlementIncomplete, EntitlementNotOpen) as problem:
        raise refuse(str(problem)) from problem
    _told(_entitlement(entitlement), f"Recorded as entitlement {entitlement.pk}.", is_json=is_json)


@entitlement_app.command("list")
def entitlement_list(is_json: _Json = False) -> None:
    """List every entitlement with its span."""
    rows = [_entitlement(entitlement) for entitlement in access.entitlements_for(scope=EVERYTHING)]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['id']:>4}  {row['holder']} ({row['kind']}), {row['area']}, {row['valid_from']} until "
            f"{row['valid_until']}{'' if row['is_in_force'] else ', not in force'}"
        )


@match_app.command("run")
def match_run(is_json: _Json = False) -> None:
    """Hold everybody against the register in use."""
    try:
        with bar(title="Matching", is_shown=sys.stderr.isatty()) as progress:
            run = match_people(now=clock().now(), on=clock().today_in_uk(), progress=progress)
    except (access.RegisterNotHeld, access.EntitlementExpired) as problem:
        raise refuse(str(problem)) from problem
    _told(
        _run(run),
        f"{run.people:,} people: {run.matched:,} matched, {run.unsure:,} unsure, {run.none:,} not found, "
        f"{run.kept:,} decided by a person before.",
        is_json=is_json,
    )


@match_app.command("report")
def match_report_(is_json: _Json = False) -> None:
    """Say how matching stands."""
    report = match_report(scope=EVERYTHING)
    counts = {
        "people": report.people,
        "matched": report.matched,
        "accepted": report.accepted,
        "unsure": report.unsure,
        "none": report.none,
        "rejected_pairs": report.rejected_pairs,
    }
    if is_json:
        print_json({**counts, "last_run": _run(report.last_run) if report.last_run else None})
        return
    for name, count in counts.items():
        typer.echo(f"{name.replace('_', ' ')}: {count:,}")


@app.command("stations")
def stations(
    election: Annotated[str, typer.Option("--election", help="The election, for example local.2026-05-07.")],
    postcode: Annotated[str, typer.Option(help="Tell the station of this postcode alone.")] = "",
    address: Annotated[str, typer.Option(help="House and street, where a postcode is divided.")] = "",
    district: Annotated[
        str, typer.Option(help="The letters of the polling district, from the register.")
    ] = "",
    is_json: _Json = False,
) -> None:
    """List the polling stations of an election, or tell the one of an address; exit 1 where it is not known."""
    if postcode or district:
        try:
            spaced = parse_postcode(postcode).spaced if postcode else ""
        except PostcodeError as problem:
            raise refuse(str(problem)) from problem
        found = StationFinder(election_id=election, on=clock().today_in_uk()).station_at(
            postcode=spaced, address=address, district=district
        )
        if found is None:
            raise refuse("No station is known for this address. The poll card says which it is.")
        rows = [found]
    else:
        rows = list(access.polling_stations_for(scope=EVERYTHING).filter(election=election))
    if is_json:
        print_json([_station(row) for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.name}, {row.where}" if row.where else row.name)
    if not rows:
        typer.echo("No polling stations are known for it: hustings import FILE --election ID.", err=True)


def _station(station: PollingStation) -> dict[str, Any]:
    return {
        "reference": station.reference,
        "council": station.council,
        "name": station.name,
        "address": station.address,
        "postcode": station.postcode,
        "source": station.source,
    }


def _run(run: MatchRun) -> dict[str, Any]:
    return {
        "id": run.pk,
        "at": run.at.isoformat(),
        "method": run.method,
        "people": run.people,
        "matched": run.matched,
        "unsure": run.unsure,
        "none": run.none,
        "kept": run.kept,
        "versions": run.versions,
        "seconds": run.seconds,
    }


def _entitlement(entitlement: Entitlement) -> dict[str, Any]:
    return {
        "id": entitlement.pk,
        "kind": entitlement.kind,
        "holder": entitlement.holder,
        "election": entitlement.election_id,
        "office": entitlement.office,
        "area": entitlement.area_id,
        "valid_from": entitlement.valid_from.isoformat(),
        "valid_until": entitlement.valid_until.isoformat(),
        "is_in_force": access.is_in_force(entitlement=entitlement, on=clock().today_in_uk()),
        "evidence": entitlement.evidence,
    }


def _told(value: dict[str, Any], sentence: str, *, is_json: bool) -> None:
    if is_json:
        print_json(value)
        return
    typer.echo(sentence)
