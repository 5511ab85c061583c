"""A phone bank of Alice's in Barset East, and the people it rings."""

from datetime import datetime
from typing import Any

from hustings.outreach.audiences.models import Audience
from hustings.outreach.phonebank.models import PhoneBank
from hustings.outreach.phonebank.usecases.open_bank import open_bank
from hustings.outreach.phonebank.usecases.save_bank import BankPlan, BankSubject, save_bank
from hustings.outreach.phonebank.usecases.take_call import accept_words
from hustings.people.models import ContactPoint, ContactPointKind, Person
from hustings.people.usecases.keep_keys import keep_keys
from hustings.places.models import Area
from tests.cast import Cast

NAMES = ("Gwen Proudie", "Hal Bold", "Ida Thorne")


def make_person(*, name: str, number: int | None, area: Area, now: datetime) -> Person:
    """Somebody of a place, with a telephone where a number (its last two digits) is given."""
    given, _, family = name.partition(" ")
    person = Person.objects.create(
        given_name=given, family_name=family, address_line="3 Mill Lane", postcode="ZZ1 1AA", ward=area, source="test",
        created_at=now,
    )  # fmt: skip
    if number is not None:
        add_number(person=person, number=number, now=now)
    keep_keys(person_ids=[person.pk])
    return person


def add_number(*, person: Person, number: int, now: datetime, is_preferred: bool = True) -> ContactPoint:
    """A telephone number of a person."""
    return ContactPoint.objects.create(
        person=person, kind=ContactPointKind.PHONE, value=f"01632 9601{number:02}", canonical=f"+4416329601{number:02}",
        is_preferred=is_preferred, added_at=now, source="test",
    )  # fmt: skip


def make_audience(*, area: Area | None, now: datetime) -> Audience:
    """Everybody of a place."""
    return Audience.objects.create(name="Everybody", area=area, conditions={}, made_at=now, changed_at=now)


def make_bank(*, cast: Cast, now: datetime, **changes: Any) -> PhoneBank:
    """A draft of Alice's over everybody in Barset East; `changes` are those of `BankPlan`."""
    plan = BankPlan(**{"opening": "Hello, may I ask you about buses?", **changes})
    audience = make_audience(area=cast.east, now=now)
    return save_bank(
        title="Spring calls", subject=BankSubject(audience=audience), plan=plan, by=cast.alice, now=now
    )


def make_open_bank(*, cast: Cast, now: datetime, **changes: Any) -> PhoneBank:
    """Three people to ring, and Bob who has accepted the words."""
    for number, name in enumerate(NAMES):
        make_person(name=name, number=number, area=cast.east, now=now)
    bank = open_bank(bank=make_bank(cast=cast, now=now, **changes), by=cast.alice, now=now)
    accept_words(bank=bank, by=cast.bob, now=now)
    return bank
