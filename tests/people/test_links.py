"""Signed links open for whom they were made, for as long as they say."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.people.models import Person
from hustings.people.queries import (
    LinkExpired,
    NotALink,
    UnsubscribeChoice,
    person_of_link,
    preference_link,
    preference_token,
    read_unsubscribe_token,
    unsubscribe_token,
)
from hustings.people.queries.links import LINK_DAYS
from hustings.people.usecases import record_person


@pytest.fixture
def fiona(db: None, now: datetime) -> Person:
    return record_person(given_name="Fiona", source="test", now=now)


def test_a_link_leads_to_its_person(fiona: Person, now: datetime) -> None:
    link = preference_link(person=fiona)
    assert link.startswith("http")
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert person_of_link(token=token, now=now) == fiona
    assert len(token) < 50


def test_a_link_expires(fiona: Person, now: datetime) -> None:
    token = preference_token(person=fiona, on=date(2026, 3, 30))
    assert person_of_link(token=token, now=now + timedelta(days=LINK_DAYS)) == fiona
    with pytest.raises(LinkExpired):
        person_of_link(token=token, now=now + timedelta(days=LINK_DAYS + 1))


def test_the_link_of_a_merged_person_leads_to_the_one_kept(fiona: Person, now: datetime) -> None:
    other = record_person(given_name="Fi", email="fi@barset.example", source="test", now=now)
    token = preference_token(person=other)
    Person.objects.filter(pk=other.pk).update(merged_into=fiona)
    assert person_of_link(token=token, now=now) == fiona
    Person.objects.filter(pk=fiona.pk).update(erased_at=now)
    with pytest.raises(LinkExpired):
        person_of_link(token=token, now=now)


def test_an_altered_link_opens_nothing(fiona: Person, now: datetime) -> None:
    token = preference_token(person=fiona)
    for place in range(len(token) - 1):
        altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(NotALink):
            person_of_link(token=altered, now=now)


def test_one_kind_of_link_is_not_another(fiona: Person, now: datetime) -> None:
    with pytest.raises(NotALink):
        read_unsubscribe_token(token=preference_token(person=fiona))
    with pytest.raises(NotALink):
        person_of_link(token=unsubscribe_token(person_id=fiona.pk, channel="", purpose=""), now=now)


@given(st.text(max_size=60))
def test_rubbish_opens_nothing(text: str) -> None:
    with pytest.raises(NotALink):
        read_unsubscribe_token(token=text)


@given(
    person_id=st.integers(1, 2**40),
    channel=st.sampled_from(["", "email", "sms"]),
    purpose=st.sampled_from(["", "campaign", "fundraising"]),
)
def test_an_unsubscribe_link_says_what_was_put_in(person_id: int, channel: str, purpose: str) -> None:
    token = unsubscribe_token(person_id=person_id, channel=channel, purpose=purpose)
    assert read_unsubscribe_token(token=token) == UnsubscribeChoice(person_id, channel, purpose)
