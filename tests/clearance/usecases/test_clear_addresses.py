"""Single messages that people asked for."""

from datetime import datetime

import pytest

from hustings.clearance.models import ClearanceVerdict
from hustings.clearance.usecases import NotForMarketing, SingleMessage, clear_addresses
from hustings.people.models import ContactPoint, Person
from hustings.people.usecases import object_to_contact
from tests.contacts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiona(now: datetime) -> Person:
    cast.make_organisation()
    cast.make_places()
    return cast.make_person(name="Fiona Frost", email="fiona@barset.example")


def clear(
    *messages: SingleMessage, now: datetime, purpose: str = "service", channel: str = "email"
) -> dict[int, str]:
    cleared = clear_addresses(messages=messages, channel=channel, purpose=purpose, now=now)
    assert cleared.clearance.asked == len(messages)
    assert cleared.clearance.refused == len(cleared.refused)
    return cleared.refused


def test_a_confirmation_to_an_address_we_do_not_know(fiona: Person, now: datetime) -> None:
    assert clear(SingleMessage(key=1, address="new@barset.example"), now=now) == {}
    assert clear(SingleMessage(key=1, address="07700 900123"), now=now, channel="sms") == {}


def test_what_is_no_address_is_refused(fiona: Person, now: datetime) -> None:
    assert clear(SingleMessage(key=7, address="nobody"), now=now) == {7: "no-address"}


def test_fiona_s_objection_to_marketing_stops_no_confirmation(fiona: Person, now: datetime) -> None:
    object_to_contact(person=fiona, source="telephone", now=now)
    message = SingleMessage(key=1, address="fiona@barset.example", person_id=fiona.pk)
    assert clear(message, now=now) == {}
    assert ClearanceVerdict.objects.get().person == fiona


def test_an_objection_to_service_stops_service_by_address_too_and_leaves_the_account(
    fiona: Person, now: datetime
) -> None:
    object_to_contact(person=fiona, channel="email", purpose="service", source="telephone", now=now)
    known = SingleMessage(key=1, address="fiona@barset.example", person_id=fiona.pk)
    unknown = SingleMessage(key=2, address="Fiona+petition@barset.example")
    assert clear(known, unknown, now=now) == {1: "suppressed", 2: "suppressed"}
    assert clear(known, now=now, purpose="account") == {}


def test_an_address_that_fails_for_good_is_refused_until_somebody_uses_it_again(
    fiona: Person, now: datetime
) -> None:
    ContactPoint.objects.update(unusable_at=now)
    assert clear(SingleMessage(key=1, address="fiona@barset.example"), now=now) == {1: "address-failing"}
    cast.make_person(name="Gwen Gray", email="fiona@barset.example")
    assert clear(SingleMessage(key=1, address="fiona@barset.example"), now=now) == {}


def test_an_erased_person_gets_nothing(fiona: Person, now: datetime) -> None:
    Person.objects.update(erased_at=now)
    message = SingleMessage(key=1, address="fiona@barset.example", person_id=fiona.pk)
    assert clear(message, now=now) == {1: "erased"}


def test_several_messages_to_one_person_keep_one_verdict(fiona: Person, now: datetime) -> None:
    good = SingleMessage(key=1, address="fiona@barset.example", person_id=fiona.pk)
    bad = SingleMessage(key=2, address="nowhere", person_id=fiona.pk)
    assert clear(good, bad, now=now) == {2: "no-address"}
    assert ClearanceVerdict.objects.get().reason == "no-address"


def test_marketing_does_not_pass_here(fiona: Person, now: datetime) -> None:
    with pytest.raises(NotForMarketing):
        clear(SingleMessage(key=1, address="fiona@barset.example"), now=now, purpose="campaign")
