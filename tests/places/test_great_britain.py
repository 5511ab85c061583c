"""A coarse outline of Great Britain holds every corner of it and keeps its neighbours out."""

import pytest

from hustings.places.rules.great_britain import elsewhere_by_postcode, outside_great_britain


@pytest.mark.parametrize(
    ("where", "lat", "lon"),
    [
        ("Trafalgar Square", 51.508, -0.128),
        ("St Agnes, Scilly", 49.892, -6.345),
        ("Land's End", 50.066, -5.715),
        ("St Davids", 51.882, -5.269),
        ("Mull of Kintyre", 55.296, -5.795),
        ("Portpatrick", 54.842, -5.115),
        ("Port Ellen, Islay", 55.629, -6.190),
        ("Hirta, St Kilda", 57.813, -8.573),
        ("Haroldswick, Unst", 60.789, -0.830),
        ("Lowestoft", 52.481, 1.753),
        ("Dover", 51.129, 1.311),
        ("Dungeness", 50.915, 0.968),
        ("Ventnor", 50.595, -1.206),
        ("Start Point", 50.222, -3.640),
        ("Whithorn", 54.698, -4.367),
        ("the fictional borough", 53.166, 1.874),
    ],
)
def test_corners_of_great_britain_are_inside(where: str, lat: float, lon: float) -> None:
    assert outside_great_britain(lat=lat, lon=lon) == "", where


@pytest.mark.parametrize(
    ("where", "lat", "lon", "said"),
    [
        ("Belfast", 54.597, -5.930, "in Ireland"),
        ("Larne", 54.852, -5.811, "in Ireland"),
        ("Rathlin", 55.292, -6.197, "in Ireland"),
        ("Derry", 54.997, -7.321, "in Ireland"),
        ("Dublin", 53.349, -6.260, "in Ireland"),
        ("Douglas", 54.150, -4.482, "on the Isle of Man"),
        ("Calais", 50.951, 1.858, "in the Channel or in France"),
        ("Dunkirk", 51.036, 2.377, "far outside Great Britain"),
        ("Boulogne", 50.726, 1.613, "in the Channel or in France"),
        ("St Peter Port", 49.455, -2.537, "far outside Great Britain"),
        ("Null Island", 0.0, 0.0, "far outside Great Britain"),
    ],
)
def test_neighbours_are_outside(where: str, lat: float, lon: float, said: str) -> None:
    assert outside_great_britain(lat=lat, lon=lon) == said, where


def test_postcode_areas_of_other_lands() -> None:
    assert elsewhere_by_postcode(area="BT") == "Northern Ireland"
    assert elsewhere_by_postcode(area="M") == ""
