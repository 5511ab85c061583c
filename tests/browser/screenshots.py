"""Pictures of pages for the README and docs, taken by the browser tests.

`keep(page, name)` looks at a page, makes the picture small (256 colours) and writes it where `HUSTINGS_SCREENSHOTS` says:
with 1 those that the README shows (`SHOWN`) go to `docs/screenshots/`; with a folder, all go there. Without it the picture is
taken, so that the test fails where it cannot be, and thrown away. `HUSTINGS_SCREENSHOTS=1 pytest -m browser` renews them.
"""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
TALLEST = 1400

#: The pictures in the README.
SHOWN = frozenset(
    {
        "desk-home-1280",
        "set-up-1280",
        "petition-page-390",
        "own-page-390",
        "review-1280",
        "audience-1280",
        "mailing-1280",
        "record-390",
        "phone-bank-call-390",
        "phone-bank-running-1280",
        "rounds-phone-street",
    }
)


def keep(page: Page, name: str, *, is_whole: bool = True) -> Path | None:
    """Take the picture, the whole page or what the window shows; returns where it was written, or none."""
    taken = Image.open(io.BytesIO(page.screenshot(full_page=is_whole)))
    shown = taken.crop((0, 0, taken.width, min(taken.height, TALLEST))).convert("RGB")
    assert len(shown.getcolors(maxcolors=shown.width * shown.height) or []) > 2, f"{name} is blank"
    wanted = os.environ.get("HUSTINGS_SCREENSHOTS", "")
    if not wanted or (wanted == "1" and name not in SHOWN):
        return None
    folder = FOLDER if wanted == "1" else Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    shown.quantize(colors=256, dither=Image.Dither.NONE).save(path, optimize=True)
    return path
