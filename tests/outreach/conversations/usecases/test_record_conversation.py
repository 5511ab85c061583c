"""A conversation: the contact always, opinions only on a basis, objections on every key and once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.contacts.models import Contact, Intention, Issue, IssueRaised
from hustings.contacts.usecases.record_intention import WrongIntention
from hustings.elections.models import Election, Party
from hustings.outreach.conversations.rules.answers import Answer, Wish
from hustings.outreach.conversations.usecases.record_conversation import (
    Conversation,
    WrongConversation,
    record_conversation,
)
from hustings.people.models import Channel, ContactPoint, Person, Suppression
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.record_person import record_person
from hustings.register.models import Elector, Match, MatchState
from hustings.register.usecases.keep_matches import join_keys
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def gwen(cast: Cast, now: datetime) -> Person:
    return record_person(
        source="test", now=now, given_name="Gwen", family_name="Proudie", phone="07700 900111", address_line="3 Mill Lane",
        postcode="ZZ1 1AA",
    )  # fmt: skip


@pytest.fixture
def greens(db: None) -> Party:
    return Party.objects.create(name="Example Greens")


@pytest.fixture
def buses(db: None) -> Issue:
    return Issue.objects.create(name="Buses")


def _record(now: datetime, **given: Any) -> Conversation:
    return record_conversation(
        **{
            "channel": "call", "purpose": "campaign", "label": "Spring calls", "outcome": "spoke", "at": now, "now": now, **given
        }
    )  # fmt: skip


def test_a_talk_with_a_person_keeps_contact_intention_and_issues(
    cast: Cast, gwen: Person, greens: Party, buses: Issue, now: datetime
) -> None:
    poll = Election.objects.create(
        id="local.barset.2026-05-07", kind="local", title="Barset", poll_on="2026-05-07"
    )
    said = Answer(choice="party", party_id=greens.pk, election_id=poll.pk, issue_ids=(buses.pk,))
    kept = _record(now + timedelta(days=1), person=gwen, answer=said, at=now, by=cast.bob)
    assert (kept.contact.person_id, kept.contact.outcome, kept.contact.by) == (gwen.pk, "spoke", cast.bob)
    assert kept.intention is not None
    assert (kept.intention.party, kept.intention.election, kept.intention.at) == (greens, poll, now)
    assert kept.intention.contact == kept.contact
    assert [raised.issue for raised in kept.issues] == [buses]
    assert kept.not_kept == ()
    assert kept.objection is None
    gwen.refresh_from_db()
    assert gwen.last_contacted_at == now


def test_without_a_basis_the_contact_is_kept_and_the_opinion_is_not(
    gwen: Person, greens: Party, buses: Issue, now: datetime
) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    said = Answer(choice="party", party_id=greens.pk, issue_ids=(buses.pk,))
    kept = _record(now, person=gwen, answer=said)
    assert Contact.objects.get() == kept.contact
    assert not Intention.objects.exists()
    assert not IssueRaised.objects.exists()
    assert ["explicit consent" in str(refused) for refused in kept.not_kept] == [True, True]


def test_would_rather_not_say_is_always_kept(gwen: Person, now: datetime) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    kept = _record(now, person=gwen, answer=Answer(choice="wont_say"))
    assert kept.intention is not None
    assert kept.not_kept == ()


def test_no_more_calls_stops_calls_alone_and_is_kept_once(gwen: Person, now: datetime) -> None:
    first = _record(now, person=gwen, outcome="objected")
    second = _record(now, person=gwen, outcome="spoke", wish=Wish.NOT_THIS_WAY)
    assert first.objection == second.objection
    assert Suppression.objects.values("objection").distinct().count() == 1
    for channel, is_stopped in ((Channel.CALL, True), (Channel.EMAIL, False)):
        stopped = suppressed_person_ids(person_ids=[gwen.pk], channel=channel, purpose="campaign")
        assert (gwen.pk in stopped.definite) is is_stopped, channel


def test_no_contact_at_all_stops_everything_and_keeps_no_opinion(gwen: Person, now: datetime) -> None:
    _record(now, person=gwen, outcome="objected")
    kept = _record(now, person=gwen, wish=Wish.NOT_AT_ALL, answer=Answer(choice="undecided"))
    assert kept.intention is None
    assert "no profiling" in str(kept.not_kept[0])
    assert gwen.pk in suppressed_person_ids(person_ids=[gwen.pk], channel="post", purpose="campaign").definite


def test_an_objection_made_since_wins_over_answers_on_paper(
    gwen: Person, greens: Party, now: datetime
) -> None:
    object_to_contact(person=gwen, source="own page", now=now + timedelta(days=1))
    said = Answer(choice="party", party_id=greens.pk)
    kept = _record(now + timedelta(days=2), person=gwen, at=now, answer=said)
    assert not Intention.objects.exists()
    assert [refused.code for refused in kept.not_kept] == ["objected"]


def test_whoever_is_gone_is_marked_so(gwen: Person, now: datetime) -> None:
    _record(now, person=gwen, outcome="gone")
    gwen.refresh_from_db()
    assert gwen.gone_at == now


def test_an_elector_alone_answers_and_objects(greens: Party, buses: Issue, cast: Cast, now: datetime) -> None:
    elector = Elector.objects.create(first_seen_at=now)
    said = Answer(choice="party", party_id=greens.pk, issue_ids=(buses.pk,))
    kept = _record(now, channel="door", elector=elector, answer=said, wish=Wish.NOT_THIS_WAY)
    assert kept.contact.elector == elector
    assert kept.intention is not None
    assert "register alone" in str(kept.not_kept[0])
    assert {row.kind for row in Suppression.objects.all()} == {"elector"}


def test_an_electors_objection_finds_the_person_matched_later(gwen: Person, now: datetime) -> None:
    elector = Elector.objects.create(first_seen_at=now)
    _record(now, channel="door", elector=elector, outcome="objected")
    assert not suppressed_person_ids(person_ids=[gwen.pk], channel="door", purpose="campaign").definite
    Match.objects.create(
        person=gwen,
        elector=elector,
        state=MatchState.MATCHED,
        weight=9,
        probability=0.99,
        method="test",
        at=now,
    )
    join_keys(pairs=[(gwen.pk, elector.pk)])
    assert suppressed_person_ids(person_ids=[gwen.pk], channel="door", purpose="campaign").definite == {
        gwen.pk
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"channel": "email"}, "channel"),
        ({"outcome": "delivered"}, "outcome"),
        ({"outcome": "no_answer", "answer": Answer(choice="undecided")}, "answer"),
    ],
)
def test_what_does_not_fit_stores_nothing(
    gwen: Person, now: datetime, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(WrongConversation) as refused:
        _record(now, person=gwen, **given)
    assert refused.value.code == code
    assert not Contact.objects.exists()


def test_a_party_without_its_name_stores_nothing(gwen: Person, now: datetime) -> None:
    with pytest.raises(WrongIntention):
        _record(now, person=gwen, answer=Answer(choice="party"))
    assert not Contact.objects.exists()


def test_exactly_one_subject(gwen: Person, now: datetime) -> None:
    elector = Elector.objects.create(first_seen_at=now)
    for given in ({}, {"person": gwen, "elector": elector}):
        with pytest.raises(WrongConversation):
            _record(now, **given)


def test_the_number_itself_is_stopped_too(gwen: Person, now: datetime) -> None:
    """A household's number: whoever signs up with it later is not rung either."""
    _record(now, person=gwen, outcome="objected")
    other = record_person(source="test", now=now, given_name="Hal", family_name="Bold", phone="07700 900111")
    assert ContactPoint.objects.filter(person=other).exists()
    assert (
        other.pk in suppressed_person_ids(person_ids=[other.pk], channel="call", purpose="campaign").definite
    )
