"""Writing, opening, pausing and closing a phone bank; the gate decides who is on it."""

from datetime import datetime, time, timedelta

import pytest

from hustings.accounts.access import NotAllowed
from hustings.outreach.audiences.models import Audience
from hustings.outreach.phonebank.models import BankState, Call, CallState, PhoneBank
from hustings.outreach.phonebank.queries import figures_of, result_rows
from hustings.outreach.phonebank.rules.hours import HoursTooWide
from hustings.outreach.phonebank.usecases.change_bank import (
    BankNotInThatState,
    close_bank,
    close_due_banks,
    pause_bank,
    resume_bank,
)
from hustings.outreach.phonebank.usecases.open_bank import CannotOpen, ask_gate, open_bank
from hustings.outreach.phonebank.usecases.save_bank import (
    BankHasBegun,
    BankNotComplete,
    BankPlan,
    BankSubject,
    save_bank,
)
from hustings.outreach.phonebank.usecases.take_call import CannotRing, take_next_call
from hustings.people.usecases.object_to_contact import object_to_contact
from tests.cast import Cast
from tests.outreach.phonebank.banks import make_audience, make_bank, make_open_bank, make_person

pytestmark = pytest.mark.django_db


def test_opening_asks_the_gate_once_and_lists_exactly_those_cleared(cast: Cast, now: datetime) -> None:
    gwen = make_person(name="Gwen Proudie", number=1, area=cast.east, now=now)
    make_person(name="Hal Bold", number=None, area=cast.east, now=now)
    fiona = make_person(name="Fiona Arabin", number=2, area=cast.east, now=now)
    make_person(name="Wim West", number=3, area=cast.west, now=now)
    object_to_contact(person=fiona, channel="call", source="letter", now=now)
    bank = make_bank(cast=cast, now=now)
    before = ask_gate(bank=bank, by=cast.alice, now=now)
    assert (before.asked, before.cleared, dict(before.counts)) == (3, 1, {"no-address": 1, "objected": 1})
    assert not Call.objects.exists()
    opened = open_bank(bank=bank, by=cast.alice, now=now)
    assert [call.person for call in Call.objects.all()] == [gwen]
    figures = figures_of(bank=opened)
    assert figures is not None
    assert figures.agree
    assert (figures.asked, figures.cleared, figures.waiting) == (3, 1, 1)
    assert figures.refused_by_reason == before.counts
    assert opened.clearance is not None
    assert [warning["code"] for warning in opened.clearance.warnings] == ["screening"]
    rows = {row.name: (row.cleared, row.reason) for row in result_rows(bank=opened)}
    assert rows == {
        "Gwen Proudie": (True, ""),
        "Hal Bold": (False, "no-address"),
        "Fiona Arabin": (False, "objected"),
    }


def test_a_bank_of_one_ward_rings_nobody_outside_it(cast: Cast, now: datetime) -> None:
    gwen = make_person(name="Gwen Proudie", number=1, area=cast.east, now=now)
    make_person(name="Wim West", number=3, area=cast.west, now=now)
    subject = BankSubject(audience=make_audience(area=cast.district, now=now), area=cast.east)
    bank = save_bank(title="East", subject=subject, plan=BankPlan(opening="Hello"), by=cast.agent, now=now)
    open_bank(bank=bank, by=cast.agent, now=now)
    assert [call.person for call in Call.objects.all()] == [gwen]


def test_nobody_cleared_stays_a_draft(cast: Cast, now: datetime) -> None:
    make_person(name="Hal Bold", number=None, area=cast.east, now=now)
    bank = make_bank(cast=cast, now=now)
    with pytest.raises(CannotOpen, match="clears nobody"):
        open_bank(bank=bank, by=cast.alice, now=now)
    bank.refresh_from_db()
    assert (bank.state, bank.clearance) == (BankState.DRAFT, None)


def test_only_once_and_not_when_its_time_is_over(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    with pytest.raises(CannotOpen):
        open_bank(bank=bank, by=cast.alice, now=now)
    late = make_bank(cast=cast, now=now, closes_at=now + timedelta(hours=1))
    with pytest.raises(CannotOpen, match="passed"):
        open_bank(bank=late, by=cast.alice, now=now + timedelta(hours=1))


def test_bob_and_charlie_run_no_bank_of_alices(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    for user in (cast.bob, cast.charlie):
        for act in (open_bank, pause_bank, close_bank):
            with pytest.raises(NotAllowed):
                act(bank=bank, by=user, now=now)
        with pytest.raises(NotAllowed):
            save_bank(
                title="Mine", subject=BankSubject(audience=bank.audience), plan=BankPlan(opening="Hi"), by=user, now=now
            )  # fmt: skip
    bank.refresh_from_db()
    assert bank.state == BankState.OPEN


def test_pausing_and_closing(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    assert take_next_call(bank=bank, by=cast.bob, now=now) is not None
    paused = pause_bank(bank=bank, by=cast.alice, now=now)
    with pytest.raises(CannotRing):
        take_next_call(bank=paused, by=cast.bob, now=now)
    resumed = resume_bank(bank=bank, by=cast.alice, now=now)
    assert take_next_call(bank=resumed, by=cast.bob, now=now) is not None
    closed = close_bank(bank=bank, by=cast.alice, now=now)
    assert closed.closed_at == now
    assert not Call.objects.filter(state=CallState.HELD).exists()
    with pytest.raises(BankNotInThatState):
        resume_bank(bank=bank, by=cast.alice, now=now)


def test_it_closes_by_itself_when_its_moment_has_come(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now, closes_at=now + timedelta(hours=2))
    assert close_due_banks(now=now + timedelta(hours=1)) == []
    with pytest.raises(CannotRing):
        take_next_call(bank=bank, by=cast.bob, now=now + timedelta(hours=2))
    assert close_due_banks(now=now + timedelta(hours=2)) == [bank.pk]
    assert close_due_banks(now=now + timedelta(hours=2)) == []


def test_an_opened_bank_keeps_its_people_and_purpose(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    same = BankSubject(audience=bank.audience)
    changed = save_bank(
        title="Summer calls", subject=same, plan=BankPlan(opening="Hi", most_tries=2), by=cast.alice, now=now, bank=bank
    )  # fmt: skip
    assert (changed.title, changed.most_tries, changed.state) == ("Summer calls", 2, BankState.OPEN)
    for other in (
        BankSubject(audience=bank.audience, purpose="fundraising"),
        BankSubject(audience=Audience.objects.create(name="B", area=cast.east, conditions={}, made_at=now, changed_at=now)),
    ):  # fmt: skip
        with pytest.raises(BankHasBegun):
            save_bank(
                title="X", subject=other, plan=BankPlan(opening="Hi"), by=cast.alice, now=now, bank=bank
            )


@pytest.mark.parametrize(
    ("title", "plan", "code"),
    [
        (" ", BankPlan(opening="Hi"), "title"),
        ("X", BankPlan(), "opening"),
        ("X", BankPlan(opening="Hi", most_tries=0), "tries"),
        ("X", BankPlan(opening="Hi", hours_between=0), "between"),
    ],
)
def test_what_is_missing_is_said(cast: Cast, now: datetime, title: str, plan: BankPlan, code: str) -> None:
    subject = BankSubject(audience=make_audience(area=cast.east, now=now))
    with pytest.raises(BankNotComplete) as refused:
        save_bank(title=title, subject=subject, plan=plan, by=cast.alice, now=now)
    assert refused.value.code == code
    assert not PhoneBank.objects.exists()


def test_a_bank_cannot_ring_at_night(cast: Cast, now: datetime) -> None:
    with pytest.raises(HoursTooWide):
        make_bank(cast=cast, now=now, rings_until=time(22))


def test_it_closes_after_it_opens(cast: Cast, now: datetime) -> None:
    with pytest.raises(BankNotComplete, match="close after"):
        make_bank(cast=cast, now=now, closes_at=now)
