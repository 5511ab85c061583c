"""Keys find a person again, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.people.models import KeyKind as ModelKeyKind
from hustings.people.rules.keys import (
    Key,
    KeyKind,
    Side,
    elector_key,
    email_key,
    house_of,
    name_address_keys,
    phone_key,
)

SECRET = b"a secret of the test"


def keys(side: Side, **said: str) -> set[Key]:
    whole = {
        "given_name": "",
        "family_name": "Fishwick",
        "address_line": "12 Mill Lane",
        "postcode": "ZZ1 1AA",
    }
    return set(name_address_keys(secret=SECRET, side=side, **{**whole, **said}))


def hit(person: dict[str, str], objection: dict[str, str]) -> set[str]:
    return {key.kind for key in keys(Side.PERSON, **person) & keys(Side.OBJECTION, **objection)}


def test_the_database_knows_the_same_kinds() -> None:
    assert set(ModelKeyKind.values) == {str(kind) for kind in KeyKind}


def test_a_key_is_of_its_kind_and_of_its_secret() -> None:
    one = email_key(secret=SECRET, canonical="fiona@barset.example")
    assert one.key_hash != phone_key(secret=SECRET, e164="fiona@barset.example").key_hash
    assert one.key_hash != email_key(secret=b"another", canonical="fiona@barset.example").key_hash
    assert one == email_key(secret=SECRET, canonical=" Fiona@Barset.example ")
    assert len(one.key_hash) == 64
    assert elector_key(secret=SECRET, elector_id=7) != elector_key(secret=SECRET, elector_id=8)


def test_the_same_name_at_the_same_house_is_sure() -> None:
    fiona = {"given_name": "Fiona"}
    assert KeyKind.NAME_ADDRESS in hit(fiona, {"given_name": "Mrs FIONA Mary", "family_name": "Fish-wick"})
    assert KeyKind.NAME_ADDRESS in hit(
        fiona, {**fiona, "address_line": "12, mill  lane", "postcode": "zz11aa"}
    )


@pytest.mark.parametrize(
    ("person", "objection"),
    [
        ({"given_name": "F."}, {"given_name": "Fiona"}),
        ({"given_name": "Fiona"}, {"given_name": "F"}),
        ({"given_name": "Fiona"}, {"given_name": "Ms"}),
        ({"given_name": ""}, {"given_name": "Fiona"}),
        ({"given_name": ""}, {"given_name": ""}),
        ({"given_name": "Fiona"}, {"given_name": "Fiona", "address_line": ""}),
        ({"given_name": "Fiona", "address_line": ""}, {"given_name": "Fiona"}),
        ({"given_name": "Bob"}, {"given_name": "Robert"}),
        ({"given_name": "John"}, {"given_name": "Jhon"}),
        (
            {"given_name": "Philip", "family_name": "Matthews"},
            {"given_name": "Phillip", "family_name": "Mathews"},
        ),
    ],
)
def test_what_is_nearly_the_same_is_a_doubtful_hit(person: dict[str, str], objection: dict[str, str]) -> None:
    assert hit(person, objection) == {KeyKind.NAME_VARIANT}


@pytest.mark.parametrize(
    ("person", "objection"),
    [
        ({"given_name": "George"}, {"given_name": "Fiona"}),
        ({"given_name": "Frank"}, {"given_name": "Fiona"}),
        ({"given_name": "Fiona", "postcode": "ZZ1 1AB"}, {"given_name": "Fiona"}),
        ({"given_name": "Fiona", "family_name": "Turner"}, {"given_name": "Fiona"}),
        ({"given_name": "F", "address_line": "14 Mill Lane"}, {"given_name": "Fiona"}),
        ({"given_name": "", "postcode": ""}, {"given_name": "", "postcode": ""}),
    ],
)
def test_others_are_not_hit(person: dict[str, str], objection: dict[str, str]) -> None:
    assert hit(person, objection) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flat 2, 14 High Street", "14 High Street, flat 2"),
        ("14A High St", "14a, High Street"),
        ("14 a High St", "14A High Street"),
        ("Rose Cottage, Mill Lane", "ROSE COTTAGE"),
        ("3/1 Well Court", "3/1, Well Ct"),
    ],
)
def test_a_house_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert house_of(one) == house_of(other) != ""


@pytest.mark.parametrize(("one", "other"), [("1-3 High St", "13 High St"), ("14 High St", "14a High St")])
def test_different_houses_stay_different(one: str, other: str) -> None:
    assert house_of(one) != house_of(other)


names = st.text(alphabet="abcdefghijklmnopqrstuvwxyzé' -", min_size=1, max_size=12)


@given(first=names, last=names, house=st.integers(1, 400))
def test_whoever_objects_is_found_by_what_they_wrote(first: str, last: str, house: int) -> None:
    said = {"given_name": first, "family_name": last, "address_line": f"{house} Mill Lane"}
    person, objection = keys(Side.PERSON, **said), keys(Side.OBJECTION, **said)
    assert bool(person & objection) == bool(objection)
