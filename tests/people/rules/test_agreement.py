"""Which key was hit says which parts of a name and address agree."""

import pytest

from hustings.people.rules.agreement import Level, Part, parts_agreeing
from hustings.people.rules.keys import Agreement, Side, named_keys

FIONA = {
    "given_name": "Fiona",
    "family_name": "Fishwick",
    "address_line": "12 Mill Lane",
    "postcode": "ZZ1 1AA",
}


def compared(ours: dict[str, str], theirs: dict[str, str]) -> dict[Part, Level]:
    """Our name and address against the keys of theirs, each differing from Fiona's as said."""
    held = {key for _, key in named_keys(secret=b"test", side=Side.OBJECTION, **{**FIONA, **theirs})}
    own = named_keys(secret=b"test", side=Side.PERSON, **{**FIONA, **ours})
    return parts_agreeing(agreements=[agreement for agreement, key in own if key in held])


@pytest.mark.parametrize(
    ("ours", "theirs", "part", "level"),
    [
        ({}, {"given_name": "F"}, Part.GIVEN_NAME, Level.THEIR_INITIAL),
        ({"given_name": "F."}, {}, Part.GIVEN_NAME, Level.OUR_INITIAL),
        ({}, {"given_name": ""}, Part.GIVEN_NAME, Level.NOT_THEIRS),
        ({"given_name": ""}, {}, Part.GIVEN_NAME, Level.NOT_OURS),
        ({}, {"address_line": ""}, Part.HOUSE, Level.NOT_COMPARED),
        ({"given_name": "Robert"}, {"given_name": "Bob"}, Part.GIVEN_NAME, Level.ALIKE),
    ],
)
def test_one_part_less_and_the_rest_the_same(
    ours: dict[str, str], theirs: dict[str, str], part: Part, level: Level
) -> None:
    found = compared(ours, theirs)
    assert found[part] is level
    assert found[Part.POSTCODE] is Level.SAME
    if level is not Level.ALIKE:
        assert {known for other, known in found.items() if other is not part} == {Level.SAME}


def test_the_best_key_counts_for_each_part() -> None:
    both = parts_agreeing(agreements=[Agreement.NO_HOUSE, Agreement.LETTERS])
    assert both == dict.fromkeys(Part, Level.SAME)


def test_nothing_agrees_with_somebody_else() -> None:
    assert compared({}, {"given_name": "George"}) == {}
