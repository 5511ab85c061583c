"""`hustings register match list`, `accept`, `reject`, `undo`: the questions that the rules leave to a person."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from hustings.accounts.access import EVERYTHING, Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.basics.clock import clock
from hustings.platform.commands import print_json, refuse
from hustings.register.access import (
    EntitlementExpired,
    RegisterNotHeld,
    match_for,
    matches_for,
    with_entries,
)
from hustings.register.models import Match, MatchState
from hustings.register.usecases.decide_match import NotOpen, accept_match, reject_match, undo_decision

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_Which = Annotated[int, typer.Argument(help="The match's number, from `hustings register match list`.")]
_By = Annotated[
    str, typer.Option(help="The email address of the login that decides; it must hold the right.")
]
_STATES = ", ".join(state for state in MatchState.values if state != MatchState.SUPERSEDED)


def list_matches(
    state: Annotated[str, typer.Option(help=f"Those in this state: {_STATES}.")] = MatchState.UNSURE.value,
    is_json: _Json = False,
) -> None:
    """List the matches that wait for somebody to look, the likeliest first, or those in another state."""
    if state not in MatchState.values or state == MatchState.SUPERSEDED:
        raise typer.BadParameter(f"“{state}” is no state; choose from {_STATES}.")
    found = matches_for(scope=EVERYTHING).filter(state=state).select_related("person")
    try:
        seen = with_entries(matches=found, scope=EVERYTHING, on=clock().today_in_uk())
    except (RegisterNotHeld, EntitlementExpired) as problem:
        raise refuse(str(problem)) from problem
    rows = [_row(match) for match in seen.order_by("-probability", "pk")]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        entry = row["entry"] or {}
        elector = f"{entry['forename']} {entry['surname']}, {entry['address']}" if entry else "no entry now"
        typer.echo(f"{row['id']:>6}  {row['name']} (person {row['person']}): {elector}")
    if not rows:
        typer.echo("Nobody waits." if state == MatchState.UNSURE else "There is none.")


def accept(match: _Which, by: _By, is_json: _Json = False) -> None:
    """Say that the person is this elector; other electors they might be are set aside."""
    _decide(match, by, accept_match, is_json, is_seen_first=True)


def reject(match: _Which, by: _By, is_json: _Json = False) -> None:
    """Say that the person is not this elector; the pair is not offered again."""
    _decide(match, by, reject_match, is_json)


def undo(match: _Which, by: _By, is_json: _Json = False) -> None:
    """Take a decision back: the match is a question again."""
    _decide(match, by, undo_decision, is_json)


def _decide(
    pk: int, by: str, act: Callable[..., Match], is_json: bool, *, is_seen_first: bool = False
) -> None:
    """Decide as on the page of one match: nobody is joined to an elector whose entry the login may not see."""
    user, scope = acting_in(email=by, right=Right.MATCH)
    missing = f"There is no match {pk} for this login. `hustings register match list` shows them."
    found = fetched(match_for, missing, scope=scope, pk=pk)
    if is_seen_first:
        try:
            rows = with_entries(
                matches=matches_for(scope=scope).filter(pk=pk), scope=scope, on=clock().today_in_uk()
            )
            if getattr(rows.get(), "entry", None) is None:
                raise refuse("The register shows no entry of this elector to this login.")
        except (RegisterNotHeld, EntitlementExpired) as problem:
            raise refuse(str(problem)) from problem
    decided = done_now(act, NotOpen, match=found, by=user)
    if is_json:
        print_json(
            {
                "id": decided.pk,
                "person": decided.person_id,
                "elector": decided.elector_id,
                "state": decided.state,
            }
        )
    else:
        typer.echo(f"Match {decided.pk} is {decided.get_state_display()}.")


def _row(match: Match) -> dict[str, Any]:
    return {
        "id": match.pk,
        "person": match.person_id,
        "name": str(match.person),
        "elector": match.elector_id,
        "state": match.state,
        "probability": match.probability,
        "entry": getattr(match, "entry", None),
    }
