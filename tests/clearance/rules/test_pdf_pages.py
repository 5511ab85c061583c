"""Words on a PDF's page that people see, and words that they do not."""

import io

import pytest
import typst
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, FloatObject, NameObject

from hustings.clearance.rules.reading import artefact_of_pdf

_HALF = DictionaryObject({NameObject("/ca"): FloatObject(0.5)})
_CLEAR = DictionaryObject({NameObject("/ca"): FloatObject(0)})
_MIXED = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})


def pdf(drawing: str) -> bytes:
    """A page of 300 by 400 points with these instructions."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=400)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 350 Td (open words) Tj ET\n{drawing}".encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject({NameObject("/F1"): font}),
            NameObject("/ExtGState"): DictionaryObject(
                {
                    NameObject("/Half"): _HALF,
                    NameObject("/Clear"): _CLEAR,
                    NameObject("/Mixed"): _MIXED,
                }
            ),
        }
    )
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


SECRET = "/F1 12 Tf 20 100 Td (secret) Tj ET"
WHITE_BOX, BLACK_BOX = "1 g 10 90 200 30 re f", "0 g 10 90 200 30 re f"


@pytest.mark.parametrize(
    "drawing",
    [
        f"BT 3 Tr {SECRET}",
        f"BT 7 Tr {SECRET}",
        f"1 g BT {SECRET}",
        f"1 1 1 rg BT {SECRET}",
        f"0 0 0 0 k BT {SECRET}",
        f"/DeviceRGB cs 0.99 0.99 0.99 sc BT {SECRET}",
        f"1 G BT 1 Tr {SECRET}",
        f"1 g 1 G BT 2 Tr {SECRET}",
        f"{BLACK_BOX} BT {SECRET}",
        f"q {BLACK_BOX} Q 0.05 g BT {SECRET}",
        f"BT {SECRET} {WHITE_BOX}",
        f"q /Clear gs BT {SECRET} Q",
        "BT /F1 0.5 Tf 20 100 Td (secret) Tj ET",
        "BT /F1 12 Tf 0.01 0 0 0.01 20 100 Tm (secret) Tj ET",
        "q 0.01 0 0 0.01 0 0 cm BT /F1 12 Tf 2000 9000 Td (secret) Tj ET Q",
        "BT /F1 12 Tf 20 -50 Td (secret) Tj ET",
        "BT /F1 12 Tf 400 100 Td (secret) Tj ET",
        "BT /F1 12 Tf 14 TL 1 g 20 100 Td (secret) ' ET",
        f"q 1 g BT {SECRET} Q",
        f"0 g 1 0 0 1 0 0 cm 10 90 m 210 90 l 210 120 l 10 120 l h f BT {SECRET}",
    ],
)
def test_what_nobody_sees(drawing: str) -> None:
    artefact = artefact_of_pdf(pdf(drawing + "\n0 g BT 0 Tr /F1 12 Tf 20 50 Td (after) Tj ET"))
    assert "secret" not in artefact.text
    assert "secret" in artefact.hidden_text
    assert "open words" in artefact.text
    assert "after" in artefact.text
    assert "open words" not in artefact.hidden_text


@pytest.mark.parametrize(
    "drawing",
    [
        f"BT {SECRET}",
        f"{BLACK_BOX} 1 g BT {SECRET}",
        f"q {BLACK_BOX} Q 1 1 1 rg BT {SECRET}",
        f"1 g 0 G BT 2 Tr {SECRET}",
        f"1 g 0 G BT 1 Tr {SECRET}",
        f"/Half gs BT {SECRET}",
        f"BT {SECRET} 1 g 10 200 200 30 re f",
        f"BT {SECRET} q /Half gs {WHITE_BOX} Q",
        f"BT {SECRET} q /Mixed gs 1 1 0 rg 10 90 200 30 re f Q",
        f"q 1 g Q BT {SECRET}",
        f"1 g 0 g BT {SECRET}",
        f"0.6 g BT {SECRET}",
        f"/Pattern cs /P1 scn BT {SECRET}",
        f"0 g 10 90 m 210 80 l 210 130 l h f 1 g BT {SECRET}",
        "q 0.5 0 0 0.5 0 0 cm BT /F1 12 Tf 40 200 Td (secret) Tj ET Q",
    ],
)
def test_what_people_see(drawing: str) -> None:
    artefact = artefact_of_pdf(pdf(drawing))
    assert "secret" in artefact.text
    assert artefact.hidden_text == ""


def test_a_page_set_by_typst_is_read_whole_and_its_white_words_apart() -> None:
    page = """#set page(width: 10cm, height: 10cm)
Keep the footbridge
#text(fill: white)[Promoted by nobody]
#block(fill: rgb("#123456"), inset: 4pt)[#text(fill: white)[On a dark band]]
#rotate(90deg)[turned]"""
    artefact = artefact_of_pdf(typst.compile(page.encode()))
    for words in ("Keep the footbridge", "On a dark band", "turned"):
        assert words in artefact.text
    assert artefact.hidden_text.strip() == "Promoted by nobody"


def test_an_empty_page_has_no_words() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    written = io.BytesIO()
    writer.write(written)
    assert artefact_of_pdf(written.getvalue()).text == ""
