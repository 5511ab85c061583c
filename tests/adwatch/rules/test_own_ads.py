"""Our own ads beside the archive: every way in which they may differ, and none where they agree."""

from dataclasses import replace
from datetime import date

from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.rules.own_ads import Placed, Shown, differences

PLACED = Placed(
    ad_id="9001",
    page="Barset Lanterns",
    disclaimer="The Lantern Party",
    first_on=date(2026, 3, 2),
    last_on=date(2026, 3, 9),
    pence=15_000,
)
SHOWN = Shown(
    ad_id="9001",
    page="Barset Lanterns",
    disclaimer="Lantern Party",
    first_on=date(2026, 3, 2),
    last_on=date(2026, 3, 9),
    spend=Interval(10_000, 19_900),
)


def _kinds(placed: Placed, *shown: Shown) -> list[str]:
    return [one.kind for one in differences(placed=placed, shown=shown)]


def test_what_agrees_says_nothing() -> None:
    """Spelling of the disclaimer apart."""
    assert _kinds(PLACED, SHOWN) == []


def test_each_difference_has_its_name() -> None:
    """Missing, late, another disclaimer, spend out of the interval."""
    assert _kinds(PLACED) == ["missing"]
    assert _kinds(PLACED, replace(SHOWN, ad_id="1")) == ["missing"]
    assert _kinds(PLACED, replace(SHOWN, first_on=date(2026, 3, 6))) == ["late"]
    assert _kinds(PLACED, replace(SHOWN, first_on=date(2026, 3, 4))) == []
    assert _kinds(PLACED, replace(SHOWN, disclaimer="")) == ["disclaimer"]
    assert _kinds(PLACED, replace(SHOWN, spend=Interval(0, 9_900))) == ["spend"]
    assert _kinds(PLACED, replace(SHOWN, spend=Interval(10_000, None))) == []


def test_without_an_id_the_pages_ads_of_those_days_are_taken_together() -> None:
    """Two ads of 50 to 99 pounds are 100 to 198."""
    placed = replace(PLACED, ad_id="")
    half = replace(SHOWN, spend=Interval(5_000, 9_900))
    assert _kinds(placed, half, replace(half, ad_id="9002")) == []
    assert _kinds(placed, half) == ["spend"]
    assert _kinds(placed, replace(half, page="Others")) == ["missing"]
    assert _kinds(placed, replace(half, first_on=date(2026, 1, 1))) == ["missing"]
