"""Contact rate, neglect and intentions."""

from datetime import datetime, timedelta

import pytest

from hustings.accounts.access import Scope
from hustings.contacts.queries import (
    contact_rate_by_ward,
    contacts_by_day,
    intentions_by_party,
    latest_intention,
    people_not_contacted_since,
)
from hustings.contacts.usecases.record_contact import record_contact
from hustings.contacts.usecases.record_intention import record_intention
from hustings.elections.models import Party
from hustings.people.models import ContactPoint, Person
from tests.contacts import cast
from tests.register.electors import list_elector, make_version

pytestmark = pytest.mark.django_db
EMAIL = (("email", "campaign"),)


def test_wards_most_neglected_first(now: datetime) -> None:
    cast.make_places()
    cast.make_person(
        name="Ada One", last_contacted_at=now - timedelta(days=10), email="a@z.example", consents=EMAIL
    )
    cast.make_person(name="Bea Two", last_contacted_at=now - timedelta(days=200))
    cast.make_person(name="Cat Three", ward=cast.PLUMSTEAD)
    cast.make_person(name="Nowhere Four", ward=None)
    wards = contact_rate_by_ward(since=now - timedelta(days=90))
    assert [ward.name for ward in wards] == ["Plumstead Episcopi", "Ullathorne", ""]
    ullathorne = wards[1]
    assert (ullathorne.people, ullathorne.reachable, ullathorne.contacted, ullathorne.never) == (2, 1, 1, 0)
    assert ullathorne.contact_rate == 0.5
    assert ullathorne.neglected == 1


def test_electors_met_at_the_door_count_by_ward_and_once(now: datetime) -> None:
    places = cast.make_places()
    cast.make_person(name="Ada One")
    version = make_version(area=places[cast.EAST], now=now)
    met, away = (
        list_elector(version=version, now=now, name=name, ward=places[cast.ULLATHORNE])
        for name in ("Met Once", "Not In")
    )
    far = list_elector(version=version, now=now, name="Far Off", ward=places[cast.COURCY])
    for elector, outcome in ((met, "spoke"), (met, "spoke"), (away, "no_answer"), (far, "spoke")):
        record_contact(channel="door", purpose="campaign", outcome=outcome, at=now, elector_id=elector.pk)
    since = now - timedelta(days=90)
    found = {ward.code: (ward.people, ward.electors_met) for ward in contact_rate_by_ward(since=since)}
    assert found == {cast.ULLATHORNE: (1, 1), cast.COURCY: (0, 1)}
    mine = Scope(is_everything=False, codes=frozenset({cast.ULLATHORNE}))
    assert [ward.code for ward in contact_rate_by_ward(since=since, scope=mine)] == [cast.ULLATHORNE]
    assert contact_rate_by_ward(since=now + timedelta(days=1))[0].electors_met == 0


def test_reachable_needs_consent_and_a_usable_address(now: datetime) -> None:
    cast.make_places()
    cast.make_person(name="No Consent", email="a@z.example")
    cast.make_person(name="No Address", consents=EMAIL)
    bounced = cast.make_person(name="Bad Address", email="b@z.example", consents=EMAIL)
    ContactPoint.objects.filter(person=bounced).update(unusable_at=now)
    cast.make_person(name="Land Line", phone="01632 960123", consents=(("sms", "campaign"),))
    cast.make_person(name="Mobile Phone", phone="07700 900123", consents=(("sms", "campaign"),))
    cast.make_person(name="By Phone", phone="01632 960124", consents=(("call", "campaign"),))
    (ward,) = contact_rate_by_ward(since=now)
    assert (ward.people, ward.reachable) == (6, 2)


def test_erased_merged_and_gone_are_left_out(now: datetime) -> None:
    cast.make_places()
    kept = cast.make_person(name="Kept Person")
    for change in ({"erased_at": now}, {"merged_into": kept}, {"gone_at": now}):
        other = cast.make_person(name="Other Person")
        Person.objects.filter(pk=other.pk).update(**change)
    (ward,) = contact_rate_by_ward(since=now)
    assert ward.people == 1


def test_scope_hides_other_patches(now: datetime) -> None:
    cast.make_places()
    cast.make_person(name="East Resident")
    cast.make_person(name="West Resident", ward=cast.COURCY)
    cast.make_person(name="Nowhere Resident", ward=None)
    scope = Scope(is_everything=False, codes=frozenset({cast.WEST, cast.COURCY}))
    assert [ward.name for ward in contact_rate_by_ward(since=now, scope=scope)] == ["Courcy"]
    assert [str(person) for person in people_not_contacted_since(since=now, scope=scope)] == ["West Resident"]


def test_longest_neglected_first(now: datetime) -> None:
    cast.make_places()
    cast.make_person(name="Lately", last_contacted_at=now - timedelta(days=1))
    cast.make_person(name="Older", last_contacted_at=now - timedelta(days=100))
    cast.make_person(name="Oldest", last_contacted_at=now - timedelta(days=300))
    cast.make_person(name="Never")
    found = people_not_contacted_since(since=now - timedelta(days=90))
    assert [person.given_name for person in found] == ["Never", "Oldest", "Older"]


def test_intentions_count_each_person_once(now: datetime) -> None:
    cast.make_organisation()
    cast.make_places()
    greens = Party.objects.create(name="Example Greens")
    ada, bea = cast.make_person(name="Ada"), cast.make_person(name="Bea")
    record_intention(person=ada, choice="undecided", source="door", now=now - timedelta(days=2))
    record_intention(person=ada, choice="party", party=greens, source="door", now=now)
    record_intention(person=bea, choice="wont_say", source="door", now=now)
    counts = {(count.choice, count.party): count.people for count in intentions_by_party()}
    assert counts == {("party", "Example Greens"): 1, ("wont_say", ""): 1}
    latest = latest_intention(person_id=ada.pk)
    assert latest is not None
    assert latest.party == greens


def test_contacts_by_day(now: datetime) -> None:
    cast.make_places()
    ada = cast.make_person(name="Ada")
    for days in (0, 0, 1):
        record_contact(
            person_id=ada.pk,
            channel="door",
            purpose="campaign",
            outcome="spoke",
            at=now - timedelta(days=days),
        )
    assert list(contacts_by_day(since=now - timedelta(days=7))) == [
        ("2026-03-29", "door", 1),
        ("2026-03-30", "door", 2),
    ]
