"""Leaflets and cards carry their imprint by construction, in every language, however long the words."""

import io
from datetime import datetime
from typing import Any

import pytest
from PIL import Image

from hustings.clearance.models import Material, MaterialState, Medium
from hustings.clearance.rules.reading import artefact_of_pdf
from hustings.clearance.rules.typesetting import blocks_of, plain_words
from hustings.clearance.usecases import approve_material
from hustings.clearance.usecases.make_printed import NothingToSet, card_png, leaflet_pdf, make_printed
from tests.cast import Cast
from tests.clearance.materials import IMPRINT, make_material, make_promoter

pytestmark = pytest.mark.django_db
WORDS = (
    "# Why\n\nIt is *ours*, and **green**.\n\n- One\n- Two #let x = 1\n\n1. First\n2. Second $a$ \\u{41}\n\n"
    "`code` <b>bold</b>"
)


@pytest.fixture
def material(cast: Cast) -> Material:
    return make_material(promoter=make_promoter(), area=cast.east.code, body=WORDS)


def test_a_leaflet_passes_the_checklist_and_can_be_approved(
    cast: Cast, material: Material, now: datetime
) -> None:
    printer = make_promoter(
        name="Penny Press Ltd", address="Dock Road, Barset", postcode="ZZ3 4AD", is_printer=True
    )
    leaflet = make_printed(material=material, shape="leaflet", printer=printer, by=cast.alice, now=now)
    leaflet.refresh_from_db()
    assert leaflet.state == MaterialState.CHECKED
    text = " ".join(artefact_of_pdf(bytes(leaflet.upload or b"")).text.split())
    assert f"Printed by Penny Press Ltd, Dock Road, Barset, ZZ3 4AD. {IMPRINT}" in text
    for words in ("Two #let x = 1", "Second $a$", "<b>bold</b>", "code"):
        assert words in text, "words are words, never commands to the typesetter"
    copy = approve_material(material=leaflet, by=cast.alice, now=now)
    assert copy.media_type == "application/pdf"


def test_a_card_passes_the_checklist(cast: Cast, material: Material, now: datetime) -> None:
    card = make_printed(material=material, shape="card", words="Come on Thursday.", by=cast.alice, now=now)
    card.refresh_from_db()
    assert (card.state, card.medium) == (MaterialState.CHECKED, Medium.IMAGE)
    picture = Image.open(io.BytesIO(bytes(card.upload or b"")))
    assert picture.size == (1080, 1080)
    # The strip of the imprint: black letters on white, at the foot of the picture.
    foot = picture.convert("L").crop((0, 1000, 1080, 1080))
    dark, light = foot.getextrema()  # type: ignore[misc]
    assert (dark < 40, light == 255) == (True, True)


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_in_both_languages(cast: Cast, language: str, now: datetime) -> None:
    promoter = make_promoter()
    material = make_material(promoter=promoter, area=cast.east.code, language=language, nation="wales")
    leaflet = make_printed(material=material, shape="leaflet", printer=promoter, by=cast.alice, now=now)
    text = " ".join(artefact_of_pdf(bytes(leaflet.upload or b"")).text.split())
    assert ("Hyrwyddwyd gan" if language == "cy" else "Promoted by") in text


def test_what_is_refused(cast: Cast, material: Material, now: datetime) -> None:
    with pytest.raises(NothingToSet, match="who prints it"):
        make_printed(material=material, shape="leaflet", by=cast.alice, now=now)
    material.promoter = None
    with pytest.raises(NothingToSet, match="Choose the promoter"):
        make_printed(material=material, shape="card", by=cast.alice, now=now)
    fixed: dict[str, Any] = {"title": "t", "heading": "h", "imprint": IMPRINT, "language": "en-gb"}
    with pytest.raises(NothingToSet, match="Write the words"):
        leaflet_pdf(text="  ", **fixed)
    with pytest.raises(NothingToSet, match="do not fit on one A5 sheet"):
        leaflet_pdf(text="word " * 3000, **fixed)
    with pytest.raises(NothingToSet, match="about 60 words"):
        card_png(words="word " * 100, **fixed)


def test_longer_words_are_set_smaller(cast: Cast) -> None:
    fixed: dict[str, Any] = {"title": "t", "heading": "h", "imprint": IMPRINT, "language": "en-gb"}
    made = leaflet_pdf(text="word " * 450, **fixed)
    assert len(artefact_of_pdf(made).pages) == 1
    assert made == leaflet_pdf(text="word " * 450, **fixed), "the same words give the same bytes"


def test_blocks() -> None:
    kinds = [(block["kind"], block["level"]) for block in blocks_of(WORDS)]
    assert kinds == [
        ("heading", 1), ("paragraph", 0), ("item", 1), ("item", 1), ("item", 1), ("item", 1), ("paragraph", 0),
    ]  # fmt: skip
    assert "It is ours, and green." in plain_words(blocks_of(WORDS))
    spans = blocks_of(WORDS)[1]["spans"]
    assert [one["text"] for one in spans if one["strong"]] == ["green"]


def test_the_card_s_imprint_is_as_high_as_our_standard_asks() -> None:
    """32 of 1080 are 9.5 px at 320 px width."""
    assert 32 * 320 / 1080 >= 9
