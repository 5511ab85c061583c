"""`hustings site`: whom the site names as its promoter, its privacy notice, and the pages of places."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, done_now
from hustings.basics.clock import clock
from hustings.platform.commands import checked, print_json, read_text, refuse
from hustings.website.models import HomePage
from hustings.website.pages.overview import PlaceForm
from hustings.website.pages.set_up import PromoterForm, promoter_known
from hustings.website.queries import site_imprint
from hustings.website.usecases.create_site import create_site
from hustings.website.usecases.make_place_page import PlaceHasPage, make_place_page
from hustings.website.usecases.name_promoter import PromoterFacts, name_promoter
from hustings.website.usecases.publish_privacy_notice import NoOrganisation, publish_privacy_notice

app = typer.Typer(no_args_is_help=True, help="The public site: its promoter, privacy notice and places.")

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]


@app.command("name-promoter")
def name_(
    by: _By,
    evidence: Annotated[
        Path | None,
        typer.Argument(help="A file that says how name and address are known; “-” reads standard input."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Who causes the site to be published.")] = None,
    address: Annotated[str | None, typer.Option(help="Postal address; it is published.")] = None,
    postcode: Annotated[str | None, typer.Option(help="Its postcode.")] = None,
    is_organisation: Annotated[
        bool | None, typer.Option("--organisation/--person", help="An organisation, or a person.")
    ] = None,
    is_for_organisation: Annotated[
        bool | None,
        typer.Option("--for-us/--not-for-us", help="On behalf of our organisation, or on its own."),
    ] = None,
    is_json: _Json = False,
) -> None:
    """Name and verify whoever causes the site to be published; the imprint stands in every page's foot."""
    user, _scope = acting_in(email=by, right=Right.SET_UP)
    given = {
        "name": name,
        "address": address,
        "postcode": postcode,
        "is_organisation": is_organisation,
        "is_for_organisation": is_for_organisation,
        "evidence": None if evidence is None else read_text(file=evidence),
    }
    form = checked(PromoterForm, given=given, initial=promoter_known())
    frame = done_now(name_promoter, facts=PromoterFacts(**form.cleaned_data), by=user)
    if is_json:
        print_json(
            {
                "promoter": frame.promoter_id,
                "on_behalf_of": frame.on_behalf_of_id,
                "imprint": str(site_imprint()),
            }
        )
    else:
        typer.echo(f"In every page's foot: {site_imprint()}")


@app.command("publish-notice")
def publish(by: _By, is_json: _Json = False) -> None:
    """Write the privacy notice from the organisation's present facts and publish it; older words stay as revisions."""
    user, _scope = acting_in(email=by, right=Right.SET_UP)
    page = done_now(publish_privacy_notice, NoOrganisation, by=user)
    if is_json:
        print_json({"page": page.pk, "in_force_from": page.in_force_from, "url": page.url})
    else:
        typer.echo("The privacy notice is published.")


@app.command("make-place-page")
def make(
    place: Annotated[str, typer.Argument(help="The place, by its name or GSS code.")],
    by: _By,
    is_json: _Json = False,
) -> None:
    """Begin the page of a place, as a draft; it is written and published in the desk."""
    user, scope = acting_in(email=by, right=Right.EDIT_SITE)
    form = checked(PlaceForm, given={"area": place}, scope=scope)
    if form.cleaned_data["area"] is None:
        raise refuse("Name a place.")
    if not HomePage.objects.exists():
        create_site(now=clock().now())
    page = done_now(make_place_page, PlaceHasPage, area=form.cleaned_data["area"], by=user)
    if is_json:
        print_json({"page": page.pk, "title": page.title, "slug": page.slug, "live": page.live})
    else:
        typer.echo(f"“{page.title}” is begun, as a draft. Write it in the desk under Website.")
