"""`hustings record`: put into the public record what left another way, correct an entry, withhold a document."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.basics.clock import clock
from hustings.openness.access import document_for, entries_for, entry_for
from hustings.openness.models import Entry, Seal
from hustings.openness.pages.desk import CorrectionForm, WithholdingForm
from hustings.openness.pages.publications import PublicationForm
from hustings.openness.queries.entries import view_of
from hustings.openness.usecases.correct_entry import correct_entry
from hustings.openness.usecases.record_publication import CHANNELS, Publication, record_publication
from hustings.openness.usecases.withhold_document import withhold_document
from hustings.platform.commands import checked, print_json, read_table, refuse

app = typer.Typer(
    no_args_is_help=True,
    help="The public record: list, add what left another way, correct, withhold. Its log: `hustings ledger`.",
)

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[
    str, typer.Option("--by", help="The email address of the login that acts; it must keep the record there.")
]
_Which = Annotated[int, typer.Argument(help="The entry's number, as in the public record.")]


@app.command("list")
def list_entries(
    by: _By,
    most: Annotated[int, typer.Option(help="How many, the newest first.")] = 50,
    is_json: _Json = False,
) -> None:
    """List the newest entries of your places, with their documents and whether each is open."""
    _user, scope = acting_in(email=by, right=Right.EDIT_RECORD)
    today = clock().today_in_uk()
    rows = [
        {
            "entry": entry.number,
            "kind": entry.kind,
            "title": entry.title,
            "area": entry.area_id,
            "documents": {one.name: one.state for one in view_of(entry=entry, on=today).documents},
        }
        for entry in entries_for(scope=scope).prefetch_related("documents").order_by("-number")[:most]
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['entry']:>6}  {row['kind']}  {row['title']}")
    if not rows:
        typer.echo("Nothing of your places stands in the record yet.")


@app.command("add")
def add(
    kind: Annotated[str, typer.Argument(help=f"What happened: {', '.join(CHANNELS)}.")],
    material: Annotated[int, typer.Option(help="The number of the approved copy it was done with.")],
    first_day: Annotated[str, typer.Option("--from", help="First day, as 2026-04-01.")],
    last_day: Annotated[str, typer.Option("--to", help="Last day.")],
    by: _By,
    wards: Annotated[
        Path | None, typer.Option(help="CSV: ward (its name), number (of leaflets or calls).")
    ] = None,
    total: Annotated[
        int | None, typer.Option(help="Instead, one number; for an advert, how often it was shown.")
    ] = None,
    cost: Annotated[str | None, typer.Option(help="In pounds, as 45.00.")] = None,
    platform: Annotated[str | None, typer.Option(help="Where the advert ran.")] = None,
    page: Annotated[str | None, typer.Option(help="From which page or account.")] = None,
    targeting: Annotated[
        str | None, typer.Option(help="Whom it was meant for; as the material says where it is left out.")
    ] = None,
    besides: Annotated[
        bool, typer.Option("--besides", help="These calls were made besides those of our phone banks.")
    ] = False,
    is_json: _Json = False,
) -> None:
    """Record a leaflet round, an advert or calls. Mailings, phone banks and canvasses are recorded by themselves."""
    user, scope = acting_in(email=by, right=Right.EDIT_RECORD)
    if (wards is None) == (total is None):
        raise typer.BadParameter("Give either --wards or --total.")
    rows = [] if wards is None else read_table(file=wards, needed=("ward", "number"))
    lines = [f"{cells['ward']}: {cells['number']}" for _line, cells in rows]
    given = {
        "kind": kind,
        "copy": material,
        "started_on": first_day,
        "ended_on": last_day,
        "numbers": "\n".join(lines) if total is None else str(total),
        "cost": cost,
        "platform": platform,
        "page": page,
        "targeting": targeting,
    }
    form = checked(
        PublicationForm, given=given, scope=scope, initial={"token": secrets.token_urlsafe(16), "cost": 0}
    )
    values = form.cleaned_data
    facts = Publication(
        kind=values["kind"],
        started_on=values["started_on"],
        ended_on=values["ended_on"],
        cost_pence=round(values["cost"] * 100),
        token=values["token"],
        wards=values["wards"],
        numbers=values["by_ward"],
        total=values["total"],
        platform=values["platform"],
        page=values["page"],
        targeting=values["targeting"],
        is_besides=besides,
    )
    entry = done_now(record_publication, copy=values["copy"], facts=facts, by=user)
    if is_json:
        print_json({"entry": entry.number, "kind": entry.kind, "title": entry.title})
    else:
        typer.echo(f"It stands in the public record as entry {entry.number}.")


@app.command("correct")
def correct(
    entry: _Which,
    was: Annotated[str, typer.Option(help="What the record says.")],
    right: Annotated[str, typer.Option(help="What is right.")],
    reason: Annotated[str, typer.Option(help="How the mistake came about. All three are public at once.")],
    by: _By,
    is_json: _Json = False,
) -> None:
    """Add a correction beside an entry; the entry itself stays as it is."""
    user, scope = acting_in(email=by, right=Right.EDIT_RECORD)
    held = _entry(scope, entry)
    form = checked(CorrectionForm, given={"was": was, "is_now": right, "reason": reason})
    made = done_now(correct_entry, entry=held, **form.cleaned_data, by=user)
    if is_json:
        print_json({"entry": made.number, "corrects": held.number})
    else:
        typer.echo(f"The correction stands in the public record as entry {made.number}.")


@app.command("withhold")
def withhold(
    entry: _Which,
    name: Annotated[str, typer.Argument(help="The document's name, as `hustings record list --json` tells.")],
    reason: Annotated[str, typer.Option(help="It stands in the record for good: name nobody in it.")],
    by: _By,
    is_sure: Annotated[
        bool, typer.Option("--yes", help="Delete the document; it cannot be brought back.")
    ] = False,
    is_json: _Json = False,
) -> None:
    """Take a document away for good: for a home address, a picture of a child, a court's order."""
    user, scope = acting_in(email=by, right=Right.EDIT_RECORD)
    missing = f"Entry {entry} of your places has no document “{name}” that could be withheld."
    document = fetched(document_for, scope=scope, number=entry, name=name, missing=missing)
    if document.seal == Seal.SEALED:
        raise refuse(missing)
    form = checked(WithholdingForm, given={"reason": reason})
    if not is_sure:
        raise refuse("The document cannot be brought back. Give --yes to withhold it for good.")
    gone = done_now(withhold_document, document=document, reason=form.cleaned_data["reason"], by=user)
    if is_json:
        print_json({"entry": entry, "document": gone.name, "withheld_at": gone.withheld_at})
    else:
        typer.echo("Withheld. The reason stands in its place.")


def _entry(scope: Scope, number: int) -> Entry:
    sentence = f"There is no entry {number} of your places. `hustings record list` shows the newest."
    return fetched(entry_for, scope=scope, number=number, missing=sentence)
