"""What other apps ask of places."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.places.importers.postcode_directory import PostcodeDirectory
from hustings.places.models import Area
from hustings.places.queries import (
    centre_points,
    explain,
    locate,
    locate_many,
    nearest_areas,
)
from hustings.platform.importing.run_import import run_import

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[1] / "data" / "places"


@pytest.fixture(autouse=True)
def barset(tmp_path: Path, settings: Any, now: datetime) -> None:
    settings.HUSTINGS_HOME = tmp_path
    run_import(path=DATA / "onspd_new_headings.csv", now=now, importers=[PostcodeDirectory()])


def test_an_import_is_seen_at_the_next_question(now: datetime, tmp_path: Path) -> None:
    assert locate(postcode="ZZ1 1AF").status == "unknown"
    text = (DATA / "onspd_new_headings.csv").read_text().replace("ZZ1 1AE", "ZZ1 1AF")
    (tmp_path / "next.csv").write_text(text)
    run_import(path=tmp_path / "next.csv", now=now, importers=[PostcodeDirectory()])
    assert locate(postcode="ZZ1 1AF").status == "live"
    assert locate_many(postcodes=["ZZ1 1AF", "ZZ1 1AE"]).status_names() == ["live", "live"]


@pytest.mark.parametrize(
    ("postcode", "told"),
    [
        ("ZZ1 1AA", ""),
        ("ZZ1 1AB", "no longer in use"),
        ("ZZ1 1AX", "No such postcode is known"),
        ("AB1 1AA", "none of the area AB"),
        ("BT1 1AA", "Great Britain alone"),
        ("ZZ1", "only part of a postcode"),
    ],
)
def test_every_answer_that_needs_one_has_a_sentence(postcode: str, told: str) -> None:
    sentence = explain(located=locate(postcode=postcode))
    assert told in sentence
    assert bool(sentence) == bool(told)


def test_the_nearest_areas_by_centre_point_or_the_middle_of_the_postcodes() -> None:
    for code, lat, lon in (("E14999001", None, None), ("E14999002", 52.0, -1.0), ("E14000530", 51.5, -0.12)):
        Area.objects.create(
            code=code,
            kind="constituency",
            name=code,
            lat=lat,
            lon=lon,
            valid_until=date(2024, 7, 4) if code == "E14000530" else None,
        )
    assert centre_points(codes=["E14999001", "E14999002", "x"]) == {
        "E14999001": pytest.approx((51.500001, -0.120001)),
        "E14999002": (52.0, -1.0),
    }
    found = nearest_areas(lat=51.5, lon=-0.12, kind="constituency", on=date(2026, 3, 30), limit=5)
    assert [near.code for near in found] == ["E14999001", "E14999002"]
    assert found[0].distance_km < 0.01
    assert found[1].distance_km == pytest.approx(82, abs=2)
