"""Distances over the ground."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.places.rules.distance import distances_km, nearest

lats = st.floats(49.0, 61.0)
lons = st.floats(-8.0, 2.0)


def test_a_degree_of_latitude_is_sixty_nautical_miles() -> None:
    assert distances_km(lat=52.0, lon=-1.0, points=np.array([[53.0, -1.0]]))[0] == pytest.approx(
        111.2, abs=0.1
    )


def test_the_nearest_come_first_and_equals_by_code() -> None:
    points = {"C": (52.0, -1.0), "B": (52.0, -1.0), "A": (58.0, -4.0)}
    found = nearest(lat=52.1, lon=-1.0, points=points, limit=2)
    assert [near.code for near in found] == ["B", "C"]
    assert nearest(lat=52.1, lon=-1.0, points={}, limit=2) == ()


@given(st.dictionaries(st.text("ABC", min_size=1, max_size=3), st.tuples(lats, lons), min_size=1), lats, lons)
def test_the_order_is_that_of_the_distances(
    points: dict[str, tuple[float, float]], lat: float, lon: float
) -> None:
    found = nearest(lat=lat, lon=lon, points=points, limit=len(points))
    assert {near.code for near in found} == set(points)
    assert [near.distance_km for near in found] == sorted(near.distance_km for near in found)
    back = distances_km(
        lat=points[found[0].code][0], lon=points[found[0].code][1], points=np.array([[lat, lon]])
    )
    assert back[0] == pytest.approx(found[0].distance_km, abs=1e-6)
