"""`hustings promoters`: who may be named in imprints; `hustings gate`: our own limits, stricter than the law."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import EVERYTHING, Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.clearance.access import promoter_for, promoters_for
from hustings.clearance.models import Promoter
from hustings.clearance.pages.forms import EvidenceForm, LimitsForm, PromoterForm
from hustings.clearance.pages.limits import present_limits
from hustings.clearance.usecases import set_limits, verify_promoter, write_promoter
from hustings.platform.commands import checked, print_json, read_text

app = typer.Typer(no_args_is_help=True, help="Promoters and printers: who may be named in imprints.")
gate = typer.Typer(no_args_is_help=True, help="Our own limits, which the gate keeps beside the law.")

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
_IsOrganisation = Annotated[
    bool | None, typer.Option("--organisation/--person", help="An organisation, or a person.")
]
_IsPrinter = Annotated[bool | None, typer.Option("--printer/--no-printer", help="Whether it prints.")]


@app.command("list")
def list_promoters(is_json: _Json = False) -> None:
    """List everybody who may be named, and who was verified."""
    rows = [_row(one) for one in promoters_for(scope=EVERYTHING).order_by("name", "pk")]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        state = "verified" if row["verified_at"] else "not verified yet"
        typer.echo(f"{row['id']:>6}  {row['name']}, {row['address']}: {state}")
    if not rows:
        typer.echo(
            "Nobody yet. `hustings promoters write` adds whoever causes your material to be published."
        )


@app.command("write")
def write(
    by: _By,
    promoter: Annotated[
        int | None, typer.Argument(help="The number of the one to change; left out: a new one.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="As it shall stand in imprints.")] = None,
    address: Annotated[str | None, typer.Option(help="Postal address; it is published.")] = None,
    postcode: Annotated[str | None, typer.Option(help="Its postcode.")] = None,
    is_organisation: _IsOrganisation = None,
    is_printer: _IsPrinter = None,
    area: Annotated[
        str | None, typer.Option(help="The GSS code of the place; left out: the whole organisation.")
    ] = None,
    is_json: _Json = False,
) -> None:
    """Add a promoter or printer, or change one: a change of name or address takes the verification away."""
    user, scope = acting_in(email=by, right=Right.EDIT_MATERIALS)
    held = None if promoter is None else _promoter(promoter, scope)
    given = {
        "name": name,
        "address": address,
        "postcode": postcode,
        "is_organisation": is_organisation,
        "is_printer": is_printer,
        "area": area,
    }
    form = checked(PromoterForm, given=given, instance=held, scope=scope)
    # The form has written into its own row; what stands in the database is what a change is measured against.
    kept = Promoter.objects.get(pk=held.pk) if held else None
    _told(done_now(write_promoter, promoter=kept, **form.cleaned_data, by=user), is_json)


@app.command("verify")
def verify(
    promoter: Annotated[int, typer.Argument(help="The number, from `hustings promoters list`.")],
    evidence: Annotated[
        Path, typer.Argument(help="A file that says how you know; “-” reads standard input.")
    ],
    by: _By,
    is_json: _Json = False,
) -> None:
    """Vouch that a promoter can be reached by letter at the address, and keep how you know."""
    user, scope = acting_in(email=by, right=Right.VERIFY_PROMOTERS)
    held = _promoter(promoter, scope)
    form = checked(EvidenceForm, given={"evidence": read_text(file=evidence)})
    verified = done_now(verify_promoter, promoter=held, evidence=form.cleaned_data["evidence"], by=user)
    _told(verified, is_json)


@gate.command("limits")
def limits(is_json: _Json = False) -> None:
    """Show the limits in force."""
    _tell(present_limits(), is_json)


@gate.command("set-limits")
def set_(
    reason: Annotated[Path, typer.Argument(help="A file that says why; “-” reads standard input.")],
    by: _By,
    most: Annotated[
        int | None, typer.Option(help="At most so many marketing contacts by one channel; 0 for no limit.")
    ] = None,
    days: Annotated[int | None, typer.Option(help="Within so many days.")] = None,
    needs_verified_email: Annotated[
        bool | None,
        typer.Option("--confirmed-email/--any-email", help="Email only addresses that were confirmed."),
    ] = None,
    needs_screened_number: Annotated[
        bool | None,
        typer.Option("--screened/--unscreened", help="Ring only numbers looked up in the last 28 days."),
    ] = None,
    leaves_out_under_16: Annotated[
        bool | None,
        typer.Option("--no-under-16/--under-16", help="Leave out under 16s who did not ask; our own rule."),
    ] = None,
    is_json: _Json = False,
) -> None:
    """Set our own limits for the whole organisation, with the reason; what is left out stays as it is."""
    user, _scope = acting_in(email=by, right=Right.OVERRIDE)
    given = {
        # Empty lifts the limit on how often, as on the page.
        "most_contacts": "" if most == 0 else most,
        "within_days": days,
        "needs_verified_email": needs_verified_email,
        "needs_screened_number": needs_screened_number,
        "leaves_out_under_16": leaves_out_under_16,
        "reason": read_text(file=reason),
    }
    form = checked(LimitsForm, given=given, initial=present_limits())
    done_now(set_limits, **form.cleaned_data, by=user)
    _tell(present_limits(), is_json)


def _promoter(pk: int, scope: Scope) -> Promoter:
    missing = f"There is no promoter {pk} for this login. `hustings promoters list` shows them."
    return fetched(promoter_for, missing, scope=scope, pk=pk)


def _row(promoter: Promoter) -> dict[str, Any]:
    return {
        "id": promoter.pk,
        "name": promoter.name,
        "address": promoter.full_address,
        "is_organisation": promoter.is_organisation,
        "is_printer": promoter.is_printer,
        "area": promoter.area_id,
        "verified_at": promoter.verified_at,
    }


def _told(promoter: Promoter, is_json: bool) -> None:
    if is_json:
        print_json(_row(promoter))
    else:
        state = "verified" if promoter.is_verified else "not verified yet"
        typer.echo(f"{promoter.name} is number {promoter.pk}: {state}.")


def _tell(values: dict[str, Any], is_json: bool) -> None:
    if is_json:
        print_json(values)
        return
    for name, value in values.items():
        words = {True: "yes", False: "no", None: "no limit"}.get(value, value)
        typer.echo(f"{name.replace('_', ' '):22} {words}")
