"""Consent by word of mouth: receipts with their words, people made of electors once, objections that stand."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.basics.refusals import Refusal
from hustings.contacts.models import Contact, Intention, Issue, IssueRaised
from hustings.outreach.conversations.rules.agreements import Agreed
from hustings.outreach.conversations.rules.answers import Answer, Wish
from hustings.outreach.conversations.usecases.offer_words import offer_words
from hustings.outreach.conversations.usecases.record_conversation import Conversation, record_conversation
from hustings.outreach.conversations.usecases.write_what_was_agreed import write_what_was_agreed
from hustings.people.models import Consent, ConsentEvent, ContactPoint, Person
from hustings.people.queries import suppressed_person_ids
from hustings.people.rules.keys import email_key
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.record_person import record_person
from hustings.postroom.models import Message
from hustings.register.models import Elector, Match, MatchState
from hustings.register.usecases.decide_match import reject_match, undo_decision
from tests.cast import Cast
from tests.register.electors import list_elector, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def gwen(cast: Cast, now: datetime) -> Person:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    return record_person(
        source="test", now=now, given_name="Gwen", family_name="Proudie", phone="07700 900111", address_line="3 Mill Lane",
        postcode="ZZ1 1AA",
    )  # fmt: skip


@pytest.fixture
def alma(cast: Cast, now: datetime) -> Elector:
    """Alma, known from the register alone, by an organisation that is no party."""
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    return list_elector(
        version=make_version(area=cast.district, now=now), now=now, name="Alma Grantly", address="1 Mill Lane",
        postcode="ZZ1 1AB", ward=cast.east,
    )  # fmt: skip


def _yes(*channels: str, now: datetime, at_door: bool = True, **given: str) -> Agreed:
    """Agreed to these channels, “opinion” for the keeping of opinions, in the words of today."""
    offers = offer_words(channel="door" if at_door else "call", now=now)
    found = {offer.channel or "opinion": offer.value for offer in offers}
    return Agreed(offers=tuple(found[channel] for channel in channels), **given)


def _record(now: datetime, **given: Any) -> Conversation:
    return record_conversation(
        **{
            "channel": "door", "purpose": "campaign", "label": "doors: Buses", "outcome": "spoke", "at": now, "now": now,
            "evidence": {"taken by": "Bob", "door": 4}, **given,
        }
    )  # fmt: skip


def test_consent_covers_what_was_said_in_the_same_breath(gwen: Person, cast: Cast, now: datetime) -> None:
    buses = Issue.objects.create(name="Buses")
    later = now + timedelta(days=2)
    kept = _record(
        later, at=now, person=gwen, answer=Answer(choice="undecided", issue_ids=(buses.pk,)), by=cast.bob,
        agreed=_yes("opinion", "email", "sms", now=now, email="Gwen@Barset.example "),
    )  # fmt: skip
    assert (kept.agreed, kept.not_kept) == ("OET", ())
    assert Intention.objects.get().person == gwen
    assert IssueRaised.objects.get().issue == buses
    receipts = ConsentEvent.objects.filter(person=gwen).order_by("pk")
    assert [(one.channel, one.purpose, one.at, one.source) for one in receipts] == [
        ("", "opinion", now, "doors: Buses"), ("email", "campaign", now, "doors: Buses"),
        ("sms", "campaign", now, "doors: Buses"),
    ]  # fmt: skip
    first = receipts[0]
    assert first.wording is not None
    assert first.wording.key == "conversation.any.opinion"
    assert "Barset Together keeps what you tell me" in first.wording.text
    assert first.recorded_by == cast.bob
    assert first.evidence == {
        "taken by": "Bob", "door": 4, "said": "aloud", "spoken with": "door", "entered": later.isoformat(),
    }  # fmt: skip
    point = ContactPoint.objects.get(kind="email")
    assert (point.canonical, point.verified_at, point.source) == ("gwen@barset.example", None, "doors: Buses")
    assert Contact.objects.get().person == gwen


def test_without_that_consent_the_opinion_is_dropped_as_ever(gwen: Person, now: datetime) -> None:
    kept = _record(now, person=gwen, answer=Answer(choice="undecided"), agreed=_yes("post", now=now))
    assert kept.agreed == "P"
    assert not Intention.objects.exists()
    assert [refused.code for refused in kept.not_kept] == ["no_basis"]


def test_an_elector_who_agrees_is_a_person_joined_by_hand_and_once(
    alma: Elector, cast: Cast, now: datetime
) -> None:
    agreed = _yes("opinion", "call", now=now, mobile="07700 900222")
    kept = _record(now, elector=alma, answer=Answer(choice="undecided"), agreed=agreed)
    person = Person.objects.get()
    assert (str(person), person.address_line, person.postcode) == ("Alma Grantly", "1 Mill Lane", "ZZ1 1AB")
    assert (person.ward, person.source) == (cast.east, "doors: Buses")
    match = Match.objects.get()
    assert (match.person, match.elector, match.state) == (person, alma, MatchState.ACCEPTED)
    assert (kept.contact.person, kept.contact.elector) == (person, None)
    assert Contact.objects.count() == 1
    assert Intention.objects.get().person == person
    _record(now, elector=alma, agreed=_yes("email", now=now, email="alma@barset.example"))
    assert Person.objects.get().contact_points.count() == 2
    undo_decision(match=match, by=cast.alice, now=now)
    assert not Match.objects.filter(state=MatchState.ACCEPTED).exists()


def test_somebody_of_that_name_at_that_house_is_meant_unless_found_to_be_another(
    alma: Elector, cast: Cast, now: datetime
) -> None:
    known = record_person(
        source="petition", now=now, given_name="Alma", family_name="Grantly", address_line="1 Mill Lane", postcode="ZZ1 1AB",
        email="alma@barset.example",
    )  # fmt: skip
    _record(now, elector=alma, agreed=_yes("email", now=now))
    assert Match.objects.get().person == known
    reject_match(match=Match.objects.get(), by=cast.alice, now=now)
    _record(now, elector=alma, agreed=_yes("post", now=now))
    assert Match.objects.get(state=MatchState.ACCEPTED).person != known


def test_without_a_register_that_may_be_read_nobody_is_made(alma: Elector, now: datetime) -> None:
    late = now + timedelta(days=400)
    kept = _record(late, elector=alma, agreed=_yes("post", now=now))
    assert (kept.contact.elector, kept.agreed) == (alma, "")
    assert [refused.code for refused in kept.not_kept] == ["nobody_on_file"]
    assert not Person.objects.exists()


def test_dot_is_17_and_the_gate_will_know(alma: Elector, now: datetime) -> None:
    """A petition takes a young person's consent too; how old they are is kept, and the gate weighs it."""
    alma.entries.update(attains_on=date(2026, 11, 1))
    _record(now, elector=alma, agreed=_yes("post", now=now))
    assert Person.objects.get().adult_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("given", "agrees", "code"),
    [
        ({"wish": Wish.NOT_AT_ALL}, ("post",), "contradiction"),
        ({"channel": "call", "outcome": "objected"}, ("call",), "contradiction"),
        ({"outcome": "no_answer"}, ("post",), "agreed"),
        ({}, ("email",), "email"),
    ],
)
def test_what_does_not_fit_stores_nothing(
    gwen: Person, now: datetime, given: dict[str, Any], agrees: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        _record(now, person=gwen, agreed=_yes(*agrees, now=now), **given)
    assert refused.value.code == code
    assert not Contact.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_post_is_agreed_to_at_the_door_that_one_stands_at(gwen: Person, now: datetime) -> None:
    """Also where only the register has their address."""
    Person.objects.update(address_line="")
    assert _record(now, person=gwen, agreed=_yes("post", now=now)).agreed == "P"


def test_words_that_were_never_read_are_no_consent(gwen: Person, now: datetime) -> None:
    for value in ("email.campaign.999999", "email.campaign.x", "door.campaign.1"):
        with pytest.raises(Refusal, match="could not be read"):
            _record(now, person=gwen, agreed=Agreed(offers=(value,)))


def test_not_here_again_but_by_email_go_together(gwen: Person, now: datetime) -> None:
    agreed = _yes("email", now=now, email="gwen@barset.example")
    kept = _record(now, person=gwen, outcome="objected", agreed=agreed)
    assert (kept.agreed, kept.not_kept) == ("E", ())
    stopped = suppressed_person_ids(person_ids=[gwen.pk], channel="door", purpose="campaign")
    assert gwen.pk in stopped.definite


def test_an_objection_from_before_stands_also_one_by_the_address_alone(
    gwen: Person, now: datetime, settings: Any
) -> None:
    key = email_key(secret=settings.HUSTINGS_SUPPRESSION_KEY, canonical="gwen@barset.example")
    object_to_contact(keys=[key], channel="email", source="old provider", now=now)
    agreed = _yes("email", now=now, email="gwen@barset.example")
    kept = _record(now + timedelta(days=1), person=gwen, agreed=agreed)
    assert [refused.code for refused in kept.not_kept] == ["objection_stands"]
    assert Consent.objects.get(channel="email").is_given
    stopped = suppressed_person_ids(person_ids=[gwen.pk], channel="email", purpose="campaign")
    assert gwen.pk in stopped.definite


def test_whoever_stopped_everything_agrees_to_no_profile_by_word(gwen: Person, now: datetime) -> None:
    object_to_contact(person=gwen, source="own page", now=now)
    later = now + timedelta(days=1)
    kept = _record(
        later, person=gwen, agreed=_yes("opinion", now=now), answer=Answer(choice="undecided")
    )  # fmt: skip
    assert (kept.agreed, Intention.objects.count(), ConsentEvent.objects.count()) == ("", 0, 0)
    assert [refused.code for refused in kept.not_kept] == ["opinion_stopped", "objected"]


def test_an_address_taken_by_ear_gets_the_link_to_their_choices(gwen: Person, now: datetime) -> None:
    _record(now, person=gwen, agreed=_yes("email", now=now, email="gwen@barset.example"))
    point = ContactPoint.objects.get(kind="email")
    assert write_what_was_agreed(contact_point_id=point.pk, said_at=now, now=now)
    message = Message.objects.get()
    assert (message.address, message.purpose) == ("gwen@barset.example", "service")
    assert "/preferences/" in str(message.fields["preferences_url"])
    Person.objects.update(erased_at=now)
    assert not write_what_was_agreed(contact_point_id=point.pk, said_at=now, now=now)


@pytest.mark.django_db(transaction=True)
def test_two_canvassers_at_the_same_moment_make_one_person(alma: Elector, now: datetime) -> None:
    """On both databases: whoever comes second finds the person whom the first made."""
    agreed = _yes("email", now=now, email="alma@barset.example")
    gate = threading.Barrier(4)
    faults: list[BaseException] = []

    def press() -> None:
        gate.wait()
        try:
            _record(now, elector=alma, agreed=agreed)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Person.objects.count() == Match.objects.filter(state=MatchState.ACCEPTED).count() == 1
    assert ContactPoint.objects.count() == 1
    assert Contact.objects.filter(person=Person.objects.get()).count() == 4
