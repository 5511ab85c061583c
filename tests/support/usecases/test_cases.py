"""A case is seen by its team alone, is worked on by the clock, and is deleted on its day whatever happens."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404

from hustings.basics.clock import clock_set_to
from hustings.people.models import Person
from hustings.platform import wiring
from hustings.platform.models import AuditEntry
from hustings.postroom.models import Message
from hustings.support.access import case_for, cases_for
from hustings.support.jobs import delete_cases_on_their_day, tend_all_care
from hustings.support.models import Case, CaseFollowUp, CaseMember, CaseNote, CaseState, CaseView
from hustings.support.personal_data import SOCKET
from hustings.support.rules.case_clock import RetentionRefused
from hustings.support.usecases.delete_case import delete_case, delete_due_cases
from hustings.support.usecases.open_case import CaseFacts, CaseRefused, open_case
from hustings.support.usecases.tend_cases import tend_cases
from hustings.support.usecases.work_on_case import (
    add_note,
    add_to_team,
    close_case,
    follow_up,
    keep_longer,
    leave_team,
    set_next_step,
)

pytestmark = pytest.mark.django_db


def facts(**changes: Any) -> CaseFacts:
    values: dict[str, Any] = {
        "kind": "held", "basis": "consent", "called_name": "Fay", "phone": "07700 900123",
        "whereabouts": "Barchester Custody Suite since noon", "needs": "Insulin at six",
    }  # fmt: skip
    return CaseFacts(**{**values, **changes})


def make_case(cast: Any, now: datetime, **changes: Any) -> Case:
    return open_case(facts=facts(**changes), team=[], by=cast.alice, now=now, area=cast.east)


def test_only_the_team_sees_a_case_and_every_look_is_written_down(cast: Any, now: datetime) -> None:
    case = make_case(cast, now)
    assert case_for(user=cast.alice, pk=case.pk, what="page", now=now) == case
    for other in (cast.admin, cast.agent, cast.charlie):
        assert not cases_for(user=other).exists()
        with pytest.raises(Http404):
            case_for(user=other, pk=case.pk, what="page", now=now)
    add_to_team(case=case, user=cast.agent, by=cast.alice, now=now)
    add_to_team(case=case, user=cast.agent, by=cast.alice, now=now)
    assert case_for(user=cast.agent, pk=case.pk, what="page", now=now) == case
    looks = list(CaseView.objects.order_by("pk").values_list("user__first_name", "was_let_in"))
    assert looks == [("Alice", True), ("Ada", False), ("Agnes", False), ("Charlie", False), ("Agnes", True)]
    leave_team(case=case, user=cast.agent, now=now)
    assert not cases_for(user=cast.agent).exists()
    with pytest.raises(CaseRefused) as refusal:
        leave_team(case=case, user=cast.alice, now=now)
    assert refusal.value.code == "last"


def test_what_is_written_is_encrypted_where_it_lies(cast: Any, now: datetime) -> None:
    case = make_case(cast, now)
    add_note(case=case, text="Her sister knows", by=cast.alice, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT called_name, phone, whereabouts, needs, next_step FROM support_case")
        stored = [str(value) for value in cursor.fetchone()]
        cursor.execute("SELECT text FROM support_casenote")
        stored.append(str(cursor.fetchone()[0]))
    assert all(value.startswith("gAAAA") for value in stored)
    case.refresh_from_db()
    assert (case.called_name, case.needs) == ("Fay", "Insulin at six")


def test_words_about_what_somebody_is_said_to_have_done_are_refused_unless_read_again(
    cast: Any, now: datetime
) -> None:
    with pytest.raises(CaseRefused) as refusal:
        make_case(cast, now, needs="She was arrested for something")
    assert refusal.value.code == "words"
    assert Case.objects.count() == 0
    case = make_case(cast, now, needs="The bail conditions letter is at home", are_words_checked=True)
    assert "read once more" in case.notes.get().text
    with pytest.raises(CaseRefused):
        add_note(case=case, text="He was convicted", by=cast.alice, now=now)
    assert make_case(cast, now, are_words_checked=True).notes.count() == 0


def test_no_field_is_for_what_anybody_is_alleged_to_have_done() -> None:
    names = {field.name for model in (Case, CaseNote, CaseFollowUp) for field in model._meta.get_fields()}
    for word in ("offence", "charge", "alleg", "crime", "suspic", "accus", "convict"):
        assert not any(word in name for name in names), word


def test_a_case_without_team_person_or_good_day_is_refused(cast: Any, now: datetime) -> None:
    with pytest.raises(CaseRefused) as refusal:
        open_case(facts=facts(), team=[], by=None, now=now)
    assert refusal.value.code == "no_team"
    with pytest.raises(CaseRefused) as refusal:
        make_case(cast, now, called_name=" ", whereabouts="")
    assert refusal.value.code == "nobody"
    with pytest.raises(RetentionRefused):
        make_case(cast, now, delete_on=date(2027, 3, 30))


def test_a_step_has_a_clock_and_its_team_is_told_once(cast: Any, now: datetime) -> None:
    case = make_case(cast, now)
    assert case.next_step_due_at == now + timedelta(minutes=15)
    assert tend_cases(now=now + timedelta(minutes=14)) == {"steps": 0, "follow_ups": 0}
    assert tend_cases(now=now + timedelta(minutes=15)) == {"steps": 1, "follow_ups": 0}
    assert tend_cases(now=now + timedelta(minutes=16)) == {"steps": 0, "follow_ups": 0}
    message = Message.objects.get()
    assert (message.address, message.template) == ("alice@barset.example", "support/case_due")
    assert "Fay" not in str(message.fields)
    with pytest.raises(CaseRefused) as refusal:
        set_next_step(case=case, step="Ring", due_at=now, by=cast.alice, now=now)
    assert refusal.value.code == "past"
    with pytest.raises(CaseRefused) as refusal:
        set_next_step(case=case, step=" ", due_at=now, by=cast.alice, now=now)
    assert refusal.value.code == "no_step"
    later = now + timedelta(hours=1)
    with pytest.raises(CaseRefused) as refusal:
        set_next_step(case=case, step="Ring", due_at=later, by=cast.alice, now=now, whose=cast.agent)
    assert refusal.value.code == "not_team"
    set_next_step(
        case=case, step="Bring insulin", due_at=later, by=cast.alice, now=now, whose=cast.alice, done="Rang"
    )
    assert case.notes.get().text.endswith("Rang")
    assert tend_cases(now=later)["steps"] == 1


def test_follow_ups_after_a_day_and_a_week_are_due_even_when_the_case_is_closed(
    cast: Any, now: datetime
) -> None:
    case = make_case(cast, now)
    close_case(case=case, outcome="She is home", by=cast.alice, now=now)
    assert (case.state, case.next_step) == (CaseState.CLOSED, "")
    assert tend_cases(now=now + timedelta(days=1)) == {"steps": 0, "follow_ups": 1}
    assert tend_cases(now=now + timedelta(days=7)) == {"steps": 0, "follow_ups": 1}
    day, week = case.follow_ups.all()
    assert follow_up(due=day, outcome="Tired, but well", by=cast.alice, now=now + timedelta(days=1))
    assert not follow_up(due=day, outcome="Again", by=cast.alice, now=now + timedelta(days=1))
    with pytest.raises(CaseRefused):
        follow_up(due=week, outcome=" ", by=cast.alice, now=now)


def test_on_its_day_all_of_a_case_goes_and_only_that_it_went_is_kept(cast: Any, now: datetime) -> None:
    case = make_case(cast, now)
    other = make_case(cast, now, delete_on=date(2026, 6, 1))
    add_note(case=case, text="A note", by=cast.alice, now=now)
    case_for(user=cast.alice, pk=case.pk, what="page", now=now)
    assert case.delete_on == date(2026, 4, 29)
    assert not AuditEntry.objects.filter(subject_type="support.Case").exists()
    assert delete_due_cases(now=datetime(2026, 4, 28, 22, 0).astimezone(now.tzinfo)) == 0
    with clock_set_to(now + timedelta(days=30)):
        assert delete_cases_on_their_day.func() == 1
        assert delete_cases_on_their_day.func() == 0
    assert list(Case.objects.all()) == [other]
    for model in (CaseNote, CaseView, CaseMember, CaseFollowUp):
        assert not model.objects.filter(case=case.pk).exists()
    entry = AuditEntry.objects.get(subject_type="support.Case")
    assert (entry.verb, entry.subject_id, entry.detail) == (
        "deleted",
        str(case.pk),
        {"because": "its day had come"},
    )


def test_deletion_is_on_the_schedule() -> None:
    scheduled = {item.task.module_path: item.every for item in wiring.schedule()}
    assert scheduled[delete_cases_on_their_day.module_path] <= timedelta(days=1)
    assert scheduled[tend_all_care.module_path] <= timedelta(minutes=1)


def test_a_day_of_deletion_moves_only_with_a_reason_and_never_far(cast: Any, now: datetime) -> None:
    case = make_case(cast, now)
    wanted = date(2026, 5, 20)
    with pytest.raises(CaseRefused):
        keep_longer(case=case, delete_on=wanted, why="", by=cast.alice, now=now)
    with pytest.raises(RetentionRefused):
        keep_longer(case=case, delete_on=date(2026, 9, 1), why="Still in hospital", by=cast.alice, now=now)
    keep_longer(case=case, delete_on=wanted, why="Still in hospital", by=cast.alice, now=now)
    case.refresh_from_db()
    assert case.delete_on == wanted
    assert "2026-04-29 to 2026-05-20" in case.notes.get().text
    assert delete_case(case_id=case.pk, by=cast.alice, now=now)
    assert not delete_case(case_id=case.pk, by=cast.alice, now=now)


def test_what_is_held_about_somebody_is_told_erased_and_merged(cast: Any, now: datetime) -> None:
    fay, other = (Person.objects.create(given_name=name, source="tests", created_at=now) for name in "FG")
    closed = open_case(facts=facts(), team=[], by=cast.alice, now=now, person=fay)
    close_case(case=closed, outcome="Home", by=cast.alice, now=now)
    case = open_case(facts=facts(), team=[], by=cast.alice, now=now, person=fay)
    told = SOCKET.export(person_id=fay.pk)["Cases in which we looked after you"]
    assert [row["needs"] for row in told] == ["Insulin at six"] * 2
    moved = SOCKET.merge(kept_id=other.pk, merged_id=fay.pk, now=now)
    assert Case.objects.filter(person=other).count() == 2
    SOCKET.unmerge(kept_id=other.pk, merged_id=fay.pk, moved=moved)
    assert Case.objects.filter(person=fay).count() == 2
    assert SOCKET.erase(person_id=fay.pk, now=now) == 2
    assert list(Case.objects.values_list("pk", "delete_on")) == [(case.pk, date(2026, 4, 6))]
