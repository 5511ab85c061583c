"""Make a leaflet or a picture for social media out of a material's words; the imprint is part of it by construction."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst
from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.access import require_for
from hustings.clearance.models import Material, Medium, Promoter
from hustings.clearance.queries.describing import imprint_of, promoters_of
from hustings.clearance.rules.reading import artefact_of_pdf
from hustings.clearance.rules.typesetting import blocks_of, plain_words
from hustings.clearance.usecases.write_material import write_material

Shape = Literal["leaflet", "card"]
Kind = Literal["pdf", "png", "svg"]

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "clearance"
COLOUR = "#0b5c4a"
_SIZES = (14, 13, 12, 11, 10, 9.5, 9, 8.5)  # points, the largest that fits on one sheet
_LONGEST_CARD = 360  # letters


class NothingToSet(Refusal):
    """There are no words, nobody to name, no printer, or the words do not fit."""


@transaction.atomic
def make_printed(
    *,
    material: Material,
    shape: Shape,
    printer: Promoter | None = None,
    heading: str = "",
    words: str = "",
    colour: str = COLOUR,
    by: User,
    now: datetime,
) -> Material:
    """Make a new material with the file, checked at once: a PDF of one A5 sheet, or a PNG of 1080 by 1080.

    `heading` stands large at the top; a card shows `words` below it in place of the material's own. Whoever the material names
    is named, a leaflet's printer besides. Raises `NothingToSet`, and `NotAllowed` outside the user's places.
    """
    require_for(user=by, right=Right.EDIT_MATERIALS, material=material, now=now)
    if not promoters_of(material=material):
        raise NothingToSet("promoter", gettext_noop("Choose the promoter of the material first."))
    made = _copied(material, shape, printer)
    imprint = imprint_of(material=_named(material, made))
    heading = heading.strip() or material.title
    if shape == "leaflet":
        if printer is None:
            raise NothingToSet(
                "printer", gettext_noop("Choose who prints it; if you print it yourselves, that is you.")
            )
        made.upload = leaflet_pdf(
            title=material.title,
            heading=heading,
            text=material.body,
            imprint=imprint,
            language=material.language,
            colour=colour,
        )
        made.upload_type, made.upload_name = "application/pdf", "leaflet.pdf"
    else:
        below = words.strip() or _first_paragraph(material.body)
        made.upload = card_png(
            title=material.title,
            heading=heading,
            words=below,
            imprint=imprint,
            language=material.language,
            colour=colour,
        )
        made.upload_type, made.upload_name = "image/png", "card.png"
        # What was drawn, word for word; so the checklist reads the picture without a machine that reads pictures.
        made.transcript = f"{heading}\n{below}\n{imprint}"
    write_material(
        material=made,
        joint_promoters=material.joint_promoters.all(),
        further_principals=material.further_principals.all(),
        by=by,
        now=now,
    )
    return made


def _first_paragraph(text: str) -> str:
    """The first paragraph that says something: a salutation is passed over."""
    lines = [line for line in plain_words(blocks_of(text)).split("\n") if line.strip()]
    return next((line for line in lines if len(line.split()) > 4), lines[0] if lines else "")


def _copied(material: Material, shape: Shape, printer: Promoter | None) -> Material:
    is_leaflet = shape == "leaflet"
    return Material(
        title=f"{material.title} ({'leaflet' if is_leaflet else 'card'})"[:160],
        medium=Medium.PRINT if is_leaflet else Medium.IMAGE,
        purpose=material.purpose,
        adds_imprint=False,
        promoter=material.promoter,
        on_behalf_of=material.on_behalf_of,
        printer=printer if is_leaflet else None,
        nation=material.nation,
        language=material.language,
        publisher=material.publisher,
        about=material.about,
        election=material.election,
        area=material.area,
        targeting=material.targeting,
        is_paid=material.is_paid,
        use_from=material.use_from,
        use_until=material.use_until,
    )


def _named(material: Material, made: Material) -> Material:
    """The material as the made one will be named: its own people, with the medium and printer of what is made."""
    shown = Material.objects.get(pk=material.pk)
    shown.medium, shown.printer = made.medium, made.printer
    return shown


def leaflet_pdf(
    *, title: str, heading: str, text: str, imprint: str, language: str, colour: str = COLOUR
) -> bytes:
    """Set a leaflet of one A5 sheet, in the largest letters with which it fits. Raises `NothingToSet`."""
    blocks = blocks_of(text)
    if not blocks:
        raise NothingToSet("words", gettext_noop("Write the words first: there is nothing to set."))
    for size in _SIZES:
        made = _set(
            "leaflet.typ",
            "pdf",
            title=title,
            heading=heading,
            blocks=blocks,
            imprint=imprint,
            language=_language(language),
            colour=colour,
            size=size,
        )
        if len(artefact_of_pdf(made).pages) == 1:
            return made
    raise NothingToSet(
        "long", gettext_noop("The words do not fit on one A5 sheet. Shorten them, or have it laid out.")
    )


def card_png(
    *,
    title: str,
    heading: str,
    words: str,
    imprint: str,
    language: str,
    colour: str = COLOUR,
    kind: Kind = "png",
) -> bytes:
    """Draw a card of 1080 by 1080 with the imprint burnt in, as PNG or SVG. Raises `NothingToSet`."""
    if len(heading) + len(words) > _LONGEST_CARD:
        raise NothingToSet(
            "long", gettext_noop("A card holds about 60 words. Shorten the heading or the words.")
        )
    size = 104 if len(heading) <= 40 else 80 if len(heading) <= 90 else 60
    return _set(
        "card.typ",
        kind,
        title=title,
        heading=heading,
        words=words,
        imprint=imprint.replace("\n", " · "),
        language=_language(language),
        colour=colour,
        size=size,
        small=48 if len(words) <= 160 else 38,
    )


def _language(code: str) -> str:
    return code.split("-", maxsplit=1)[0]


def _set(template: str, kind: Kind, **given: Any) -> bytes:
    made = typst.compile(
        (_TEMPLATES / template).read_bytes(),
        format=kind,
        ppi=72 if kind == "png" else None,
        sys_inputs={"given": json.dumps(given)},
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise NothingToSet("long", gettext_noop("The words do not fit. Shorten them."))
    return made
