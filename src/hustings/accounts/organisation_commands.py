"""`hustings organisation`: whom this installation serves, as people are told."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, done_now
from hustings.accounts.models import Organisation, OrganisationKind
from hustings.accounts.pages.organisation import OrganisationForm, facts_known
from hustings.accounts.usecases.describe_organisation import describe_organisation
from hustings.platform.commands import checked, print_json, read_text, refuse

app = typer.Typer(no_args_is_help=True, help="The organisation that this installation serves.")

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("show")
def show(is_json: _Json = False) -> None:
    """Show what people are told about the organisation; exit code 1 where nothing was said yet."""
    known = Organisation.objects.select_related("area").first()
    if known is None:
        raise refuse("Nobody has described the organisation yet: `hustings organisation describe`.")
    _told(known, is_json)


@app.command("describe")
def describe(
    by: Annotated[
        str, typer.Option(help="The email address of the login that acts; it must hold the right.")
    ],
    name: Annotated[str | None, typer.Option(help="As the public knows you.")] = None,
    kind: Annotated[
        str | None, typer.Option(help=f"What you are: {', '.join(OrganisationKind.values)}.")
    ] = None,
    commission_number: Annotated[
        str | None, typer.Option(help="Number in the Electoral Commission's register, as PP1234.")
    ] = None,
    address: Annotated[
        Path | None,
        typer.Option(help="A file with the postal address, without the postcode; “-” reads standard input."),
    ] = None,
    postcode: Annotated[str | None, typer.Option(help="Its postcode.")] = None,
    email: Annotated[str | None, typer.Option(help="Email address for the public.")] = None,
    phone: Annotated[str | None, typer.Option(help="Telephone for the public.")] = None,
    ico_reference: Annotated[
        str | None, typer.Option(help="Reference of the Information Commissioner.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Where you work, by name or GSS code; empty for several.")
    ] = None,
    colour: Annotated[str | None, typer.Option(help="Your colour, as #0b5c4a.")] = None,
    is_json: _Json = False,
) -> None:
    """Say which organisation this installation serves: what is left out stays as it is."""
    user, _scope = acting_in(email=by, right=Right.SET_UP)
    given = {
        "name": name,
        "kind": kind,
        "commission_number": commission_number,
        "address": None if address is None else read_text(file=address),
        "postcode": postcode,
        "email": email,
        "phone": phone,
        "ico_reference": ico_reference,
        "area": area,
        "colour": colour,
    }
    form = checked(OrganisationForm, given=given, initial=facts_known(known=Organisation.objects.first()))
    _told(done_now(describe_organisation, facts=form.facts(), by=user), is_json)


def _told(known: Organisation, is_json: bool) -> None:
    values = {
        name: getattr(known, name)
        for name in (
            *("name", "kind", "commission_number", "address", "email", "phone", "ico_reference", "colour"),
            "set_up_at",
        )
    } | {"area": known.area_id}
    if is_json:
        print_json(values)
        return
    for name, value in values.items():
        typer.echo(f"{name.replace('_', ' '):18} {', '.join(str(value or '').splitlines())}")
