"""When two written names may be one payer's."""

import pytest

from hustings.money.rules.names import may_be_one_person, person_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr William Marsh", "Bill Marsh"),
        ("W Marsh", "William Marsh"),
        ("MARSH, William", "William Marsh"),
        ("Cllr Gordon Birtwell", "Gordon Birtwell"),
        ("Sir Harold Ashworth", "Harold Ashwroth"),
        ("Ada Lovelock MP", "Ms Ada Lovelock"),
        ("Marsh William", "William Marsh"),
        ("David E Brown", "David Brown"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    """Titles, short forms, initials, one slip, and names in each other's place."""
    assert may_be_one_person(one=person_name(full=one), other=person_name(full=other))
    assert may_be_one_person(one=person_name(full=other), other=person_name(full=one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("William Marsh", "Winifred Marsh"),
        ("William Marsh", "William March"[:-1] + "ks"),
        ("Ann Marsh", "William Marsh"),
        ("Marsh", "William Marsh"),
        ("", ""),
        ("John Hall", "John Hill"),
    ],
)
def test_different_people_do_not(one: str, other: str) -> None:
    """A shared surname is no identity; short words are not taken for one another misspelt."""
    first, second = person_name(full=one), person_name(full=other)
    assert first == second or not may_be_one_person(one=first, other=second)


def test_letters_after_a_comma_are_no_surname() -> None:
    """“Ada Marsh, OBE” is Ada Marsh."""
    assert person_name(full="Ada Marsh, OBE") == person_name(given="Ada", family="Marsh")
