"""Who saw the ads: alike ads are added up together, and of an ad in two snapshots the newest version counts."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hustings.adwatch.queries.targeting import targeting
from hustings.adwatch.rules.intervals import Interval
from hustings.platform.models import ImportRun
from tests.adwatch.conftest import api_ad, write_pages

HALF = [
    {"percentage": "0.5", "age": "18-24", "gender": "female"},
    {"percentage": "0.5", "age": "65+", "gender": "male"},
]


def test_ads_alike_count_each_and_silent_ones_are_counted_beside(
    tmp_path: Path, bring_in: Callable[..., ImportRun]
) -> None:
    """Two ads of one share, one of another, one silent: shares by impressions, as intervals."""
    ads = [
        api_ad(1),
        api_ad(2),
        api_ad(3, demographic_distribution=HALF, impressions={"lower_bound": "2000", "upper_bound": "2000"}),
        api_ad(4, demographic_distribution=[]),
    ]
    bring_in(write_pages(tmp_path / "page.json", ads))
    found = targeting(what="age")
    assert (found.ads, found.silent_ads, found.silent_shown) == (3, 1, Interval(1000, 1999))
    young = next(one for one in found.groups if one.group == "18-24")
    assert (young.shown_low, young.shown_high) == (1500, 2000)
    # Least where the ads with a quarter were seen as often as possible, greatest where as seldom.
    assert young.share.low is not None
    assert young.share.high is not None
    assert round(young.share.low, 6) == round((2 * 1999 * 0.25 + 1000) / (2 * 1999 + 2000), 6)
    assert round(young.share.high, 6) == round((2 * 1000 * 0.25 + 1000) / 4000, 6)
    assert targeting(what="age", page="nobody").ads == 0
    assert targeting(what="age", page="lantern").ads == 3


def test_the_newest_version_of_an_ad_counts(
    tmp_path: Path, bring_in: Callable[..., ImportRun], now: Any
) -> None:
    """An ad of which the later file says something else is not counted twice."""
    bring_in(write_pages(tmp_path / "old.json", [api_ad(1), api_ad(2)]))
    bring_in(
        write_pages(tmp_path / "new.json", [api_ad(1, demographic_distribution=HALF)]),
        at=now + timedelta(days=1),
    )
    found = targeting(what="age")
    assert (found.ads, found.silent_ads) == (2, 0)
    young = next(one for one in found.groups if one.group == "18-24")
    assert (young.shown_low, young.shown_high) == (750, round(1999 * 0.75))


def test_an_open_band_leaves_the_top_open(tmp_path: Path, bring_in: Callable[..., ImportRun]) -> None:
    """Beside closed ones with the same shares."""
    bring_in(
        write_pages(tmp_path / "page.json", [api_ad(1), api_ad(2, impressions={"lower_bound": "1000000"})])
    )
    young = next(one for one in targeting(what="age").groups if one.group == "18-24")
    assert (young.shown_low, young.shown_high) == (250_250, None)
