"""`hustings materials leaflet`, `card`, `link-imprint`, `unlink-imprint`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from django import forms

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.clearance.access import material_for
from hustings.clearance.models import Material
from hustings.clearance.pages.making import CardForm, LeafletForm, LinkForm
from hustings.clearance.usecases.link_imprint import link_imprint, look_at_link, unlink_imprint
from hustings.clearance.usecases.make_printed import Shape, make_printed
from hustings.platform.commands import checked, print_json, read_text, refuse

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
_Which = Annotated[int, typer.Argument(help="The material's number, from `hustings materials list`.")]
_Out = Annotated[Path | None, typer.Option(help="Write the file that was made here, to look at it.")]
_Heading = Annotated[str | None, typer.Option(help="What stands large; left out: the title.")]
_Colour = Annotated[str | None, typer.Option(help="The colour, as #0b5c4a.")]


def material_of(*, pk: int, scope: Scope) -> Material:
    """A material in scope; exit code 1 where there is none."""
    missing = (
        f"There is no material {pk} in the places this login looks after. See `hustings materials list`."
    )
    return fetched(material_for, missing, scope=scope, pk=pk)


def leaflet(
    material: _Which,
    by: _By,
    printer: Annotated[
        int | None, typer.Option(help="Who prints it, by number: `hustings promoters list`.")
    ] = None,
    heading: _Heading = None,
    colour: _Colour = None,
    out: _Out = None,
    is_json: _Json = False,
) -> None:
    """Make a leaflet, one A5 sheet as PDF, from a material's words; the imprint is part of the page."""
    given = {"printer": printer, "heading": heading, "colour": colour}
    _make(material, by, "leaflet", LeafletForm, given, out, is_json)


def card(
    material: _Which,
    by: _By,
    heading: _Heading = None,
    words: Annotated[
        str | None, typer.Option(help="Words below it; left out: the first paragraph of the material.")
    ] = None,
    colour: _Colour = None,
    out: _Out = None,
    is_json: _Json = False,
) -> None:
    """Make a picture for social media, 1080 by 1080 as PNG, with the imprint burnt in."""
    given = {"heading": heading, "words": words, "colour": colour}
    _make(material, by, "card", CardForm, given, out, is_json)


def link(
    material: _Which,
    platform: Annotated[
        str, typer.Option(help="Where it is shown: short-post, story-without-text, search-advert.")
    ],
    url: Annotated[str, typer.Option(help="The page that holds the imprint, open to everyone.")],
    reason: Annotated[
        Path,
        typer.Argument(help="A file that says why it cannot be in the material; “-” reads standard input."),
    ],
    by: _By,
    clicks: Annotated[int | None, typer.Option(help="Clicks to reach it.")] = None,
    is_json: _Json = False,
) -> None:
    """Let the imprint stand behind a link, and look at the page; exit code 1 where the imprint is not seen there.

    Only where the place has a technical limit that leaves no room; elsewhere a link is an offence.
    """
    user, scope = acting_in(email=by, right=Right.EDIT_MATERIALS)
    held = material_of(pk=material, scope=scope)
    given = {"platform": platform, "url": url, "reason": read_text(file=reason), "clicks": clicks}
    form = checked(LinkForm, given=given)
    linked = done_now(link_imprint, material=held, **form.cleaned_data, by=user)
    look = done_now(look_at_link, link=linked)
    if is_json:
        print_json({"id": material, "url": linked.url, "status": look.status, "trouble": look.trouble})
    if look.trouble:
        raise refuse(f"The link is kept, and the page was looked at. {look.trouble}")
    if not is_json:
        typer.echo("The page answers to everyone and holds the imprint. It is watched from now on.")


def unlink(material: _Which, by: _By, is_json: _Json = False) -> None:
    """Write the imprint under the words again."""
    user, scope = acting_in(email=by, right=Right.EDIT_MATERIALS)
    held = material_of(pk=material, scope=scope)
    done_now(unlink_imprint, material=held, by=user)
    if is_json:
        print_json({"id": material, "adds_imprint": True})
    else:
        typer.echo("The imprint is written under the words again.")


def _make(
    pk: int,
    by: str,
    shape: Shape,
    form_class: type[LeafletForm] | type[CardForm],
    given: dict[str, Any],
    out: Path | None,
    is_json: bool,
) -> None:
    user, scope = acting_in(email=by, right=Right.EDIT_MATERIALS)
    held = material_of(pk=pk, scope=scope)
    form: forms.Form = checked(form_class, given=given, scope=scope, material=held)
    made = done_now(make_printed, material=held, shape=shape, **form.cleaned_data, by=user)
    if out is not None:
        out.write_bytes(bytes(made.upload or b""))
    if is_json:
        print_json(
            {"id": made.pk, "title": made.title, "state": made.state, "file": str(out) if out else None}
        )
    else:
        typer.echo(f"Made as material {made.pk}, with its imprint in it. Look at the file, then approve it.")
