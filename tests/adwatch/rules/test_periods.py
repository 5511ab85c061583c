"""Periods: read from names, given by hand, and never guessed narrower than they may be."""

from datetime import date

import pytest

from hustings.adwatch.rules.periods import NotADay, period_of


@pytest.mark.parametrize(
    ("name", "first", "last", "is_widest"),
    [
        (
            "FacebookAdLibraryReport_2023-05-23_GB_last_30_days.zip",
            date(2023, 4, 24),
            date(2023, 5, 23),
            False,
        ),
        (
            "FacebookAdLibraryReport_2019-12-10_GB_yesterday.csv",
            date(2019, 12, 10),
            date(2019, 12, 10),
            False,
        ),
        (
            "FacebookAdLibraryReportGB2019-05-11SpendingToDate.csv",
            date(2018, 10, 1),
            date(2019, 5, 11),
            False,
        ),
        ("fb_ad_library_report_GB_last30days_2023-05.csv.gz", date(2023, 4, 2), date(2023, 5, 31), True),
        ("fb_ad_library_report_GB_ge2019_last7days.csv", date(2019, 11, 6), date(2019, 12, 12), True),
        ("report.csv", None, None, False),
        ("report-2023-13-40.csv", None, None, False),
    ],
)
def test_names(name: str, first: date | None, last: date | None, is_widest: bool) -> None:
    """Names that platforms, researchers and people give."""
    found = period_of(file_name=name)
    assert (found.first_on, found.last_on, found.is_widest) == (first, last, is_widest)


def test_what_is_given_goes_before_the_name() -> None:
    """With “last 7 days” in the name, the last day alone is enough."""
    found = period_of(file_name="fb_ad_library_report_GB_ge2019_last7days.csv", given_to="2019-11-18")
    assert (found.first_on, found.last_on) == (date(2019, 11, 12), date(2019, 11, 18))


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [("18/11/2019", "", "not a day"), ("2019-11-18", "2019-11-01", "before it begins")],
)
def test_days_that_are_none(first: str, last: str, word: str) -> None:
    """A whole sentence says what is wrong."""
    with pytest.raises(NotADay, match=word):
        period_of(file_name="x.csv", given_from=first, given_to=last)
