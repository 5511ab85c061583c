"""Rows find the people they mean."""

from datetime import datetime

import pytest

from hustings.basics.email_address import NotAnEmailAddress
from hustings.basics.postcode import PostcodeError
from hustings.people.models import ContactPoint, Person, PersonKey
from hustings.people.usecases import PersonRow, record_people, record_person
from hustings.people.usecases.check_row import NobodyNamed, TooLong
from tests.cast import Cast

pytestmark = pytest.mark.django_db

FIONA = {
    "given_name": "Fiona",
    "family_name": "Fishwick",
    "email": "fiona@barset.example",
    "phone": "07700 900123",
    "postcode": "zz11aa",
    "address_line": "12 Mill Lane",
}


def record(now: datetime, **said: str) -> Person:
    return record_person(source="test", now=now, **said)  # type: ignore[arg-type]


def test_a_person_is_kept_with_everything_said(now: datetime) -> None:
    fiona = record(now, **FIONA)
    assert (fiona.postcode, fiona.created_at, fiona.source) == ("ZZ1 1AA", now, "test")
    assert {(p.kind, p.canonical, p.is_preferred, p.is_mobile) for p in fiona.contact_points.all()} == {
        ("email", "fiona@barset.example", True, False),
        ("phone", "+447700900123", True, True),
    }
    assert {key.kind for key in fiona.keys.all()} == {"email", "phone", "name_address", "name_variant"}


@pytest.mark.parametrize(
    "again",
    [
        {"given_name": "F", "email": "Fiona+news@BARSET.example"},
        {"given_name": "Fiona", "family_name": "Fishwick", "phone": "+44 7700 900123"},
        {
            "given_name": "fiona",
            "family_name": "FISHWICK",
            "postcode": "ZZ1 1AA",
            "address_line": "12, Mill Lane",
        },
        {"given_name": "Fiona", "family_name": "Fishwick", "postcode": "ZZ1 1AA"},
    ],
)
def test_the_same_person_is_found_again(now: datetime, again: dict[str, str]) -> None:
    fiona = record(now, **FIONA)
    assert record(now, **again) == fiona
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"given_name": "George", "family_name": "Fishwick", "phone": "07700 900123"},
        {
            "given_name": "Fiona",
            "family_name": "Fishwick",
            "email": "f2@barset.example",
            "postcode": "ZZ1 1AA",
        },
        {
            "given_name": "Fiona",
            "family_name": "Fishwick",
            "postcode": "ZZ1 1AA",
            "address_line": "14 Mill Lane",
        },
        {"family_name": "Fishwick", "postcode": "ZZ1 1AA"},
        {
            "given_name": "Fiona",
            "family_name": "Fishwick",
            "email": "f2@barset.example",
            "phone": "07700 900123",
        },
    ],
)
def test_whoever_may_be_somebody_else_is_somebody_else(now: datetime, other: dict[str, str]) -> None:
    fiona = record(now, **FIONA)
    assert record(now, **other) != fiona


def test_what_people_say_themselves_takes_the_older_things_place(now: datetime) -> None:
    fiona = record(now, **FIONA)
    record(now, email=FIONA["email"], postcode="ZZ2 2BB", phone="07700 900456")
    fiona.refresh_from_db()
    assert (fiona.postcode, fiona.given_name) == ("ZZ2 2BB", "Fiona")
    assert fiona.contact_points.get(kind="phone", is_preferred=True).canonical == "+447700900456"
    assert fiona.contact_points.filter(kind="phone").count() == 2


def test_a_list_only_fills_gaps(now: datetime) -> None:
    fiona = record(now, given_name="Fiona", email=FIONA["email"], postcode="ZZ1 1AA")
    (recorded,) = record_people(
        rows=[PersonRow(given_name="Fi", family_name="Fishwick", email=FIONA["email"], postcode="ZZ2 2BB")],
        now=now,
        source="list",
    )
    fiona.refresh_from_db()
    assert (fiona.given_name, fiona.family_name, fiona.postcode) == ("Fiona", "Fishwick", "ZZ1 1AA")
    assert recorded.is_changed
    assert not recorded.is_new


def test_rows_of_one_list_find_each_other(now: datetime) -> None:
    rows = [
        PersonRow(given_name="Gwen", family_name="Green", email="gwen@barset.example"),
        PersonRow(given_name="Ewan", family_name="Eadie", phone="07700 900777"),
        PersonRow(given_name="Gwen", family_name="Green", email="GWEN@barset.example", phone="07700 900555"),
        PersonRow(given_name="Ewan", family_name="Eadie", phone="07700900777", postcode="ZZ1 1AB"),
    ]
    first, second, third, fourth = record_people(rows=rows, now=now, source="list")
    assert first.person_id == third.person_id != second.person_id == fourth.person_id
    assert Person.objects.count() == 2
    assert ContactPoint.objects.count() == 3


def test_the_same_list_again_changes_nothing(now: datetime) -> None:
    rows = [
        PersonRow(given_name="Gwen", family_name="Green", postcode="ZZ1 1AA"),
        PersonRow(family_name="Eadie", phone="07700 900777"),
        PersonRow(**FIONA),
    ]
    before = record_people(rows=rows, now=now, source="list")
    keys = PersonKey.objects.count()
    after = record_people(rows=rows, now=now, source="list")
    assert [one.person_id for one in before] == [one.person_id for one in after]
    assert not any(one.is_new or one.is_changed for one in after)
    assert PersonKey.objects.count() == keys


def test_what_cannot_be_read_is_refused_with_a_sentence(now: datetime) -> None:
    with pytest.raises(NotAnEmailAddress):
        record(now, email="fiona at barset")
    with pytest.raises(PostcodeError):
        record(now, given_name="Fiona", postcode="ZZ1")
    with pytest.raises(NobodyNamed):
        record(now, postcode="ZZ1 1AA")
    with pytest.raises(TooLong):
        record(now, given_name="F" * 81)
    assert not Person.objects.exists()


def test_many_people_take_few_statements(now: datetime, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    rows = [
        PersonRow(
            given_name="Ann", family_name=f"Number{n}", email=f"ann{n}@barset.example", postcode="ZZ1 1AA"
        )
        for n in range(500)
    ]
    with django_assert_max_num_queries(40):
        record_people(rows=rows, now=now, source="list")
    assert Person.objects.count() == 500


def test_people_are_where_their_postcode_is(cast: Cast, barset_postcodes: None, now: datetime) -> None:
    fiona = record(now, **FIONA)
    assert fiona.ward == cast.east
    moved = record(now, email=FIONA["email"], postcode="ZZ2 2BB")
    assert (moved, moved.ward) == (fiona, cast.west)
    for somewhere in ("ZZ3 3DD", "ZZ9 9ZZ"):
        nowhere = record(now, email=FIONA["email"], postcode=somewhere)
        assert (nowhere.ward, nowhere.constituency) == (None, None)
