"""The consents in force are exactly what the receipts say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hustings.people.models import Consent, ConsentWording, Person
from hustings.people.usecases import (
    ConsentRow,
    rebuild_consents,
    record_consents,
    record_person,
    wording_for,
)
from hustings.people.usecases.rebuild_consents import consents_from_receipts

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def people(now: datetime) -> list[Person]:
    return [
        record_person(given_name="Ann", email=f"ann{n}@barset.example", source="test", now=now)
        for n in range(2)
    ]


@pytest.fixture
def wording(now: datetime) -> ConsentWording:
    return wording_for(key="k", text="Yes", now=now)


acts = st.lists(
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from(["email", "sms"]),
            st.sampled_from(["campaign", "fundraising"]),
            st.booleans(),
            st.integers(0, 5),
        ),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts)
def test_what_is_in_force_follows_from_the_receipts(
    people: list[Person], wording: ConsentWording, lists: list[list[tuple[int, str, str, bool, int]]]
) -> None:
    for one_list in lists:
        record_consents(
            rows=[
                ConsentRow(
                    person_id=people[who].pk,
                    channel=channel,
                    purpose=purpose,
                    is_given=is_given,
                    wording=wording,
                    at=START + timedelta(days=day),
                    evidence={"row": 1},
                )
                for who, channel, purpose, is_given, day in one_list
            ],
            source="list",
        )
    expected = consents_from_receipts(person_ids=[person.pk for person in people])
    held = {
        (consent.person_id, consent.channel, consent.purpose): consent.event
        for consent in Consent.objects.all()
    }
    assert held == expected
    assert rebuild_consents().is_sound


def test_what_was_damaged_is_mended(people: list[Person], wording: ConsentWording) -> None:
    record_consents(
        rows=[
            ConsentRow(
                person_id=person.pk,
                channel=channel,
                purpose="campaign",
                is_given=True,
                wording=wording,
                at=START,
                evidence={"row": 1},
            )
            for person in people
            for channel in ("email", "sms")
        ],
        source="list",
    )
    first, second, third, _ = Consent.objects.order_by("pk")
    Consent.objects.filter(pk=first.pk).update(is_given=False)
    Consent.objects.filter(pk=second.pk).delete()
    Consent.objects.filter(pk=third.pk).update(purpose="fundraising")
    rebuilt = rebuild_consents()
    assert (rebuilt.people, rebuilt.added, rebuilt.changed, rebuilt.removed) == (2, 2, 1, 1)
    assert Consent.objects.filter(is_given=True, purpose="campaign").count() == 4
    assert rebuild_consents().is_sound
