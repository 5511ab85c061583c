"""Fitting bands to exact totals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.adwatch.rules.fitting import Fit, Pair, fit, fitted, position
from hustings.adwatch.rules.intervals import Interval


@given(
    st.floats(0, 1),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(1000, 10**6)), min_size=1, max_size=20),
)
def test_one_position_for_all_is_found_again(true: float, bands: list[tuple[int, int]]) -> None:
    """Where every advertiser spends at one place within its bands, the fit finds that place."""
    pairs = []
    for low, width in bands:
        exact = round(low + true * width)
        pairs.append(Pair(bands=Interval(low, low + width), exact=Interval(exact, exact)))
    found = fit(pairs=pairs)
    assert found is not None
    assert found.position == pytest.approx(true, abs=0.001)
    assert found.contradictions == 0


def test_a_total_outside_its_bands_contradicts_and_is_not_fitted() -> None:
    """It is counted, and the others decide."""
    right = Pair(bands=Interval(0, 1000), exact=Interval(250, 250))
    wrong = Pair(bands=Interval(0, 1000), exact=Interval(5000, 5000))
    assert position(pair=wrong) is None
    found = fit(pairs=[right, wrong])
    assert found == Fit(position=0.25, pairs=1, contradictions=1)


def test_an_estimate_stays_within_and_an_open_band_gets_none() -> None:
    """Nothing bounds an open band."""
    by = Fit(position=0.4, pairs=3, contradictions=0)
    closed = fitted(interval=Interval(100, 200), by=by)
    assert closed is not None
    assert (closed.value, "3 advertisers" in closed.method) == (140, True)
    assert fitted(interval=Interval(100, None), by=by) is None
