"""`hustings seats map`, `audit` and `target`: the campaign map on a terminal."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.elections.commands import seats
from hustings.elections.rules.need import WEIGHTS
from hustings.places.queries import area
from hustings.platform.commands import print_json, refuse
from hustings.platform.importing.source import UnreadableFile
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.pages.reasons import line_of
from hustings.website.campaign_map.usecases.audit_seats import audit_seats
from hustings.website.campaign_map.usecases.set_target import set_party, set_target
from hustings.website.campaign_map.usecases.take_feed import take_feed_file

__all__ = ["seats"]

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_Election = Annotated[
    str,
    typer.Option("--election", help="The election, for example parl.2024-07-04; or wards, for all councils."),
]
_Party = Annotated[
    str, typer.Option(help="Whose gap or lead counts, by its short name; default: as the map is set up.")
]


@seats.command("map")
def show_map(
    postcode: Annotated[
        str, typer.Argument(help="A postcode, or the first half of one; without it travel counts nothing.")
    ] = "",
    election: _Election = "",
    party: _Party = "",
    limit: Annotated[int, typer.Option(min=1, help="At most this many seats.")] = 10,
    is_json: _Json = False,
) -> None:
    """List who needs people, in the order of the campaign map, with the points of each part."""
    try:
        origin = _origin(postcode) if postcode else None
        boards = [queries.board(key=election)] if election else queries.boards_on_map()
        answers = [
            queries.answer(board=board, party=party or queries.party_on_map(), origin=origin)
            for board in boards
        ]
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    if not answers:
        raise refuse("No results have been imported yet. `hustings importers` lists the layouts that can be.")
    if is_json:
        print_json(
            {
                "weights": {
                    "points_per_percent": float(WEIGHTS.per_percent),
                    "points_per_km": float(WEIGHTS.per_km),
                    "points_of_shortage": float(WEIGHTS.per_shortage),
                },
                "boards": [_plain(answer, limit) for answer in answers],
            }
        )
        return
    for answer in answers:
        typer.echo(answer.board.title)
        if answer.remark:
            typer.echo(answer.remark, err=True)
        for need in answer.ranking.ranked[:limit]:
            line = line_of(need=need, party=answer.party)
            far = f"  {line.km} km" if line.km else ""
            typer.echo(
                f"{line.rank:4}  {line.name} ({line.code}){far}\n      {line.reason} {line.cover}\n      {line.sum}"
            )
        for seat in answer.ranking.left_out:
            typer.echo(f"   –  {seat.name} ({seat.code}) is left out: {seat.left_out}", err=True)


@seats.command("audit")
def audit(
    election: _Election,
    party: _Party = "",
    file: Annotated[
        Path | None,
        typer.Option("--map", help="A map from elsewhere: CSV with a column code, in its order, or JSON."),
    ] = None,
    is_json: _Json = False,
) -> None:
    """Compare the map with the results; fails on any seat that is missing, doubled or out of order."""
    try:
        found = audit_seats(key=election, party=party or queries.party_on_map(), file=file)
    except (Refusal, UnreadableFile) as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json(
            {
                "seats": found.seats,
                "ranked": found.ranked,
                "left_out": found.left_out,
                "faults": [
                    {
                        "fault": one.fault.value,
                        "code": one.code,
                        "name": one.name,
                        "place": one.place,
                        "text": one.text,
                    }
                    for one in found.findings
                ],
            }
        )
    else:
        for one in found.findings:
            typer.echo(f"{one.fault.value}: {one.text}")
        typer.echo(
            f"{found.seats:,} seats in the results, {found.ranked:,} ranked, {found.left_out:,} left out with a reason, "
            f"{len(found.findings):,} faults."
        )
    if found.findings:
        raise typer.Exit(1)


@seats.command("target")
def target(
    code: Annotated[str, typer.Argument(help="The seat's or ward's code.")],
    volunteers: Annotated[int, typer.Argument(help="How many volunteers it wants; 0 for no target.")],
) -> None:
    """Set how many volunteers a seat wants."""
    place = area(code=code)
    if place is None:
        raise refuse(f"No area has the code {code}. `hustings seats list` shows the codes.")
    try:
        set_target(area=place, target=volunteers or None, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(
        f"{place.name}: {volunteers} volunteers wanted." if volunteers else f"{place.name} has no target."
    )


@seats.command("party")
def party_of_map(
    name: Annotated[
        str, typer.Argument(help="Short name or name as in the results; “” for first to second.")
    ],
) -> None:
    """Say by whose gap or lead the campaign map goes."""
    try:
        set_party(party=name, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"The map goes by {name}." if name.strip() else "The map goes by first to second.")


@seats.command("take-feed")
def take_feed(
    file: Annotated[Path, typer.Argument(help="A feed of another installation (docs/feeds.md).")],
    is_json: _Json = False,
) -> None:
    """Show another installation's public events and needs on the map, from a file of its feed."""
    if not file.is_file():
        raise refuse(f"There is no file at {file}.")
    try:
        taken = take_feed_file(path=file, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    for which, reason in taken.rejected:
        typer.echo(f"{which}: {reason}", err=True)
    if is_json:
        accepted = taken.events + taken.needs
        print_json(
            {
                "name": taken.neighbour.name,
                "events": taken.events,
                "needs": taken.needs,
                "accepted": accepted,
                "rejected": [{"entry": which, "reason": reason} for which, reason in taken.rejected],
            }
        )
        return
    typer.echo(
        f"{taken.neighbour.name}: {taken.events:,} events to come and {taken.needs:,} needs, "
        f"{len(taken.rejected):,} entries rejected."
    )


def _origin(text: str) -> queries.Origin:
    if len(text.replace(" ", "")) <= 4:
        return queries.origin_of_outward(outward=text)
    return queries.origin_of_postcode(postcode=text)


def _plain(answer: queries.Answer, limit: int) -> dict[str, Any]:
    return {
        "election": answer.board.key,
        "party": answer.party or None,
        "remark": answer.remark or None,
        "seats": [
            {
                "rank": need.rank,
                "code": need.seat.code,
                "name": need.seat.name,
                "standing": need.seat.standing.value,
                "votes": need.seat.votes,
                "percent": None if need.seat.percent is None else round(need.seat.percent, 4),
                "distance_km": None if need.km is None else float(need.km),
                "volunteers": need.cover.volunteers if need.cover else None,
                "target": need.cover.target if need.cover else None,
                "closeness_points": None
                if need.closeness_points is None
                else round(float(need.closeness_points), 4),
                "travel_points": round(float(need.travel_points), 4),
                "shortage_points": round(float(need.shortage_points), 4),
                "points": None if need.points is None else round(float(need.points), 4),
                "reason": line_of(need=need, party=answer.party).reason,
            }
            for need in answer.ranking.ranked[:limit]
        ],
        "left_out": [
            {"code": seat.code, "name": seat.name, "reason": seat.left_out}
            for seat in answer.ranking.left_out
        ],
    }
