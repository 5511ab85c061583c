"""A verified access request shows matches and the register entry; erasing and merging are answered for."""

from datetime import UTC, date, datetime

import pytest

from hustings.basics.clock import clock_set_to
from hustings.register.models import Match, MatchState
from hustings.register.personal_data import SOCKET
from hustings.register.queries import standing_elector_ids
from hustings.register.usecases.match_people import match_people
from hustings.register.usecases.match_person import match_person
from tests.register.conftest import Import
from tests.register.usecases.conftest import MakePerson, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 30)
__all__ = ["make_person"]


def test_export_shows_the_match_and_the_entry(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    alice = make_person("Alice", "Archer", address_line="1 Mill Street")
    match_person(person_id=alice.pk, now=now, on=TODAY)
    exported = SOCKET.export(person_id=alice.pk)
    (match,) = exported["Whether we found you on the electoral register"]
    assert match["state"] == "matched"
    assert match["compared"]["surname"] == "same"
    (entry,) = exported["Your entry on the electoral register"]
    assert entry["elector number"] == "AA-1"
    assert entry["name"] == "Alice Mary Archer"
    with clock_set_to(datetime(2027, 2, 1, tzinfo=UTC)):
        (note,) = SOCKET.export(person_id=alice.pk)["Your entry on the electoral register"]
    assert "may read" in note["note"]


def test_export_of_somebody_unmatched_is_empty(load: Import, make_person: MakePerson) -> None:
    load()
    assert not any(SOCKET.export(person_id=make_person("No", "Body").pk).values())


def test_erasing_deletes_the_matches(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    alice = make_person("Alice", "Archer")
    match_person(person_id=alice.pk, now=now, on=TODAY)
    assert SOCKET.erase(person_id=alice.pk, now=now) == 1
    assert not Match.objects.exists()


def test_merging_keeps_one_standing_match_and_can_be_undone(
    load: Import, make_person: MakePerson, now: datetime
) -> None:
    load()
    kept, merged = make_person("Alice", "Archer"), make_person("Robert", "Archer")
    match_people(now=now, on=TODAY)
    before = sorted(Match.objects.values_list("pk", "person", "state"))
    moved = SOCKET.merge(kept_id=kept.pk, merged_id=merged.pk, now=now)
    assert set(Match.objects.values_list("person", flat=True)) == {kept.pk}
    assert len(standing_elector_ids(person_ids=[kept.pk, merged.pk])) == 1
    SOCKET.unmerge(kept_id=kept.pk, merged_id=merged.pk, moved=moved)
    assert sorted(Match.objects.values_list("pk", "person", "state")) == before


def test_merging_hands_over_the_only_match(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    kept, merged = make_person("Quill", "Zebedee"), make_person("Alice", "Archer")
    match_people(now=now, on=TODAY)
    SOCKET.merge(kept_id=kept.pk, merged_id=merged.pk, now=now)
    assert Match.objects.get(state=MatchState.MATCHED).person_id == kept.pk
