"""A home of its own for every test, and archive files of a fictional borough."""

import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.platform.importing.importer import Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun

REPORT_2019 = "Page ID,Page Name,Disclaimer,Amount Spent (GBP),Number of Ads in Library"
REPORT_2023 = "\ufeffPage ID,Page name,Disclaimer,Amount spent (GBP),Number of ads in Library"
NONE = "These ads ran without a disclaimer"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> Path:
    """Nothing of one test is found by another."""
    home = tmp_path / "home"
    home.mkdir()
    settings.HUSTINGS_HOME = home
    return home


@pytest.fixture
def bring_in(db: None, now: datetime) -> Callable[..., ImportRun]:
    """Import a file, with further choices by name."""

    def act(path: Path, *, at: datetime | None = None, slug: str = "", **values: str) -> ImportRun:
        return run_import(
            path=path,
            now=at or now,
            slug=slug,
            options=Options(values={name.rstrip("_"): v for name, v in values.items()}),
        )

    return act


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str, Sequence[str]], Path]:
    """Write lines below a heading into a file."""

    def act(name: str, heading: str, lines: Sequence[str]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
        return path

    return act


def api_ad(number: int, **further: Any) -> dict[str, Any]:
    """An ad as the Meta API answers it."""
    return {
        "id": str(9000 + number),
        "page_id": "77",
        "page_name": "Barset Lanterns",
        "bylines": "The Lantern Party",
        "ad_creation_time": "2026-03-01",
        "ad_delivery_start_time": "2026-03-02",
        "ad_delivery_stop_time": "2026-03-09",
        "ad_creative_bodies": ["Light the library"],
        "ad_snapshot_url": f"https://archive.example/ad?id={9000 + number}&access_token=SECRET",
        "spend": {"lower_bound": "100", "upper_bound": "199"},
        "impressions": {"lower_bound": "1000", "upper_bound": "1999"},
        "currency": "GBP",
        "demographic_distribution": [
            {"percentage": "0.25", "age": "18-24", "gender": "female"},
            {"percentage": "0.75", "age": "65+", "gender": "male"},
        ],
        "delivery_by_region": [{"percentage": "1", "region": "England"}],
        **further,
    }


def write_pages(path: Path, *pages: Sequence[dict[str, Any]]) -> Path:
    """Pages of the API: one as a JSON file, several as a zip."""
    texts = [json.dumps({"data": list(page), "paging": {}}) for page in pages]
    if path.suffix != ".zip":
        path.write_text(texts[0], encoding="utf-8")
        return path
    with zipfile.ZipFile(path, "w") as bundle:
        for number, text in enumerate(texts):
            bundle.writestr(f"page-{number:05d}.json", text)
    return path
