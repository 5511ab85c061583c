"""What an area's code tells."""

import pytest

from hustings.places.rules.codes import (
    is_first_used_in_2024,
    is_gss_code,
    is_pseudo_code,
    kind_of,
    nation_of,
)


@pytest.mark.parametrize(
    ("code", "kind", "nation"),
    [
        ("E05999001", "ward", "england"),
        ("W06000015", "district", "wales"),
        ("S14000027", "constituency", "scotland"),
        ("N05000001", "constituency", "northern_ireland"),
        ("E10000002", "county", "england"),
        ("E12000006", "region", "england"),
        ("E92000001", "nation", "england"),
        ("E01999001", "lsoa", "england"),
        ("E47000001", None, "england"),
        ("K02000001", None, ""),
    ],
)
def test_a_code_tells_kind_and_nation(code: str, kind: str | None, nation: str) -> None:
    assert is_gss_code(code)
    assert kind_of(code) == kind
    assert nation_of(code) == nation


@pytest.mark.parametrize("code", ["", "E0599900", "E059990011", "05E999001", "95GG01S1", "e05999001"])
def test_other_texts_are_not_codes(code: str) -> None:
    assert not is_gss_code(code)


def test_pseudo_codes_stand_for_none() -> None:
    assert is_pseudo_code("L99999999")
    assert not is_pseudo_code("E05999999")


@pytest.mark.parametrize(
    ("code", "is_new"),
    [
        ("E14001062", False),
        ("E14001063", True),
        ("W07000080", False),
        ("W07000081", True),
        ("S14000059", False),
        ("S14000060", True),
        ("N06000018", False),
        ("N05000001", True),
        ("E05000001", False),
    ],
)
def test_the_constituencies_of_2024_are_known_by_their_codes(code: str, is_new: bool) -> None:
    assert is_first_used_in_2024(code) is is_new
