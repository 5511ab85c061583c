"""Levels on which a person and an elector agree."""

import pytest

from hustings.register.rules.matching.comparing import (
    Comparison,
    Forename,
    Middle,
    Place,
    Surname,
    compare,
    record_of,
)

ELECTOR = ("Margaret Anne", "O'Neill-MacDonald", "ZZ1 1AA", "Flat 3, 12 Mill Street, Eelbrook")


def _compare(
    forename: str,
    surname: str,
    postcode: str = "ZZ1 1AA",
    address: str = "12 Mill St",
    elector: tuple[str, str, str, str] = ELECTOR,
) -> Comparison:
    e_forename, e_surname, e_postcode, e_address = elector
    return compare(
        person=record_of(forename=forename, surname=surname, postcode=postcode, address=address),
        elector=record_of(forename=e_forename, surname=e_surname, postcode=e_postcode, address=e_address),
    )


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Margaret", Forename.SAME),
        ("MARGARET Anne", Forename.SAME),
        ("Peggy", Forename.FORM),
        ("Meg", Forename.FORM),
        ("Anne", Forename.OTHER_NAME),
        ("M", Forename.INITIAL),
        ("M. A.", Forename.INITIAL),
        ("Margraet", Forename.CLOSE),
        ("Magaret", Forename.CLOSE),
        ("Susan", Forename.DIFFERENT),
        ("S", Forename.DIFFERENT),
        ("", Forename.DIFFERENT),
    ],
)
def test_forenames(written: str, level: Forename) -> None:
    assert _compare(written, "O'Neill-MacDonald").forename is level


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("O’Neill McDonald", Surname.SAME),
        ("ONeill-Macdonald", Surname.SAME),
        ("O'Neill", Surname.PART),
        ("Macdonald", Surname.PART),
        ("O'Neil-MacDonald", Surname.CLOSE),
        ("Smith", Surname.DIFFERENT),
        ("", Surname.DIFFERENT),
    ],
)
def test_surnames(written: str, level: Surname) -> None:
    assert _compare("Margaret", written).surname is level


@pytest.mark.parametrize(
    ("postcode", "address", "level"),
    [
        ("zz11aa", "Flat 3, 12 Mill Street", Place.SAME_HOUSE),
        ("ZZ1 1AA", "12", Place.SAME_HOUSE),
        ("ZZ1 1AA", "", Place.SAME_POSTCODE),
        ("ZZ1 1AA", "14 Mill Street", Place.OTHER_HOUSE),
        ("ZZ1 1AB", "12 Mill Street", Place.SAME_SECTOR),
        ("ZZ1 2AA", "12 Mill Street", Place.ELSEWHERE),
        ("", "12 Mill Street", Place.ELSEWHERE),
    ],
)
def test_places(postcode: str, address: str, level: Place) -> None:
    assert _compare("Margaret", "O'Neill", postcode, address).place is level


def test_middle_names_tell_father_from_son() -> None:
    father, son = (
        ("John Arthur", "Ash", "ZZ1 1AA", "1 Mill St"),
        ("John Brian", "Ash", "ZZ1 1AA", "1 Mill St"),
    )
    assert _compare("John A", "Ash", elector=father).middle is Middle.AGREE
    assert _compare("John A", "Ash", elector=son).middle is Middle.CONFLICT
    assert _compare("John", "Ash", elector=son).middle is Middle.SILENT


def test_names_in_each_others_place_are_noticed() -> None:
    found = _compare("Ash", "John", elector=("John Arthur", "Ash", "ZZ1 1AA", "1 Mill St"))
    assert found.is_swapped
    assert (found.forename, found.surname) == (Forename.SAME, Surname.SAME)
    assert not _compare("James", "James", elector=("James", "James", "ZZ1 1AA", "1")).is_swapped
