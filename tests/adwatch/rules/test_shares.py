"""Shares of an audience: the exact range, checked against every corner of the box of possible impressions."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.adwatch.rules.shares import Exposure, share_interval

ADS = st.lists(
    st.builds(
        lambda low, more, share: Exposure(low=low, high=low + more, share=share / 100),
        st.integers(1, 1000),
        st.integers(0, 5000),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=7,
)


@given(ADS)
def test_the_range_is_that_of_all_corners(ads: list[Exposure]) -> None:
    """A ratio of two sums over a box takes its extremes at corners; trying them all is slow and certain."""
    values = []
    for corner in product(*((ad.low, ad.high) for ad in ads)):
        shown = [float(value or 0) for value in corner]
        values.append(sum(x * ad.share for x, ad in zip(shown, ads, strict=True)) / sum(shown))
    found = share_interval(ads=ads)
    assert found.low == pytest.approx(min(values), abs=1e-9)
    assert found.high == pytest.approx(max(values), abs=1e-9)


def test_an_open_band_may_decide_alone() -> None:
    """Shown without limit, an ad may make the share its own, both ways."""
    ads = [Exposure(low=1_000_000, high=None, share=0.9), Exposure(low=0, high=999, share=0.1)]
    found = share_interval(ads=ads)
    assert found.high == pytest.approx(0.9)
    assert found.low == pytest.approx((1_000_000 * 0.9 + 999 * 0.1) / 1_000_999)


def test_nothing_shown_says_nothing() -> None:
    """No ads, or only ads that nobody saw."""
    assert share_interval(ads=[]).low is None
    assert share_interval(ads=[Exposure(low=0, high=0, share=0.5)]).high is None
