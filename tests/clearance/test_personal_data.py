"""What clearance says, keeps and moves of one person."""

from datetime import datetime

import pytest

from hustings.clearance.models import ClearanceVerdict
from hustings.clearance.personal_data import SOCKET
from hustings.clearance.usecases import clear_audience
from hustings.people.models import Person
from tests.contacts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(now: datetime) -> list[Person]:
    cast.make_organisation()
    cast.make_places()
    found = [
        cast.make_person(name=name, phone=f"07700 90000{n}")
        for n, name in enumerate(("Ada Ames", "Ada Aims"))
    ]
    for asked in (found, found[1:]):
        clear_audience(
            people=[one.pk for one in asked],
            channel="call",
            purpose="campaign",
            copy=None,
            now=now,
            asked_by=None,
        )
    clear_audience(
        people=[found[0].pk], channel="email", purpose="service", copy=None, now=now, asked_by=None
    )
    return found


def test_the_answers_are_told_in_words(people: list[Person]) -> None:
    rows = SOCKET.export(person_id=people[0].pk)["Whether we might contact you"]
    assert [(row["channel"], row["answer"]) for row in rows] == [
        ("telephone", "yes"),
        ("email", "No email address"),
    ]


def test_erasing_keeps_the_counts(people: list[Person], now: datetime) -> None:
    before = ClearanceVerdict.objects.count()
    assert SOCKET.erase(person_id=people[0].pk, now=now) == 0
    assert ClearanceVerdict.objects.count() == before


def test_merging_moves_what_does_not_collide_and_undoing_moves_exactly_that_back(
    people: list[Person], now: datetime
) -> None:
    kept, merged = people
    moved = SOCKET.merge(kept_id=kept.pk, merged_id=merged.pk, now=now)
    assert len(moved["clearance.ClearanceVerdict"]) == 1
    assert ClearanceVerdict.objects.filter(person=kept).count() == 3
    SOCKET.unmerge(kept_id=kept.pk, merged_id=merged.pk, moved=moved)
    assert ClearanceVerdict.objects.filter(person=merged).count() == 2
