"""Outlines: checked, boxed, and asked whether a point lies inside."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.places.rules.outlines import BadOutline, Box, box_of, contains
from tests.data_folder import data_path

SQUARE = {"type": "Polygon", "coordinates": [[[0, 50], [2, 50], [2, 52], [0, 52], [0, 50]]]}
RING = {
    "type": "Polygon",
    "coordinates": [
        SQUARE["coordinates"][0],
        [[0.5, 50.5], [1.5, 50.5], [1.5, 51.5], [0.5, 51.5], [0.5, 50.5]],
    ],
}


def test_the_box_of_an_outline() -> None:
    assert box_of(SQUARE) == Box(0, 50, 2, 52)
    two = {
        "type": "MultiPolygon",
        "coordinates": [SQUARE["coordinates"], [[[3, 53], [4, 53], [4, 54], [3, 53]]]],
    }
    assert box_of(two) == Box(0, 50, 4, 54)


def test_inside_outside_and_in_the_hole() -> None:
    assert contains(SQUARE, lat=51, lon=1)
    assert not contains(SQUARE, lat=53, lon=1)
    assert not contains(RING, lat=51, lon=1)
    assert contains(RING, lat=50.2, lon=1)


@given(st.floats(-1, 3), st.floats(49, 53))
def test_a_square_is_its_own_box(lon: float, lat: float) -> None:
    is_inside = 0 < lon < 2 and 50 < lat < 52
    is_on_edge = lon in {0, 2} or lat in {50, 52}
    assert contains(SQUARE, lat=lat, lon=lon) == is_inside or is_on_edge


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        (None, "missing geometry"),
        ({"type": "Point", "coordinates": [0, 50]}, "a Point"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[[0, 50], [1, 50], [1, 51], [0, 51]]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[[0, 50], [1, 50], [0, 50]]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[["a", 50], [1, 50], [1, 51], ["a", 50]]]}, "pair of numbers"),
        ({"type": "Polygon", "coordinates": [[[0, 500], [1, 500], [1, 501], [0, 500]]]}, "not in degrees"),
    ],
)
def test_what_is_no_outline_in_degrees_is_refused(geometry: object, told: str) -> None:
    with pytest.raises(BadOutline, match=told):
        box_of(geometry)


@pytest.mark.data
def test_the_town_hall_lies_in_its_ward() -> None:
    with gzip.open(data_path("geography/ward_boundaries/E08000009_Trafford.geojson.gz")) as file:
        wards = json.load(file)["features"]
    inside = [
        w["properties"]["WD25NM"] for w in wards if contains(w["geometry"], lat=53.39061, lon=-2.346731)
    ]
    assert inside == ["Altrincham"]
