"""A lone canvasser checks in and out; a missed check-out reminds, then opens a case for whoever is on duty."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from hustings.postroom.models import Message
from hustings.support.access import cases_for
from hustings.support.models import Case, CaseNote, CheckIn, CoverClaim
from hustings.support.personal_data import SOCKET
from hustings.support.queries import rota_of
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.check_in import (
    CheckInRefused,
    check_in,
    check_out,
    stay_longer,
    tend_check_ins,
)
from hustings.support.usecases.delete_case import delete_case
from hustings.support.usecases.duty import begin_duty, end_duty, on_duty
from hustings.support.usecases.take_shift import take_shift
from tests.support.cover import make_venue, make_volunteer

pytestmark = pytest.mark.django_db


def go_out(volunteer: Any, now: datetime, **changes: Any) -> CheckIn:
    values = {
        "whereabouts": "Mill Lane, odd numbers", "due_at": now + timedelta(hours=2), "form_key": uuid.uuid4(),
    }  # fmt: skip
    return check_in(**{**values, "volunteer": volunteer, "now": now, **changes})  # type: ignore[arg-type]


def test_out_and_back_leaves_no_trace_of_where(cast: Any, now: datetime) -> None:
    volunteer = make_volunteer(1, area=cast.east)
    key = uuid.uuid4()
    first = go_out(volunteer, now, form_key=key)
    assert go_out(volunteer, now, form_key=key) == first
    stay_longer(standing=first, minutes=60, now=now)
    assert first.due_at == now + timedelta(hours=3)
    assert check_out(volunteer=volunteer, now=now + timedelta(hours=3)) == first
    assert check_out(volunteer=volunteer, now=now + timedelta(hours=3)) is None
    first.refresh_from_db()
    assert first.whereabouts == ""
    assert tend_check_ins(now=now + timedelta(hours=9)) == {"reminded": 0, "cases": 0}


def test_a_check_in_that_makes_no_sense_is_refused(cast: Any, now: datetime) -> None:
    volunteer = make_volunteer(1, area=cast.east)
    for changes, code in (
        ({"whereabouts": " "}, "where"),
        ({"due_at": now}, "past"),
        ({"due_at": now + timedelta(hours=7)}, "long"),
    ):
        with pytest.raises(CheckInRefused) as refusal:
            go_out(volunteer, now, **changes)
        assert refusal.value.code == code
    standing = go_out(volunteer, now)
    with pytest.raises(CheckInRefused) as refusal:
        go_out(volunteer, now)
    assert refusal.value.code == "out_already"
    with pytest.raises(CheckInRefused):
        stay_longer(standing=standing, minutes=300, now=now)


def test_a_missed_check_out_reminds_then_opens_a_case_once(cast: Any, now: datetime) -> None:
    begin_duty(user=cast.alice, area=None, now=now)
    volunteer = make_volunteer(1, area=cast.east)
    row = go_out(volunteer, now)
    late = now + timedelta(hours=2)
    assert tend_check_ins(now=late) == {"reminded": 1, "cases": 0}
    assert tend_check_ins(now=late + timedelta(minutes=5)) == {"reminded": 0, "cases": 0}
    assert Message.objects.get().template == "support/check_out"
    assert tend_check_ins(now=late + timedelta(minutes=20)) == {"reminded": 0, "cases": 1}
    assert tend_check_ins(now=late + timedelta(minutes=21)) == {"reminded": 0, "cases": 0}
    case = cases_for(user=cast.alice).get()
    assert (case.kind, case.called_name, case.whereabouts) == (
        "silent",
        "Vera1 Tester",
        "Mill Lane, odd numbers",
    )
    assert case.person == volunteer.person
    assert case.notes.count() == 0
    assert not cases_for(user=cast.admin).exists()
    assert Message.objects.filter(template="support/case_due").count() == 1
    check_out(volunteer=volunteer, now=late + timedelta(minutes=30))
    assert "checked out" in CaseNote.objects.get().text
    row.refresh_from_db()
    assert row.whereabouts
    delete_case(case_id=case.pk, by=cast.alice, now=late)
    row.refresh_from_db()
    assert (row.case, row.whereabouts) == (None, "")
    assert tend_check_ins(now=late + timedelta(days=1)) == {"reminded": 0, "cases": 0}


def test_where_nobody_is_on_duty_everybody_entitled_there_is_asked(cast: Any, now: datetime) -> None:
    assert set(on_duty(area=cast.east, now=now)) == {cast.admin, cast.agent, cast.alice}
    begin_duty(user=cast.charlie, area=cast.west, now=now)
    assert cast.charlie not in on_duty(area=cast.east, now=now)
    begin_duty(user=cast.agent, area=None, now=now)
    assert list(on_duty(area=cast.east, now=now)) == [cast.agent]
    assert end_duty(user=cast.agent, now=now)
    assert not end_duty(user=cast.agent, now=now)


def test_a_volunteers_shifts_and_check_ins_are_told_and_erased(cast: Any, now: datetime) -> None:
    volunteer = make_volunteer(1, area=cast.east)
    period = activate_place(venue=make_venue(area=cast.east), reason="Needed", by=cast.alice, now=now)
    take_shift(shift=rota_of(period=period)[1].shift, volunteer=volunteer, now=now)
    go_out(volunteer, now)
    told = SOCKET.export(person_id=volunteer.person_id)
    assert [row["place"] for row in told["Shifts of cover"]] == ["Barchester Custody Suite"]
    assert [row["where"] for row in told["Check-ins"]] == ["Mill Lane, odd numbers"]
    assert SOCKET.erase(person_id=volunteer.person_id, now=now) >= 2
    assert CheckIn.objects.count() == 0
    assert CoverClaim.objects.get().end_reason == "taken_back"
    assert Case.objects.count() == 0


def test_two_volunteers_who_are_one_keep_what_both_had(cast: Any, now: datetime) -> None:
    one, two = make_volunteer(1, area=cast.east), make_volunteer(2, area=cast.east)
    period = activate_place(venue=make_venue(area=cast.east), reason="Needed", by=cast.alice, now=now)
    first, second = [row.shift for row in rota_of(period=period)][:2]
    take_shift(shift=first, volunteer=one, now=now)
    take_shift(shift=first, volunteer=two, now=now)
    take_shift(shift=second, volunteer=two, now=now)
    moved = SOCKET.merge(kept_id=one.person_id, merged_id=two.person_id, now=now)
    assert set(CoverClaim.objects.filter(volunteer=one).values_list("shift", flat=True)) == {
        first.pk,
        second.pk,
    }
    SOCKET.unmerge(kept_id=one.person_id, merged_id=two.person_id, moved=moved)
    assert CoverClaim.objects.filter(volunteer=two).count() == 2
