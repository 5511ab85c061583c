"""A person changes what they agree to, and only that."""

from datetime import datetime

import pytest

from hustings.people.models import Person, Suppression
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases import (
    Choice,
    change_preferences,
    object_to_contact,
    record_person,
    stop_everything,
    wording_for,
)
from hustings.people.usecases.change_preferences import is_never

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiona(now: datetime) -> Person:
    return record_person(
        given_name="Fiona",
        family_name="Fishwick",
        email="fiona@barset.example",
        postcode="ZZ1 1AA",
        address_line="12 Mill Lane",
        source="page",
        now=now,
    )


def change(
    person: Person,
    now: datetime,
    *ticked: str,
    shown: tuple[str, ...] = (),
    never: dict[str, bool] | None = None,
) -> int:
    choices = [
        Choice(
            channel=box.partition("/")[0],
            purpose=box.partition("/")[2],
            wording=wording_for(key=f"preferences {box}", text=f"Words of {box}", now=now),
            is_ticked=box in ticked,
        )
        for box in (*ticked, *shown)
    ]
    return change_preferences(
        person=person, choices=choices, never=never or {}, evidence={"page": "preferences"}, now=now
    )


def given(person: Person) -> set[str]:
    return {f"{c.channel}/{c.purpose}" for c in person.consents.filter(is_given=True)}


def is_blocked(person: Person, channel: str, purpose: str = "campaign") -> bool:
    return bool(suppressed_person_ids(person_ids=[person.pk], channel=channel, purpose=purpose).everyone)


def test_what_differs_is_recorded_with_its_words(fiona: Person, now: datetime) -> None:
    assert change(fiona, now, "email/campaign", shown=("email/fundraising",)) == 1
    assert given(fiona) == {"email/campaign"}
    event = fiona.consent_events.get()
    assert event.wording is not None
    assert (event.wording.text, event.source) == ("Words of email/campaign", "preferences page")
    assert change(fiona, now, "email/campaign", shown=("email/fundraising",)) == 0
    assert change(fiona, now, shown=("email/campaign",)) == 1
    assert given(fiona) == set()
    assert not Suppression.objects.exists()


def test_what_was_not_shown_stays(fiona: Person, now: datetime) -> None:
    change(fiona, now, "email/campaign", "post/campaign")
    change(fiona, now, shown=("email/campaign",))
    assert given(fiona) == {"post/campaign"}


def test_unticking_post_is_kept_as_an_objection(fiona: Person, now: datetime) -> None:
    change(fiona, now, "post/campaign")
    change(fiona, now, shown=("post/campaign",))
    assert is_blocked(fiona, "post")
    assert not is_blocked(fiona, "post", "fundraising")
    change(fiona, now, "post/campaign")
    assert not is_blocked(fiona, "post")


def test_never_stops_a_channel_and_can_be_taken_back(fiona: Person, now: datetime) -> None:
    assert change(fiona, now, "post/campaign", never={"post": True, "email": False}) == 1
    assert is_never(person=fiona, channel="post")
    assert given(fiona) == set()
    assert change(fiona, now, never={"post": True}) == 0
    assert change(fiona, now, "post/campaign", never={"post": False}) == 2
    assert not is_blocked(fiona, "post", "volunteering")
    assert given(fiona) == {"post/campaign"}


def test_stopping_everything_and_beginning_again(fiona: Person, now: datetime) -> None:
    change(fiona, now, "email/campaign", "post/fundraising")
    objection = stop_everything(person=fiona, source="page", now=now)
    assert stop_everything(person=fiona, source="page", now=now) == objection
    assert given(fiona) == set()
    assert all(is_blocked(fiona, channel) for channel in ("email", "sms", "call", "post", "door"))
    change(fiona, now, "email/campaign", never={"email": False, "post": True})
    assert not is_blocked(fiona, "email")
    assert is_blocked(fiona, "post")
    assert stop_everything(person=fiona, source="page", now=now) != objection
    assert is_blocked(fiona, "email")


def test_somebody_elses_objection_is_not_lifted(fiona: Person, now: datetime) -> None:
    frank = record_person(
        given_name="F",
        family_name="Fishwick",
        email="frank@barset.example",
        postcode="ZZ1 1AA",
        address_line="12 Mill Lane",
        source="page",
        now=now,
    )
    object_to_contact(person=fiona, channel="post", source="letter", now=now)
    change(frank, now, "post/campaign", never={"post": False})
    assert is_blocked(fiona, "post")
    assert is_blocked(frank, "post")
