"""`hustings seats` and `hustings elections`: how close seats were, which are near, and the dates of a poll."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import typer

from hustings.basics.clock import UK, clock
from hustings.basics.refusals import Refusal
from hustings.elections import queries
from hustings.elections.models import Election
from hustings.elections.rules.marginality import NearSeat, Seat
from hustings.elections.rules.timetable import DeadlineEvent
from hustings.elections.usecases.leave_out_seat import leave_out_seat, put_back_seat
from hustings.elections.usecases.record_official_deadline import record_official_deadline
from hustings.platform.commands import print_json, refuse

app = typer.Typer(no_args_is_help=True, help="Elections, their dates and deadlines.")
seats = typer.Typer(no_args_is_help=True, help="Seats by how close they were.")

ElectionOption = Annotated[str, typer.Option("--election", help="The election, for example parl.2024-07-04.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@seats.command("near")
def near(
    postcode: Annotated[str, typer.Argument(help="A postcode in any spelling, in quotation marks.")],
    election: ElectionOption,
    max_majority_pct: Annotated[
        float, typer.Option(min=0, max=100, help="Only seats whose majority is at most this share.")
    ] = 10.0,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most this many seats.")] = 5,
    is_json: JsonOption = False,
) -> None:
    """List the nearest seats that were close: by distance to the seat's centre point, equals by code."""
    try:
        found = queries.seats_near(
            election_id=election, postcode=postcode, max_majority_pct=max_majority_pct, limit=limit
        )
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json([_plain_near(seat) for seat in found.seats])
    else:
        for seat in found.seats:
            typer.echo(f"{seat.distance_km:6.1f} km  {_told(seat.seat)}")
        if not found.seats:
            typer.echo(f"No seat had a majority of {max_majority_pct:g} per cent or less.")
    for seat in found.left_out:
        typer.echo(
            f"Left out: {seat.seat.name} ({seat.seat.code}), {seat.distance_km:.1f} km. {seat.seat.left_out}",
            err=True,
        )
    if found.without_point:
        names = ", ".join(seat.name for seat in found.without_point[:5])
        typer.echo(
            f"{len(found.without_point)} seats have no point on the map ({names} …). Import centre points "
            "or postcodes.",
            err=True,
        )


@seats.command("list")
def list_seats(election: ElectionOption, is_json: JsonOption = False) -> None:
    """List every seat from the closest to the safest; those left out come last, each with its reason."""
    try:
        ranking = queries.ranking(election_id=election)
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json([_plain(seat) for seat in (*ranking.ranked, *ranking.left_out)])
        return
    for seat in ranking.ranked:
        typer.echo(f"{seat.rank:4}  {_told(seat)}")
    for seat in ranking.left_out:
        typer.echo(f"   –  {_told(seat)}\n      left out: {seat.left_out}")


@seats.command("leave-out")
def leave_out(
    code: Annotated[str, typer.Argument(help="The seat's code, as `hustings seats list` shows it.")],
    election: ElectionOption,
    reason: Annotated[str, typer.Option(help="The reason, a sentence that is published.")],
) -> None:
    """Leave a seat out of the ranking, with a reason that is published beside it."""
    try:
        leave_out_seat(election_id=election, code=code, reason=reason, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"{code} is left out of the ranking of {election}, and the reason is shown with it.")


@seats.command("put-back")
def put_back(
    code: Annotated[str, typer.Argument(help="The seat's code.")],
    election: ElectionOption,
) -> None:
    """Rank a seat again that was left out."""
    try:
        put_back_seat(election_id=election, code=code, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"{code} is ranked again in {election}.")


@app.command("list")
def list_elections(is_json: JsonOption = False) -> None:
    """List the elections of which results are known."""
    rows = [
        {"id": row.pk, "title": row.title, "poll_on": row.poll_on, "contests": row.contests.count()}
        for row in Election.objects.all()
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']}  {row['title']} ({row['contests']:,} contests)")
    if not rows:
        typer.echo("No results have been imported yet. `hustings importers` lists the layouts that can be.")


@app.command("deadlines")
def deadlines(
    election: Annotated[str, typer.Argument(help="The election or ballot, for example parl.2024-07-04.")],
    nation: Annotated[
        str,
        typer.Option(help="england, wales, scotland or northern_ireland, where the election does not tell."),
    ] = "",
    is_json: JsonOption = False,
) -> None:
    """List every deadline before a poll, what it rests on, and where to check."""
    try:
        found = queries.deadlines(election_id=election, nation=nation)
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json(_plain_deadlines(found))
        return
    for deadline in found:
        mark = "" if deadline.is_confirmed else "  (not confirmed)"
        typer.echo(f"{deadline.at:%a %d %b %Y %H:%M}  {deadline.label}{mark}")
    for warning in dict.fromkeys(deadline.warning for deadline in found if deadline.warning):
        typer.echo(warning, err=True)


@app.command("official")
def official(
    election: Annotated[str, typer.Argument(help="The election or ballot, for example parl.2024-07-04.")],
    event: Annotated[DeadlineEvent, typer.Argument(help="Which deadline.")],
    at: Annotated[
        datetime, typer.Argument(formats=["%Y-%m-%dT%H:%M"], help="The moment, as 2026-04-09T16:00; UK time.")
    ],
    source: Annotated[str, typer.Option(help="Which notice gives it, for example its address.")],
    is_json: JsonOption = False,
) -> None:
    """Put a deadline of the official notice above the reckoned one; given again, it is corrected."""
    try:
        recorded = record_official_deadline(
            election_id=election, event=event, at=at.replace(tzinfo=UK), source=source, now=clock().now()
        )
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json({"event": event.value, "at": recorded.at.isoformat(), "source": recorded.source})
    else:
        typer.echo(f"Recorded as the notice gives it: {at:%d %B %Y %H:%M}.")


def _plain(seat: Seat) -> dict[str, Any]:
    return {
        "rank": seat.rank,
        "code": seat.code,
        "name": seat.name,
        "first": seat.first,
        "second": seat.second,
        "majority": seat.majority,
        "majority_pct": _rounded(seat.majority_pct),
        "swing_pct": _rounded(seat.swing_pct),
        "unopposed": seat.is_unopposed,
        "left_out": seat.left_out or None,
    }


def _plain_near(found: NearSeat) -> dict[str, Any]:
    whole = _plain(found.seat)
    names = ("code", "name", "first", "second", "majority", "majority_pct", "swing_pct")
    return {**{name: whole[name] for name in names}, "distance_km": round(found.distance_km, 2)}


def _plain_deadlines(found: Iterable[queries.Deadline]) -> list[dict[str, Any]]:
    return [
        {
            "event": deadline.event.value,
            "label": deadline.label,
            "at": deadline.at.isoformat(),
            "rule": deadline.rule,
            "confirmed": deadline.is_confirmed,
            "official": deadline.is_official,
            "warning": deadline.warning or None,
        }
        for deadline in found
    ]


def _told(seat: Seat) -> str:
    if seat.is_unopposed:
        return f"{seat.name} ({seat.code}): {seat.first}, unopposed"
    if seat.majority is None or seat.majority_pct is None:
        return f"{seat.name} ({seat.code}): {seat.first or 'winner not known'}, majority not known"
    return (
        f"{seat.name} ({seat.code}): {seat.first} over {seat.second} by {seat.majority:,} "
        f"({seat.majority_pct:.2f} %, a swing of {seat.swing_pct:.2f} % would change it)"
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
