"""A donor is found on a register by number, by name whatever its form, or nearly; what only shares a common word is not."""

import pytest

from hustings.money.rules.registered_bodies import BodyName, find_bodies

BODIES = [
    BodyName(body_id=1, name="The Barset Workers' Union (BWU)"),
    BodyName(body_id=2, name="Barset Together"),
    BodyName(body_id=3, name="Barset Together [De-registered 01/11/07]"),
    BodyName(body_id=4, name="Weir Holdings Limited", company_number="00123456"),
    BodyName(body_id=5, name="BARSETFIRST - The Public Service Union"),
    BodyName(body_id=6, name="Countryside Party"),
    BodyName(body_id=7, name="Ploughmen's Campaign"),
]


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("Barset Workers Union", "", [(1, "name")]),
        ("BARSET TOGETHER", "", [(2, "name"), (3, "name")]),
        ("Something else entirely", "123456", [(4, "number")]),
        ("Weir Holdings Ltd", "99999999", [(4, "name")]),
        ("Barsetfirst", "", [(5, "near")]),
        ("Countrysyde Party", "", [(6, "near")]),
        ("Townside Party", "", []),
        ("Campaign", "", []),
        ("", "", []),
    ],
)
def test_who_is_found(name: str, number: str, expected: list[tuple[int, str]]) -> None:
    """Surest first."""
    found = find_bodies(name=name, company_number=number, bodies=BODIES)
    assert [(one.body_id, one.how) for one in found] == expected


def test_near_ones_are_few_and_exact_ones_are_all() -> None:
    """Twenty near names are cut, twenty rows of one name are not: which one it is, a person sees by the rest of the row."""
    near = [BodyName(body_id=number, name=f"Barset Marshes {number}") for number in range(20)]
    assert len(find_bodies(name="Barset Marshes", company_number="", bodies=near)) == 8
    same = [BodyName(body_id=number, name="Barset Marshes") for number in range(20)]
    assert len(find_bodies(name="Barset Marshes Ltd", company_number="", bodies=same)) == 20
