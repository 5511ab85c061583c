"""Names written carelessly fold to what the register's fold to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.register.rules.matching.folding import (
    folded,
    forenames,
    house_of,
    postcode_key,
    surname_key,
    surname_parts,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "OBrien"),
        ("O’Brien", "o'brien"),
        ("McDonald", "MacDonald"),
        ("Mc Donald", "Macdonald"),
        ("MACKAY", "McKay"),
        ("Wiśniewska", "wisniewska"),
        ("Łukasz", "Lukasz"),
        ("Bērziņš", "Berzins"),
        ("Smith-Jones", "Smith Jones"),
        ("St. John", "St John"),
        ("  van  der Berg ", "Van der Berg"),
    ],
)
def test_one_surname_written_twice_has_one_key(one: str, other: str) -> None:
    assert surname_key(surname=one) == surname_key(surname=other)


@pytest.mark.parametrize(("one", "other"), [("Mace", "Mce"), ("Smith", "Smyth"), ("Brown", "Browne")])
def test_different_surnames_keep_different_keys(one: str, other: str) -> None:
    assert surname_key(surname=one) != surname_key(surname=other)


def test_double_surnames_have_parts() -> None:
    assert surname_parts(surname="Norris-MacDougall") == ("norris", "mcdougall")
    assert surname_parts(surname="Norris") == ("norris",)


def test_forenames_come_in_order() -> None:
    assert forenames(forename="Anne-Marie J.") == ("anne", "marie", "j")
    assert forenames(forename="") == ()


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("12 Mill Street, Eelbrook, Barset", "12"),
        ("12, Mill Street", "12"),
        ("12A Mill Street", "12a"),
        ("Flat 3 Brindley Court, 12 Mill Street, Eelbrook", "3 12"),
        ("flat 3, 12 mill st", "3 12"),
        ("12", "12"),
        ("Rose Cottage, Church Lane", "rose cottage"),
        ("12 Mill Street, Eelbrook, ZZ1 1AA", "12"),
        ("", ""),
    ],
)
def test_the_house_is_its_numbers_or_its_name(address: str, house: str) -> None:
    assert house_of(address=address) == house


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = folded(text=text)
    assert folded(text=once) == once
    assert once == once.strip()
    assert all(letter == " " or "a" <= letter <= "z" for letter in once)
    assert surname_key(surname=text) == surname_key(surname=f" {text} ")


def test_postcodes_are_compared_without_spaces_and_case() -> None:
    assert postcode_key(postcode=" zz1 1aa") == "ZZ11AA"
