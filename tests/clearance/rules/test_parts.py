"""Names and addresses in running text."""

import pytest

from hustings.clearance.rules.parts import (
    Passage,
    is_electronic_only,
    is_postal,
    is_same_address,
    postcodes_in,
    words_of,
)
from tests.clearance.rules.cases import ALICE, PARTY


def test_words_are_compared_without_case_punctuation_or_spelling_of_common_words() -> None:
    assert words_of("St. John’s Road") == words_of("ST JOHNS RD")
    assert words_of("Archer & Daughters Limited") == words_of("archer and daughters ltd.")
    assert words_of("soft\u00adhyphen zero\u200bwidth") == ("softhyphen", "zerowidth")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at zz1 1aa today", {"ZZ11AA"}),
        ("ZZ11AA", {"ZZ11AA"}),
        ("from SW1A 0AA to EC1A 1BB", {"SW1A0AA", "EC1A1BB"}),
        ("call 01632 960123", set()),
        ("reference AZZ1 1AAB", set()),
        ("ZZ1 1A", set()),
        ("ZZ1\u00a01AA", {"ZZ11AA"}),
    ],
)
def test_postcodes(text: str, found: set[str]) -> None:
    assert postcodes_in(text) == found


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("12 High Street, Barset ZZ1 1AA", True),
        ("PO Box 7, ZZ9 9ZZ", True),
        ("The Old Forge\nMill Lane\nZZ1 2BB", True),
        ("c/o 3 Mill Lane, alice@barset.example, ZZ1 2BB", True),
        ("ZZ1 1AA", False),
        ("12 High Street, Barset", False),
        ("alice@barset.example, ZZ1 1AA", False),
        ("", False),
    ],
)
def test_postal_addresses(address: str, is_one: bool) -> None:
    assert is_postal(address) is is_one


@pytest.mark.parametrize(
    "address", ["alice@barset.example", "www.barset.example", "https://barset.example/contact"]
)
def test_electronic_addresses(address: str) -> None:
    assert is_electronic_only(address)
    assert not is_electronic_only(address + ", 12 High Street, ZZ1 1AA")


def test_the_same_door() -> None:
    assert is_same_address(first="12 High Street, Barset ZZ1 1AA", second="12 High St ZZ11AA")
    assert not is_same_address(first="12 High Street, ZZ1 1AA", second="14 High Street, ZZ1 1AA")
    assert not is_same_address(first="12 High Street, ZZ1 1AA", second="12 High Street, ZZ1 1AB")
    assert not is_same_address(first="", second="")


def test_how_far_a_name_is_from_its_address() -> None:
    assert Passage("Alice Archer, 12 High Street ZZ1 1AA").words_between(ALICE) == 2
    assert Passage("12 High Street ZZ1 1AA").words_between(ALICE) is None


def test_a_house_with_a_name_and_a_number_is_found_by_its_number() -> None:
    assert Passage("Barset Forward, 3 Mill Lane, ZZ1 2BB").names_with_address(PARTY)


def test_a_house_with_only_a_name_is_found_by_its_name() -> None:
    forge = ALICE.__class__(name="Alice Archer", address="The Old Forge, Mill Lane, ZZ1 2BB")
    assert Passage("Alice Archer, The Old Forge, ZZ1 2BB").names_with_address(forge)
    assert not Passage("Alice Archer, Mill Lane, ZZ1 2BB").names_with_address(forge)
