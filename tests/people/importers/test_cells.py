"""Headings and cells as people write them."""

from datetime import date

import pytest

from hustings.people.importers.cells import (
    channel_of,
    channels_of,
    day_of,
    is_yes,
    layout_of,
    names_of,
    purposes_of,
)
from hustings.platform.importing.importer import RowRejected

TODAY = date(2026, 3, 30)


@pytest.mark.parametrize(
    "text",
    [
        "7/5/2024",
        "07/05/2024",
        "2024-05-07",
        "2024-05-07 00:00:00",
        "2024-05-07T10:11:12Z",
        "7 May 2024",
        "7.5.2024",
    ],
)
def test_days(text: str) -> None:
    assert day_of(text, column="consent date", today=TODAY) == date(2024, 5, 7)


@pytest.mark.parametrize("text", ["31/2/2024", "soon", "2026-03-31", "1/1/1889"])
def test_what_is_no_day_or_a_slip(text: str) -> None:
    with pytest.raises(RowRejected, match="consent date"):
        day_of(text, column="consent date", today=TODAY)


def test_yes_and_no() -> None:
    assert [is_yes(text, column="c") for text in ("Yes", " x ", "TRUE", "", "No", "0")] == [
        *([True] * 3),
        *([False] * 3),
    ]
    with pytest.raises(RowRejected, match="neither yes nor no"):
        is_yes("perhaps", column="may email")


def test_channels_and_purposes() -> None:
    assert channels_of("Email, SMS and phone; letters") == ["email", "sms", "call", "post"]
    assert channel_of("ALL") == ""
    assert purposes_of("News and campaigns") == ["campaign"]
    assert purposes_of("campaign, fundraising") == ["campaign", "fundraising"]
    for read in (channel_of, channels_of, purposes_of):
        with pytest.raises(RowRejected):
            read("pigeon")


def test_names_in_one_column_or_two() -> None:
    layout = layout_of(["Full name", "E-mail address"])
    assert names_of(["Fiona Mary Fishwick", ""], layout) == ("Fiona Mary", "Fishwick")
    assert names_of(["Fishwick, Fiona", ""], layout) == ("Fiona", "Fishwick")
    two = layout_of(["FORENAME", "Last Name"])
    assert names_of(["Fiona", "Fishwick"], two) == ("Fiona", "Fishwick")
    assert two.cell(["Fiona"], "family_name") == ""
