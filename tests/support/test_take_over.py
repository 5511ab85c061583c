"""A case that nobody looks after is seen as a number, taken over with a reason, and deleted on its day whatever happens."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from hustings.accounts.access import EVERYTHING, NotAllowed, Right, scope_of
from hustings.accounts.models import Appointment, Role
from hustings.basics.clock import clock_set_to
from hustings.desk.queries import attention_for
from hustings.platform.models import AuditEntry
from hustings.postroom.models import Message
from hustings.support.jobs import delete_cases_on_their_day
from hustings.support.models import Case, CaseNote, CaseView
from hustings.support.queries import cases_to_take_over, own_cases_due
from hustings.support.queries.left_alone import cases_left_alone
from hustings.support.rules.left_alone import LeftAlone, left_alone
from hustings.support.usecases import delete_case as deleting
from hustings.support.usecases.open_case import CaseFacts, CaseRefused, open_case
from hustings.support.usecases.take_over_case import take_over_case
from hustings.support.usecases.work_on_case import set_next_step
from tests.cast import Cast, make_user, signed_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def case(cast: Cast, now: datetime) -> Case:
    """A case of Alice's; its first step is due after fifteen minutes."""
    return open_case(
        facts=CaseFacts(kind="held", basis="consent", called_name="Fay", needs="Insulin at six"),
        team=[], by=cast.alice, now=now, area=cast.east,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("is_open", "members", "minutes_overdue", "expected"),
    [
        (True, 1, 59, LeftAlone.NO), (True, 1, 60, LeftAlone.AWAY), (True, 0, -10, LeftAlone.EMPTY),
        (False, 0, None, LeftAlone.EMPTY), (False, 1, None, LeftAlone.NO), (False, 2, 600, LeftAlone.NO),
    ],
)  # fmt: skip
def test_left_alone_is_empty_or_an_hour_overdue(
    is_open: bool, members: int, minutes_overdue: int | None, expected: LeftAlone, now: datetime
) -> None:
    due = None if minutes_overdue is None else now - timedelta(minutes=minutes_overdue)
    assert left_alone(is_open=is_open, able_members=members, step_due_at=due, now=now) is expected


def test_an_officer_takes_over_what_is_overdue_with_a_reason_that_is_kept(
    cast: Cast, case: Case, now: datetime
) -> None:
    late = now + timedelta(minutes=75)
    with pytest.raises(CaseRefused) as refusal:
        take_over_case(
            case_id=case.pk, reason="Nobody answers", by=cast.agent, now=late - timedelta(minutes=1)
        )
    assert refusal.value.code == "looked_after"
    for reason, code in ((" ", "no_reason"), ("He was charged with it", "words")):
        with pytest.raises(CaseRefused) as refusal:
            take_over_case(case_id=case.pk, reason=reason, by=cast.agent, now=late)
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        take_over_case(case_id=case.pk, reason="I would like to", by=cast.charlie, now=late)
    assert not case.members.exclude(user=cast.alice).exists()
    take_over_case(case_id=case.pk, reason="Nobody answers", by=cast.agent, now=late)
    assert {member.user for member in case.members.filter(left_at=None)} == {cast.alice, cast.agent}
    assert CaseNote.objects.get().text == "Taken over: Nobody answers"
    assert CaseView.objects.get().what == "taken over"
    entry = AuditEntry.objects.get(subject_type="support.Case")
    assert (entry.verb, entry.subject_id, entry.detail) == ("took over", str(case.pk), {"because": "away"})
    told = Message.objects.filter(template="support/case_due").values_list("address", flat=True)
    assert set(told) == {cast.alice.email, cast.agent.email}
    with pytest.raises(CaseRefused) as refusal:
        take_over_case(case_id=case.pk, reason="Again", by=cast.agent, now=late)
    assert refusal.value.code == "on_team"


@pytest.mark.parametrize("how", ["login closed", "appointment over", "left"])
def test_a_team_on_which_nobody_can_act_is_empty(cast: Cast, case: Case, now: datetime, how: str) -> None:
    assert not cases_left_alone(scope=EVERYTHING, now=now).exists()
    if how == "login closed":
        cast.alice.is_active = False
        cast.alice.save()
    elif how == "appointment over":
        Appointment.objects.filter(user=cast.alice).update(valid_until=now.date())
    else:
        case.members.update(left_at=now)
    assert [row.pk for row in cases_left_alone(scope=EVERYTHING, now=now)] == [case.pk]
    take_over_case(case_id=case.pk, reason="Her team is gone", by=cast.admin, now=now)
    assert AuditEntry.objects.get(subject_type="support.Case").detail == {"because": "empty"}
    assert not cases_left_alone(scope=EVERYTHING, now=now).exists()


def test_the_officers_pages_show_numbers_and_let_nobody_else_in(
    cast: Cast, case: Case, now: datetime
) -> None:
    elsewhere = make_user(name="Wes", role=Role.AGENT, area=cast.west)
    listed, taking = (
        reverse("support_desk:cases_left_alone"),
        reverse("support_desk:take_over", args=[case.pk]),
    )
    assert signed_in(cast.agent).get(taking).status_code == 404
    with clock_set_to(now + 2 * HOUR):
        for other in (cast.alice, cast.charlie, cast.bob):
            assert signed_in(other).get(listed).status_code == 403
            assert signed_in(other).post(taking, {"reason": "x"}).status_code == 403
        assert signed_in(elsewhere).post(taking, {"reason": "x"}).status_code == 404
        assert taking not in signed_in(elsewhere).get(listed).content.decode()
        agent = signed_in(cast.agent)
        page = agent.get(listed).content.decode()
        assert taking in page
        assert "Fay" not in page
        assert "Insulin" not in page
        assert 'href="tel:999"' in agent.get(taking).content.decode()
        assert "Insulin" not in agent.get(taking).content.decode()
        assert agent.post(taking, {"reason": ""}).status_code == 422
        assert agent.post(taking, {"reason": "Alice is on a train"}).status_code == 302
        assert "Insulin" in agent.get(reverse("support_desk:case", args=[case.pk])).content.decode()


def test_the_home_counts_what_is_overdue_for_the_team_and_what_is_left_alone_for_officers(
    cast: Cast, case: Case, now: datetime
) -> None:
    def home(user: Any, at: datetime) -> list[tuple[int, str]]:
        found = attention_for(user=user, on=at.date(), now=at)
        return [(item.count, item.text) for item in found if "case" in item.text]

    assert home(cast.alice, now) == []
    soon = now + timedelta(minutes=15)
    assert home(cast.alice, soon) == [(1, "In 1 case of yours the next step is overdue.")]
    assert home(cast.agent, soon) == []
    (told,) = home(cast.agent, now + 2 * HOUR)
    assert told[0] == 1
    assert "looked after by nobody" in told[1]
    assert home(cast.charlie, now + 2 * HOUR) == []
    with clock_set_to(now + 2 * HOUR):
        page = signed_in(cast.alice).get(reverse("desk:home")).content.decode()
    assert "In 1 case of yours the next step is overdue." in page
    set_next_step(case=case, step="Wait", due_at=now + 48 * HOUR, by=cast.alice, now=now + 2 * HOUR)
    assert own_cases_due(user=cast.alice, now=now + 3 * HOUR) == []
    (due,) = own_cases_due(user=cast.alice, now=now + 25 * HOUR)
    assert due.text == "In your cases 1 follow-up is due: ask how they are."


def test_no_fault_of_one_case_keeps_another_beyond_its_day(
    cast: Cast, case: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_case(
        facts=CaseFacts(kind="hurt", basis="vital", called_name="Gil"), team=[], by=cast.alice, now=now,
        area=cast.east,
    )  # fmt: skip
    real = deleting.delete_case

    def stuck(*, case_id: int, **values: Any) -> bool:
        if case_id == case.pk:
            raise RuntimeError("stuck")
        return real(case_id=case_id, **values)

    scope = scope_of(user=cast.admin, right=Right.TAKE_OVER_CASES, on=now.date())
    day = now + timedelta(days=30)
    with clock_set_to(day):
        with monkeypatch.context() as patched:
            patched.setattr(deleting, "delete_case", stuck)
            with pytest.raises(ExceptionGroup, match="1 cases could not be deleted"):
                delete_cases_on_their_day.func()
        assert not Case.objects.filter(pk=other.pk).exists()
        texts = [item.text for item in cases_to_take_over(scope=scope, now=day + timedelta(days=1))]
        assert any("should have been deleted already" in text for text in texts)
        assert delete_cases_on_their_day.func() == 1
    assert not Case.objects.exists()


def test_every_way_to_make_a_case_gives_it_a_day_and_the_clock_ends_it(
    cast: Cast, case: Case, now: datetime
) -> None:
    """Hour by hour for ninety-one days: nothing of any case is left, closed or open, whoever forgot it."""
    at, hours = now, 0
    while Case.objects.exists() and hours < 91 * 24:
        at, hours = at + HOUR, hours + 1
        with clock_set_to(at):
            delete_cases_on_their_day.func()
    assert hours == 30 * 24 - 9 - 1, "deleted in the first hour of its day by the clock of the United Kingdom"
    assert not CaseNote.objects.exists()
