"""A place becomes active, people are called out in rings until the gaps close, and it is quiet again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from hustings.people.rules.keys import phone_key
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.platform.models import AuditEntry
from hustings.postroom.models import Message
from hustings.support.models import Answer, Ask, CallOutSettings, CoverClaim, CoverPeriod
from hustings.support.queries import open_shifts, rota_of
from hustings.support.queries.answers import AnswerLinkBroken, answer_link, ask_of_link
from hustings.support.usecases.activate_place import CoverRefused, activate_place
from hustings.support.usecases.answer_ask import answer_ask
from hustings.support.usecases.change_cover import hand_over, save_call_out_settings, set_need
from hustings.support.usecases.close_cover import close_cover
from hustings.support.usecases.give_back_shift import give_back_shift
from hustings.support.usecases.take_shift import ShiftNotTaken, take_shift
from hustings.support.usecases.tend_cover import tend_cover
from hustings.volunteers.models import Booking, BookingState, Event, EventKind, Shift, TaskKind
from tests.support.cover import make_course, make_venue, make_volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick(cast: Any) -> CallOutSettings:
    """Rings of 3 and 8 km, ten minutes each; a rota of two shifts of two hours."""
    return CallOutSettings.objects.create(
        pk=1, rings=[{"km": 3, "minutes": 10}, {"km": 8, "minutes": 10}], asks_a_place=2, rest_minutes=60,
        ahead_hours=4,
    )  # fmt: skip


def activate(cast: Any, now: datetime, **changes: Any) -> CoverPeriod:
    values: dict[str, Any] = {"reason": "People wait for friends here", "minimum": 1}
    if "venue" not in changes:
        values["venue"] = make_venue(area=cast.east)
    return activate_place(**{**values, "by": cast.alice, "now": now, **changes})  # type: ignore[arg-type]


def asked(period: CoverPeriod) -> list[int]:
    return list(period.asks.order_by("pk").values_list("volunteer_id", flat=True))


def test_a_place_is_covered_until_it_is_quiet(cast: Any, quick: CallOutSettings, now: datetime) -> None:
    near = [make_volunteer(n, km=1 + n / 10) for n in range(6)]
    far = make_volunteer(9, km=7)
    make_volunteer(10, km=30)
    period = activate(cast, now)
    assert [row.need.minimum for row in rota_of(period=period)] == [1, 1]
    assert tend_cover(now=now) == {"open": 1, "asked": 4, "open_places": 2}
    assert tend_cover(now=now)["asked"] == 0
    assert asked(period) == [volunteer.pk for volunteer in near[:4]]
    message = Message.objects.order_by("pk")[0]
    assert (message.channel, message.template, message.purpose) == ("email", "support/call_out", "service")
    tend_cover(now=now + timedelta(minutes=10))
    assert asked(period)[4:] == [volunteer.pk for volunteer in near[4:]]
    first, second = [row.shift for row in rota_of(period=period)]
    take_shift(shift=first, volunteer=near[0], now=now + timedelta(minutes=12))
    tend_cover(now=now + timedelta(minutes=20))
    assert asked(period)[-1] == far.pk
    take_shift(shift=second, volunteer=far, now=now + timedelta(minutes=25))
    assert Ask.objects.get(period=period, volunteer=far).answer == Answer.YES
    assert open_shifts(period=period, since=now) == []
    assert tend_cover(now=now + timedelta(minutes=30)) == {"open": 1, "asked": 0, "open_places": 0}
    assert close_cover(period=period, by=cast.alice, now=now + timedelta(minutes=40)) == 2
    assert close_cover(period=period, by=cast.alice, now=now + timedelta(minutes=41)) == 0
    thanks = Message.objects.filter(template="support/thanks")
    assert sorted(thanks.values_list("person__volunteer", flat=True)) == sorted([near[0].pk, far.pk])
    assert tend_cover(now=now + timedelta(hours=3)) == {"open": 0, "asked": 0, "open_places": 0}
    verbs = AuditEntry.objects.filter(subject_type="support.CoverPeriod").values_list("verb", flat=True)
    assert sorted(verbs) == ["activated", "closed"]


def test_the_rota_moves_on_while_the_place_is_active(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    period = activate(cast, now)
    tend_cover(now=now + timedelta(hours=1))
    assert period.shifts.count() == 2
    tend_cover(now=now + timedelta(hours=2))
    assert period.shifts.count() == 3
    tend_cover(now=now + timedelta(hours=20))
    period.refresh_from_db()
    assert period.covered_until == now + timedelta(hours=24)


def test_after_a_rest_people_are_asked_once_more_but_for_those_who_said_not_today(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    one, two = make_volunteer(1), make_volunteer(2)
    period = activate(cast, now)
    tend_cover(now=now)
    answer_ask(ask=Ask.objects.get(volunteer=one), answer=Answer.NOT_TODAY, now=now)
    for minutes in (10, 20, 30, 59):
        assert tend_cover(now=now + timedelta(minutes=minutes))["asked"] == 0
    period.refresh_from_db()
    assert period.is_exhausted
    assert tend_cover(now=now + timedelta(minutes=60))["asked"] == 1
    again = Ask.objects.get(round=1)
    assert again.volunteer == two


def test_a_run_that_is_killed_leaves_nothing_half_done(
    cast: Any, quick: CallOutSettings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Stands for a kill."""

    for number in range(3):
        make_volunteer(number)
    activate(cast, now)

    def kill(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Ask.objects, "bulk_update", kill)
        with pytest.raises(Killed), transaction.atomic():
            tend_cover(now=now)
    assert (Ask.objects.count(), Message.objects.count()) == (0, 0)
    assert tend_cover(now=now)["asked"] == 3
    assert tend_cover(now=now)["asked"] == 0
    assert Message.objects.count() == 3


def test_only_trained_willing_and_free_people_are_asked(
    cast: Any, quick: CallOutSettings, now: datetime, settings: Any
) -> None:
    course = make_course()
    good = make_volunteer(1, course=course, hours=4)
    make_volunteer(2)
    make_volunteer(3, course=course, is_adult=False)
    make_volunteer(4, course=course, hours=1)
    make_volunteer(5, course=course, email=False, phone=False)
    left = make_volunteer(6, course=course)
    left.left_at = now
    left.save()
    period = activate(cast, now, required_course=course.slug)
    tend_cover(now=now)
    assert asked(period) == [good.pk]


def test_the_weekly_limit_holds_across_places_and_kinds_of_work(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    volunteer = make_volunteer(1, hours=5)
    event = Event.objects.create(
        slug="stall", kind=EventKind.STALL, title="Stall", starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=2), made_at=now,
    )  # fmt: skip
    booked = Shift.objects.create(
        event=event, task=TaskKind.STALL_HELPER, starts_at=event.starts_at, ends_at=event.ends_at, capacity=3
    )
    Booking.objects.create(shift=booked, volunteer=volunteer, state=BookingState.BOOKED, asked_at=now)
    period = activate(cast, now)
    other = activate(cast, now, venue=make_venue(area=cast.east, reference="2", name="Other suite"))
    first, second = [row.shift for row in rota_of(period=period)]
    claim = take_shift(shift=first, volunteer=volunteer, now=now)
    assert take_shift(shift=first, volunteer=volunteer, now=now) == claim
    with pytest.raises(ShiftNotTaken) as refusal:
        take_shift(shift=second, volunteer=volunteer, now=now)
    assert refusal.value.code == "limit"
    with pytest.raises(ShiftNotTaken) as refusal:
        take_shift(shift=rota_of(period=other)[0].shift, volunteer=volunteer, now=now)
    assert refusal.value.code == "overlap"
    tend_cover(now=now)
    assert asked(other) == []
    assert give_back_shift(claim=claim, now=now)
    assert not give_back_shift(claim=claim, now=now)
    take_shift(shift=second, volunteer=volunteer, now=now)


def test_shifts_that_cannot_be_taken_say_why(cast: Any, quick: CallOutSettings, now: datetime) -> None:
    course = make_course()
    one, two = make_volunteer(1, course=course), make_volunteer(2, course=course)
    untrained, young = make_volunteer(3), make_volunteer(4, course=course, is_adult=False)
    period = activate(cast, now, required_course=course.slug)
    shift = rota_of(period=period)[0].shift
    take_shift(shift=shift, volunteer=one, now=now)

    def code(volunteer: Any, at: datetime = now) -> str:
        with pytest.raises(ShiftNotTaken) as refusal:
            take_shift(shift=shift, volunteer=volunteer, now=at)
        return refusal.value.code

    assert code(two) == "full"
    assert code(untrained) == "untrained"
    assert code(young) == "not_adult"
    assert code(two, now + timedelta(hours=3)) == "over"
    close_cover(period=period, by=cast.alice, now=now)
    assert code(two) == "quiet"


def test_a_shift_given_back_opens_the_call_out_again(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    one, two = make_volunteer(1), make_volunteer(2, km=2)
    period = activate(cast, now)
    for row in rota_of(period=period):
        take_shift(shift=row.shift, volunteer=one, now=now)
    tend_cover(now=now)
    assert asked(period) == []
    give_back_shift(claim=CoverClaim.objects.order_by("pk")[0], now=now)
    tend_cover(now=now)
    assert asked(period) == [two.pk]


def test_text_before_mail_before_a_call_and_stop_is_heeded(
    cast: Any, quick: CallOutSettings, now: datetime, settings: Any
) -> None:
    settings.HUSTINGS_TEXT_PROVIDER = "https://texts.example/"
    quick.asks_a_place = 9
    quick.save()
    texted = make_volunteer(1)
    stopped = make_volunteer(2)
    by_mail = make_volunteer(3, phone=False)
    rung = make_volunteer(4, email=False)
    silent = make_volunteer(5, email=False)
    for number, channel in ((2, "sms"), (4, "sms"), (5, "sms"), (5, "call")):
        key = phone_key(secret=django_settings.HUSTINGS_SUPPRESSION_KEY, e164=f"+447700900{number:03}")
        object_to_contact(keys=[key], channel=channel, purpose="service", source="tests", now=now)
    period = activate(cast, now)
    tend_cover(now=now)
    channels = dict(period.asks.values_list("volunteer_id", "channel"))
    assert channels == {texted.pk: "sms", stopped.pk: "email", by_mail.pk: "email", rung.pk: "call"}
    assert silent.pk not in channels
    assert Ask.objects.get(volunteer=rung).message is None
    assert Ask.objects.get(volunteer=rung).may_ring
    text = Message.objects.get(channel="sms")
    assert (text.address, text.parts) == ("+447700900001", 2)


def test_the_link_answers_for_one_and_breaks_when_touched(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    make_volunteer(1)
    activate(cast, now)
    tend_cover(now=now)
    ask = Ask.objects.get()
    token = answer_link(ask=ask).split("/")[2]
    assert ask_of_link(token=token) == ask
    for broken in (token[:-1], f"{ask.pk + 1}{token[len(str(ask.pk)) :]}", "x"):
        with pytest.raises(AnswerLinkBroken):
            ask_of_link(token=broken)


def test_what_cannot_be_asked_for_is_told(cast: Any, quick: CallOutSettings, now: datetime) -> None:
    period = activate(cast, now)
    for changes, code in (
        ({"venue": period.venue}, "active"),
        ({"reason": " "}, "no_reason"),
        ({"reason": "He is accused of things"}, "words"),
        ({"minimum": 0}, "minimum"),
    ):
        with pytest.raises(CoverRefused) as refusal:
            activate(cast, now, **{"venue": period.venue, **changes})
        assert refusal.value.code == code
    with pytest.raises(CoverRefused):
        hand_over(period=period, text="", now=now)
    with pytest.raises(CoverRefused):
        hand_over(period=period, text="They were charged with it", now=now)
    assert hand_over(period=period, text="The side door is open", now=now, by_user=cast.alice).pk
    with pytest.raises(CoverRefused):
        set_need(shift=rota_of(period=period)[0].shift, minimum=51, now=now)
    values = {
        "rings": [(2.0, 5)], "asks_a_place": 3, "most_asks_a_day": 4, "rest_minutes": 60, "shift_minutes": 10, "ahead_hours": 12,
        "required_course": "", "by": cast.alice, "now": now,
    }  # fmt: skip
    with pytest.raises(CoverRefused):
        save_call_out_settings(**values)  # type: ignore[arg-type]
    kept = save_call_out_settings(**{**values, "shift_minutes": 60})  # type: ignore[arg-type]
    assert kept.plan().rings[0].km == 2


def test_a_shift_that_wants_nobody_is_no_gap(cast: Any, quick: CallOutSettings, now: datetime) -> None:
    make_volunteer(1)
    period = activate(cast, now)
    for row in rota_of(period=period):
        set_need(shift=row.shift, minimum=0, now=now)
    assert tend_cover(now=now)["asked"] == 0


def test_a_gap_that_opens_again_after_the_rest_begins_a_new_round_at_once(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    one, two = make_volunteer(1), make_volunteer(2)
    period = activate(cast, now)
    tend_cover(now=now)
    shifts = [row.shift for row in rota_of(period=period)]
    claims = [take_shift(shift=shift, volunteer=one, now=now) for shift in shifts]
    tend_cover(now=now + timedelta(minutes=10))
    give_back_shift(claim=claims[1], now=now + timedelta(minutes=61))
    assert tend_cover(now=now + timedelta(minutes=61))["asked"] == 1
    assert Ask.objects.get(round=1).volunteer == two


def test_nobody_is_asked_more_often_than_the_setting_by_all_places_together(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    quick.most_asks_a_day = 2
    quick.save()
    one = make_volunteer(1)
    periods = [
        activate(cast, now, venue=make_venue(area=cast.east, reference=str(number), name=f"Suite {number}"))
        for number in range(3)
    ]
    tend_cover(now=now)
    assert [asked(period) for period in periods] == [[one.pk], [one.pk], []]
    periods[2].refresh_from_db()
    assert (periods[2].spared, periods[2].is_exhausted) == (1, True)
    for hour in range(1, 24):
        assert tend_cover(now=now + timedelta(hours=hour))["asked"] == 0
    assert tend_cover(now=now + timedelta(hours=24))["asked"] == 2
    periods[2].refresh_from_db()
    assert periods[2].spared == 1
    claim = [row.shift for row in rota_of(period=periods[2], since=now + timedelta(hours=24))]
    for shift in claim:
        set_need(shift=shift, minimum=0, now=now + timedelta(hours=24))
    CoverPeriod.objects.filter(pk=periods[2].pk).update(next_at=None)
    tend_cover(now=now + timedelta(hours=24))
    periods[2].refresh_from_db()
    assert periods[2].spared == 0


def test_those_who_were_asked_least_today_come_before_those_who_live_nearest(
    cast: Any, quick: CallOutSettings, now: datetime
) -> None:
    quick.asks_a_place = 1
    quick.save()
    nearest = [make_volunteer(n, km=0.5 + n / 10) for n in range(2)]
    further = [make_volunteer(n + 5, km=2 + n / 10) for n in range(2)]
    period = activate(cast, now)
    other = activate(cast, now, venue=make_venue(area=cast.east, reference="2", name="Other suite"))
    tend_cover(now=now)
    assert asked(period) == [volunteer.pk for volunteer in nearest]
    assert asked(other) == [volunteer.pk for volunteer in further]
