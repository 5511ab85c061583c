"""Pictures read by the real Tesseract: our own card's imprint, and a leaflet that somebody photographed."""

import io
from datetime import datetime

import pytest
import typst
from PIL import Image

from hustings.basics.clock import uk_date
from hustings.clearance.models import Material
from hustings.clearance.queries import facts_of
from hustings.clearance.queries.picture_words import can_read_pictures, words_in_picture
from hustings.clearance.usecases.check_file import check_file
from hustings.clearance.usecases.make_printed import make_printed
from hustings.openness.rules.matching import fingerprint, likeness
from tests.cast import Cast
from tests.clearance.materials import IMPRINT, make_material, make_promoter

pytestmark = pytest.mark.skipif(
    not can_read_pictures(), reason="Tesseract is not installed (Debian: tesseract-ocr)"
)

WORDS = (
    "The council decides about the footbridge over Canal and Lock on the third of next month. Come to the public gallery, or "
    "write to your councillor and say that you live here. Two minutes are enough, and two neighbours more are better."
)


def picture(words: str, *, size: int = 12, ink: str = "#000000") -> Image.Image:
    page = f'#set page(width: 11cm, height: auto)\n#set text(size: {size}pt, fill: rgb("{ink}"))\n{words}'
    return Image.open(io.BytesIO(typst.compile(page.encode(), format="png", ppi=200))).convert("RGB")


def as_jpeg(image: Image.Image, quality: int = 80) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


@pytest.mark.django_db
def test_the_imprint_of_our_own_card_is_read_back_and_passes(cast: Cast, now: datetime) -> None:
    material: Material = make_material(promoter=make_promoter(), area=cast.east.code, body="Save the park.")
    card = make_printed(material=material, shape="card", words="Come on Thursday.", by=cast.alice, now=now)
    content = bytes(card.upload or b"")
    assert IMPRINT in " ".join((words_in_picture(content=content) or "").split())
    found = check_file(content=content, name="card.png", facts=facts_of(material=card), on=uk_date(now))
    assert {one.code for one in found.findings if one.id == "I7"} == {"ok"}
    assert found.has_passed


@pytest.mark.django_db
def test_a_picture_without_an_imprint_does_not_pass(cast: Cast, now: datetime) -> None:
    material: Material = make_material(promoter=make_promoter(), area=cast.east.code, body="Save the park.")
    card = make_printed(material=material, shape="card", words="Come on Thursday.", by=cast.alice, now=now)
    content = as_jpeg(picture("Come on Thursday at seven"))
    found = check_file(content=content, name="photo.jpg", facts=facts_of(material=card), on=uk_date(now))
    assert not found.has_passed
    assert "not-in-material" in {one.code for one in found.findings}


def test_a_photographed_leaflet_is_recognised() -> None:
    photo = picture(WORDS, ink="#303030").rotate(
        0.8, fillcolor="#f4f0e6", expand=True, resample=Image.Resampling.BICUBIC
    )
    photo = photo.resize((photo.width * 3 // 4, photo.height * 3 // 4))
    read = words_in_picture(content=as_jpeg(photo, quality=45)) or ""
    assert likeness(text=fingerprint(read), material=fingerprint(WORDS)).verdict in {"whole", "blurred"}


def test_a_picture_of_nothing_gives_no_words() -> None:
    assert (words_in_picture(content=as_jpeg(Image.new("RGB", (400, 300), "#88aa88"))) or "").strip() == ""
