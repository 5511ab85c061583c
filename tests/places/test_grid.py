"""Grid references become degrees."""

import gzip
import json

import numpy as np
import pytest

from hustings.places.rules.grid import degrees_of
from tests.data_folder import data_path


@pytest.mark.data
def test_grid_references_fall_on_the_published_degrees_of_every_council() -> None:
    """The statistical agency publishes both for the 368 districts of Great Britain."""
    with gzip.open(data_path("geography/lad2020_boundaries_500m.geojson.gz")) as file:
        rows = [feature["properties"] for feature in json.load(file)["features"]]
    rows = [row for row in rows if not row["LAD20CD"].startswith("N")]
    lat, lon = degrees_of(
        eastings=np.array([row["BNG_E"] for row in rows], dtype=float),
        northings=np.array([row["BNG_N"] for row in rows], dtype=float),
    )
    north = (lat - [row["LAT"] for row in rows]) * 111_200
    east = (lon - [row["LONG"] for row in rows]) * 111_200 * np.cos(np.radians(lat))
    assert len(rows) == 368
    assert np.hypot(north, east).max() < 6


def test_the_worked_example_of_the_ordnance_survey() -> None:
    """Annex C of the guide: the point near Caister, 52°39′27″N 1°43′05″E on the old datum, moved to WGS 84."""
    lat, lon = degrees_of(eastings=np.array([651409.903]), northings=np.array([313177.270]))
    assert lat[0] == pytest.approx(52.65798, abs=5e-5)
    assert lon[0] == pytest.approx(1.71605, abs=5e-5)


def test_no_reference_gives_no_degrees() -> None:
    lat, lon = degrees_of(eastings=np.array([np.nan]), northings=np.array([np.nan]))
    assert np.isnan(lat).all()
    assert np.isnan(lon).all()
