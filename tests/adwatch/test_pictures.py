"""Pictures of intervals: every line is drawn, also where two have one name, and the picture fits a telephone."""

import re

from hustings.adwatch.pictures import interval_bars, share_bars
from hustings.adwatch.rules.intervals import Interval


def test_two_lines_of_one_name_stay_two_bars() -> None:
    """A page with two disclaimers stands twice; a band without a top ends in an arrow."""
    lines = [("Barset Lanterns", Interval(100_00, 200_00)), ("Barset Lanterns", Interval(50_00, None))]
    picture = interval_bars(lines=lines, title="Spend")
    assert picture.count(">Barset Lanterns<") == 2
    assert picture.count("▶") >= 1
    alone = interval_bars(lines=lines[:1], title="Spend")
    assert len(re.findall('aria-roledescription="bar"', picture)) == 2 * len(
        re.findall('aria-roledescription="bar"', alone)
    )


def test_a_picture_is_narrow_enough_to_be_read_when_a_telephone_shrinks_it() -> None:
    """At most half as wide again as a small screen, with long names cut."""
    long = "A page whose name goes on and on and on and never seems to end at all"
    for picture in (
        interval_bars(lines=[(long, Interval(0, 99_000_000_00))], title="Spend"),
        share_bars(lines=[("65+", 0.5, 0.9)], title="Shares"),
    ):
        width = re.search(r'<svg[^>]* width="(\d+)"', picture)
        assert width is not None
        assert int(width[1]) <= 480
