"""The number on the person's row always says what the consents in force say."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hustings.people.models import MARKETING_PURPOSES, Channel, Consent, Person
from hustings.people.rules.agreed import agreed_number
from hustings.people.usecases import (
    ConsentRow,
    erase_person,
    merge_people,
    record_consents,
    record_person,
    undo_merge,
    wording_for,
)

pytestmark = pytest.mark.django_db

acts = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from([*Channel.values, ""]),
        st.sampled_from([*MARKETING_PURPOSES, "opinion"]),
        st.booleans(),
        st.integers(0, 4),
    ),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=acts, is_merged=st.booleans(), is_undone=st.booleans())
def test_the_number_follows_the_consents(
    now: datetime, acts: list[tuple[int, str, str, bool, int]], is_merged: bool, is_undone: bool
) -> None:
    people = [
        record_person(given_name="Ann", family_name=f"No {n}", source="test", now=now) for n in range(2)
    ]
    wording = wording_for(key="k", text="Yes", now=now)
    for which, channel, purpose, is_given, hours in acts:
        row = ConsentRow(
            person_id=people[which].pk,
            channel=channel,
            purpose=purpose,
            is_given=is_given,
            wording=wording,
            at=now + timedelta(hours=hours),
            evidence={"test": 1},
        )
        record_consents(rows=[row], source="test")
    if is_merged:
        merge = merge_people(kept=people[0], merged=people[1], reason="the same", now=now)
        if is_undone:
            undo_merge(merge=merge, now=now)
    for person in people:
        given_now = Consent.objects.filter(person=person, is_given=True).values_list("channel", "purpose")
        assert Person.objects.get(pk=person.pk).agreed == agreed_number(consents=given_now)


def test_erasing_leaves_nothing_of_it(now: datetime) -> None:
    person = record_person(given_name="Ann", email="ann@barset.example", source="test", now=now)
    row = ConsentRow(
        person_id=person.pk,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="k", text="Yes", now=now),
        at=now,
        evidence={"test": 1},
    )
    record_consents(rows=[row], source="test")
    person.refresh_from_db()
    assert person.agreed == 1
    erase_person(person=person, now=now)
    person.refresh_from_db()
    assert person.agreed == 0
