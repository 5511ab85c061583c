"""`hustings people requests`: what people ask for under data protection law, from taking in to the answer."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import EVERYTHING, Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.people.access import person_for, request_for, requests_for
from hustings.people.desk_commands import By, Json, no_person
from hustings.people.models import RightsOutcome, RightsRequest, RightsRequestKind
from hustings.people.pages.forms import AnswerForm, ReasonForm, RequestForm
from hustings.people.usecases.handle_rights_request import (
    acknowledge_request,
    answer_request,
    extend_request,
    verify_identity,
)
from hustings.people.usecases.open_rights_request import open_rights_request
from hustings.platform.commands import checked, print_json, read_text

app = typer.Typer(no_args_is_help=True, help="Requests about one's own data, and their clocks.")

_Which = Annotated[int, typer.Argument(help="The request's number, from `hustings people requests list`.")]


@app.command("list")
def list_requests(
    is_open: Annotated[bool, typer.Option("--open", help="Only those not answered yet.")] = False,
    is_json: Json = False,
) -> None:
    """List the requests, the one due first on top."""
    found = requests_for(scope=EVERYTHING).order_by("due_on", "pk")
    rows = [_row(asked) for asked in (found.filter(answered_at=None) if is_open else found)]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        state = f"answered ({row['outcome']})" if row["answered_at"] else f"due {row['due_on']}"
        typer.echo(f"{row['id']:>6}  {row['kind']}, person {row['person'] or 'not on file'}: {state}")
    if not rows:
        typer.echo("Nobody has asked.")


@app.command("open")
def open_(
    person: Annotated[int, typer.Argument(help="The person's number.")],
    kind: Annotated[str, typer.Argument(help=f"What they ask for: {', '.join(RightsRequestKind.values)}.")],
    by: By,
    details: Annotated[
        Path | None, typer.Option(help="A file with their own words; “-” reads standard input.")
    ] = None,
    is_identity_known: Annotated[
        bool, typer.Option("--identity-known", help="It is certain that it is this person.")
    ] = False,
    is_json: Json = False,
) -> None:
    """Take in what a person asks for by letter, by phone or in person, and start its clock."""
    user, scope = acting_in(email=by, right=Right.HANDLE_RIGHTS)
    held = fetched(person_for, no_person(person), scope=scope, pk=person)
    words = None if details is None else read_text(file=details)
    given = {"kind": kind, "details": words, "is_identity_known": is_identity_known}
    form = checked(RequestForm, given=given)
    # The same word as for one taken in on the desk: whoever asks there or here does so through the office.
    asked = done_now(open_rights_request, source="desk", person=held, by=user, **form.cleaned_data)
    _told(asked, is_json)


@app.command("acknowledge")
def acknowledge(request: _Which, by: By, is_json: Json = False) -> None:
    """Note that the person was told that their request has come in."""
    _step(request, by, is_json, acknowledge_request)


@app.command("verify")
def verify(
    request: _Which,
    evidence: Annotated[
        Path, typer.Argument(help="A file that says how they were known; “-” reads standard input.")
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Note how the person was known to be themselves; a clock that stood still runs again."""
    _step(request, by, is_json, verify_identity, lambda: {"evidence": _reason(evidence)})


@app.command("extend")
def extend(
    request: _Which,
    reason: Annotated[
        Path,
        typer.Argument(help="A file with the reason the person will be told; “-” reads standard input."),
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Put the answer off by what the law allows."""
    _step(request, by, is_json, extend_request, lambda: {"reason": _reason(reason)})


@app.command("answer")
def answer(
    request: _Which,
    outcome: Annotated[str, typer.Argument(help=f"How it ended: {', '.join(RightsOutcome.values)}.")],
    words: Annotated[
        Path, typer.Argument(help="A file with what the person was told; “-” reads standard input.")
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Close a request with its outcome and what the person was told."""

    def given() -> Mapping[str, object]:
        form = checked(AnswerForm, given={"outcome": outcome, "answer": read_text(file=words)})
        return form.cleaned_data

    _step(request, by, is_json, answer_request, given)


def _reason(file: Path) -> str:
    return str(checked(ReasonForm, given={"reason": read_text(file=file)}).cleaned_data["reason"])


def _step(
    pk: int,
    by: str,
    is_json: bool,
    act: Callable[..., RightsRequest],
    given: Callable[[], Mapping[str, object]] = dict,
) -> None:
    """One step of a request; what was written is read only once the login is known to hold the right."""
    user, scope = acting_in(email=by, right=Right.HANDLE_RIGHTS)
    missing = f"There is no request {pk} for this login. `hustings people requests list` shows them."
    asked = fetched(request_for, missing, scope=scope, pk=pk)
    _told(done_now(act, request=asked, by=user, **given()), is_json)


def _told(asked: RightsRequest, is_json: bool) -> None:
    row = _row(asked)
    if is_json:
        print_json(row)
    elif asked.answered_at:
        typer.echo(f"Request {asked.pk} is answered.")
    else:
        typer.echo(f"Request {asked.pk}: the answer is due by {asked.due_on}.")


def _row(asked: RightsRequest) -> dict[str, Any]:
    """Where a request stands, without what was written about it."""
    names = ("received_at", "due_on", "acknowledged_at", "identity_asked_at", "identity_verified_at")
    return {
        "id": asked.pk,
        "kind": asked.kind,
        "person": asked.person_id,
        **{name: getattr(asked, name) for name in (*names, "extended_at", "answered_at")},
        "outcome": asked.outcome,
    }
