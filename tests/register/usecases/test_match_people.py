"""People are matched to electors, one by one and all at once, reversibly and on record."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.accounts.access import EVERYTHING
from hustings.basics.clock import clock_set_to
from hustings.people.models import Person, PersonKey
from hustings.platform.importing.run_import import run_import
from hustings.platform.jobs import worker
from hustings.platform.models import AuditEntry
from hustings.platform.progress import Stopped
from hustings.register.access import EntitlementExpired, RegisterNotHeld
from hustings.register.jobs import match_everybody_again, match_signer
from hustings.register.models import Match, MatchRun, MatchState, RegisterEntry
from hustings.register.queries import is_matched, match_report, standing_elector_ids
from hustings.register.rules.matching.deciding import Verdict
from hustings.register.usecases.decide_match import NotOpen, accept_match, reject_match, undo_decision
from hustings.register.usecases.match_people import match_people
from hustings.register.usecases.match_person import NotToBeMatched, match_person
from tests.cast import Cast
from tests.register.conftest import ROWS, Import
from tests.register.usecases.conftest import MakePerson

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 30)
TWINS = (
    *ROWS,
    ("AA", "6", "0", "", "", "Ash", "John Arthur", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
    ("AA", "7", "0", "", "", "Ash", "John Brian", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
)


def _elector(number: str) -> int:
    district, _, rest = number.partition("-")
    place, _, suffix = rest.partition("/")
    return RegisterEntry.objects.get(
        version__is_current=True, district=district, number=int(place), suffix=int(suffix or 0)
    ).elector_id


def _rows(person: Person) -> list[tuple[str, int]]:
    return list(Match.objects.filter(person=person).order_by("pk").values_list("state", "elector"))


def test_one_who_is_on_the_register_is_matched(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    bob = make_person("Bob", "Archer", address_line="1 Mill St")
    assert match_person(person_id=bob.pk, now=now, on=TODAY) is Verdict.MATCHED
    match = Match.objects.get()
    assert match.elector_id == _elector("AA-2")
    assert match.evidence["forename"] == ["form", pytest.approx(match.evidence["forename"][1])]
    assert match.weight == pytest.approx(sum(part[1] for part in match.evidence.values()), abs=0.01)
    assert "Archer" not in str(match.evidence)
    assert is_matched(person_id=bob.pk)
    assert standing_elector_ids(person_ids=[bob.pk]) == {bob.pk: match.elector_id}


def test_a_relative_at_the_same_door_is_not(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    dot = make_person("Susannah", "Archer", address_line="1 Mill St")
    assert match_person(person_id=dot.pk, now=now, on=TODAY) is Verdict.NONE
    assert not Match.objects.exists()


def test_anonymous_electors_are_nobodys_match(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    nameless = make_person("A", "", postcode="")
    assert match_person(person_id=nameless.pk, now=now, on=TODAY) is Verdict.NONE


def test_many_at_once_find_what_one_by_one_finds(
    load: Import, make_person: MakePerson, now: datetime
) -> None:
    load(TWINS)
    people = [
        make_person("Alice", "Archer"),
        make_person("Robert", "Archer", postcode="zz11aa"),
        make_person("Malgorzata", "Nowak", postcode="ZZ1 1AB", address_line="flat 2, 6 mill st"),
        make_person("John", "Ash", postcode="ZZ1 1AB"),
        make_person("Nobody", "Else"),
    ]
    singly = {}
    for person in people:
        match_person(person_id=person.pk, now=now, on=TODAY)
        singly[person.pk] = sorted(
            Match.objects.filter(person=person).values_list("elector", "state", "weight", "evidence__place")
        )
    Match.objects.all().delete()
    run = match_people(now=now, on=TODAY)
    assert (run.people, run.matched, run.unsure, run.none, run.kept) == (5, 3, 1, 1, 0)
    for person in people:
        found = Match.objects.filter(person=person).values_list(
            "elector", "state", "weight", "evidence__place"
        )
        assert sorted(found) == singly[person.pk]
    assert Match.objects.filter(person=people[3], state=MatchState.UNSURE).count() == 2


def test_a_second_run_changes_nothing(load: Import, make_person: MakePerson, now: datetime) -> None:
    load(TWINS)
    make_person("Alice", "Archer")
    make_person("John", "Ash", postcode="ZZ1 1AB")
    match_people(now=now, on=TODAY)
    before = list(Match.objects.order_by("pk").values())
    run = match_people(now=now, on=TODAY)
    assert list(Match.objects.order_by("pk").values()) == before
    assert (run.matched, run.unsure) == (1, 1)


def test_a_person_who_changes_is_matched_anew_and_the_old_row_stays(
    load: Import, make_person: MakePerson, now: datetime
) -> None:
    load()
    person = make_person("Alice", "Archer")
    match_people(now=now, on=TODAY)
    Person.objects.filter(pk=person.pk).update(given_name="Robert")
    match_people(now=now, on=TODAY)
    assert _rows(person) == [("superseded", _elector("AA-1")), ("matched", _elector("AA-2"))]
    Person.objects.filter(pk=person.pk).update(given_name="Zebedee", family_name="Quill")
    match_people(now=now, on=TODAY)
    assert not is_matched(person_id=person.pk)


def test_some_people_can_be_matched_alone(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    alice, robert = make_person("Alice", "Archer"), make_person("Robert", "Archer")
    run = match_people(now=now, on=TODAY, person_ids=[alice.pk])
    assert run.people == 1
    assert not is_matched(person_id=robert.pk)


def test_the_erased_and_the_merged_are_left_out(load: Import, make_person: MakePerson, now: datetime) -> None:
    load()
    alice, twin = make_person("Alice", "Archer"), make_person("Alice", "Archer")
    Person.objects.filter(pk=twin.pk).update(merged_into=alice)
    assert match_people(now=now, on=TODAY).people == 1
    with pytest.raises(NotToBeMatched):
        match_person(person_id=twin.pk, now=now, on=TODAY)


def test_nothing_is_matched_without_the_right_to_read(
    load: Import, make_person: MakePerson, now: datetime
) -> None:
    alice = make_person("Alice", "Archer")
    with pytest.raises(RegisterNotHeld):
        match_people(now=now, on=TODAY)
    with pytest.raises(RegisterNotHeld):
        match_person(person_id=alice.pk, now=now, on=TODAY)
    load()
    with pytest.raises(EntitlementExpired):
        match_people(now=now, on=date(2027, 1, 1))
    with pytest.raises(EntitlementExpired):
        match_person(person_id=alice.pk, now=now, on=date(2027, 1, 1))


def test_a_run_that_is_stopped_leaves_what_it_wrote(
    load: Import, make_person: MakePerson, now: datetime
) -> None:
    load()
    make_person("Alice", "Archer")

    class StopsWhileWriting:
        def report(self, *, done: int, total: int | None = None, note: str = "") -> None:
            if note == "writing":
                raise Stopped

    with pytest.raises(Stopped):
        match_people(now=now, on=TODAY, progress=StopsWhileWriting())
    assert Match.objects.count() == 1
    assert match_people(now=now, on=TODAY).matched == 1
    assert Match.objects.count() == 1


class TestDecisions:
    """A person looks, decides, and may take it back."""

    @pytest.fixture
    def john(self, load: Import, make_person: MakePerson, now: datetime) -> Person:
        load(TWINS)
        person = make_person("John", "Ash", postcode="ZZ1 1AB")
        match_person(person_id=person.pk, now=now, on=TODAY)
        return person

    def _questions(self, person: Person) -> list[Match]:
        return list(Match.objects.filter(person=person, state=MatchState.UNSURE).order_by("elector"))

    def test_accepting_one_sets_the_others_aside(self, john: Person, barset: Cast, now: datetime) -> None:
        first, second = self._questions(john)
        accept_match(match=first, by=barset.dora, now=now)
        second.refresh_from_db()
        assert second.state == MatchState.SUPERSEDED
        assert standing_elector_ids(person_ids=[john.pk]) == {john.pk: first.elector_id}
        entry = AuditEntry.objects.get(subject_type="register.Match")
        assert (entry.actor_id, entry.verb) == (barset.dora.pk, "match unsure → accepted")

    def test_a_decision_outlives_every_run(self, john: Person, barset: Cast, now: datetime) -> None:
        _, second = self._questions(john)
        accept_match(match=second, by=barset.dora, now=now)
        run = match_people(now=now, on=TODAY)
        assert (run.kept, run.unsure) == (1, 0)
        assert standing_elector_ids(person_ids=[john.pk]) == {john.pk: second.elector_id}

    def test_rejecting_one_lets_the_other_stand(self, john: Person, barset: Cast, now: datetime) -> None:
        first, second = self._questions(john)
        reject_match(match=first, by=barset.dora, now=now)
        assert match_person(person_id=john.pk, now=now, on=TODAY) is Verdict.MATCHED
        assert standing_elector_ids(person_ids=[john.pk]) == {john.pk: second.elector_id}
        match_people(now=now, on=TODAY)
        assert _rows(john).count(("rejected", first.elector_id)) == 1
        assert standing_elector_ids(person_ids=[john.pk]) == {john.pk: second.elector_id}

    def test_a_decision_is_taken_back(self, john: Person, barset: Cast, now: datetime) -> None:
        first, _ = self._questions(john)
        accept_match(match=first, by=barset.dora, now=now)
        undone = undo_decision(match=first, by=barset.dora, now=now)
        assert (undone.state, undone.decided_at) == (MatchState.UNSURE, None)
        assert not is_matched(person_id=john.pk)
        match_people(now=now, on=TODAY)
        assert len(self._questions(john)) == 2

    def test_what_is_not_open_is_refused(self, john: Person, barset: Cast, now: datetime) -> None:
        first, second = self._questions(john)
        with pytest.raises(NotOpen, match="no decision to take back"):
            undo_decision(match=first, by=barset.dora, now=now)
        accept_match(match=first, by=barset.dora, now=now)
        with pytest.raises(NotOpen, match="accepted"):
            accept_match(match=first, by=barset.dora, now=now)
        with pytest.raises(NotOpen, match="superseded"):
            reject_match(match=second, by=barset.dora, now=now)

    def test_the_report_counts_people_once(
        self, john: Person, now: datetime, make_person: MakePerson
    ) -> None:
        make_person("Alice", "Archer")
        match_people(now=now, on=TODAY)
        report = match_report(scope=EVERYTHING)
        assert (report.people, report.matched, report.unsure, report.none) == (2, 1, 1, 0)
        assert report.last_run == MatchRun.objects.first()


def test_the_electors_key_goes_with_the_match(
    load: Import, make_person: MakePerson, barset: Cast, now: datetime
) -> None:
    load()
    alice = make_person("Alice", "Archer")
    match_person(person_id=alice.pk, now=now, on=TODAY)
    assert PersonKey.objects.filter(person=alice, kind="elector").count() == 1
    reject_match(match=Match.objects.get(), by=barset.dora, now=now)
    assert not PersonKey.objects.filter(person=alice, kind="elector").exists()


def test_a_confirmed_signer_is_matched_and_nothing_fails_without_a_register(
    load: Import, make_person: MakePerson, now: datetime
) -> None:
    alice = make_person("Alice", "Archer")
    arguments: dict[str, Any] = {"at": now.isoformat(), "signature_id": 1, "person_id": alice.pk}
    assert match_signer.call(**arguments) == "no register"
    assert match_everybody_again.call() == 0
    load()
    assert match_signer.call(**arguments) == "matched"
    assert match_everybody_again.call() == 1
    assert match_signer.call(**{**arguments, "person_id": 999_999}) == "not to be matched"
    with clock_set_to(datetime(2027, 2, 1, tzinfo=UTC)):
        assert match_signer.call(**arguments) == "no register"


def test_people_of_a_list_are_matched_as_soon_as_it_has_come_in(
    load: Import, tmp_path: Path, now: datetime
) -> None:
    load()
    worker.run_all()
    path = tmp_path / "supporters.csv"
    path.write_text(
        "First name,Surname,Email,Postcode,Address,Consent date,Consent wording,Consent source\n"
        "Alice,Archer,alice@barset.example,ZZ1 1AA,1 Mill Street,7/5/2024,Email me.,Stall\n"
    )
    assert run_import(path=path, now=now).accepted == 1
    assert not Match.objects.exists()
    worker.run_all()
    assert Match.objects.get().elector_id == _elector("AA-1")
