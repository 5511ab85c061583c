"""A lone canvasser checks out by text message, end to end: reminder over the provider, signed answer back, case or none."""

import json
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hustings.basics.clock import FixedClock, clock_set_to
from hustings.platform.jobs import worker
from hustings.postroom.delivery.text_courier import deliver_texts
from hustings.postroom.models import DeliveryReport
from hustings.postroom.rules.text_protocol import signature_of
from hustings.support.models import Case, CaseNote, CheckIn
from hustings.support.rules.text_words import TextWord, word_of
from hustings.support.usecases.check_in import check_in, tend_check_ins
from hustings.support.usecases.duty import begin_duty
from tests.postroom.outbox import make_organisation
from tests.postroom.text_sink import TextSink, text_sink
from tests.support.cover import make_volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(settings: Any, tmp_path: Path) -> Iterator[TextSink]:
    """A provider of texts on this machine, with everything set up."""
    make_organisation()
    settings.HUSTINGS_HOME = tmp_path
    settings.HUSTINGS_TEXT_TOKEN = "token"
    settings.HUSTINGS_TEXT_FROM = "07700 900999"
    settings.HUSTINGS_TEXT_SECRET = "shared"
    with text_sink() as sink:
        settings.HUSTINGS_TEXT_PROVIDER = sink.url
        yield sink


def go_out(volunteer: Any, now: datetime) -> CheckIn:
    return check_in(
        volunteer=volunteer, whereabouts="Mill Lane, odd numbers", due_at=now + timedelta(hours=2),
        form_key=uuid.uuid4(), now=now,
    )  # fmt: skip


def write_back(text: str, now: datetime, number: str = "+447700900001", secret: str = "shared") -> Any:
    """The provider tells that the phone wrote; what waits is then done by the worker."""
    body = json.dumps({"event": "reply", "id": f"{now}{text}", "from": number, "text": text}).encode()
    moment = str(int(now.timestamp()))
    with clock_set_to(now):
        answer = Client().post(
            "/postroom/texts/", body, content_type="application/json",
            headers={
                "X-Hustings-Time": moment,
                "X-Hustings-Signature": signature_of(secret=secret, moment=moment, body=body),
            },
        )  # fmt: skip
        worker.run_all()
    return answer


def texts(phone: TextSink, now: datetime) -> list[str]:
    """What the phone has got."""
    deliver_texts(clock=FixedClock(now))
    return [taken["text"] for taken in phone.taken]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("BACK", TextWord.BACK), (" back! ", TextWord.BACK), ("I’m home.", TextWord.BACK), ("Adref", TextWord.BACK),
        ("MORE", TextWord.LONGER), ("rhagor", TextWord.LONGER), ("Help!!", TextWord.HELP), ("CYMORTH", TextWord.HELP),
        ("not back yet", TextWord.UNCLEAR), ("back in 20", TextWord.UNCLEAR), ("", TextWord.UNCLEAR), ("👍", TextWord.UNCLEAR),
        ("i am not safe", TextWord.UNCLEAR), ("yes", TextWord.UNCLEAR),
    ],
)  # fmt: skip
def test_only_a_whole_message_counts(text: str, word: TextWord) -> None:
    assert word_of(text=text) is word


def test_back_by_text_checks_out_and_no_case_is_opened(cast: Any, phone: TextSink, now: datetime) -> None:
    begin_duty(user=cast.alice, area=None, now=now)
    row, late = go_out(make_volunteer(1, area=cast.east), now), now + timedelta(hours=2)
    tend_check_ins(now=late)
    (reminder,) = texts(phone, late)
    assert "Answer BACK, MORE for half an hour more, or HELP" in reminder
    assert "Mill Lane" not in reminder
    back_at = late + timedelta(minutes=10)
    assert write_back("BACK", back_at, secret="wrong").status_code == 400
    assert write_back("BACK", back_at).json() == {"is_new": True}
    row.refresh_from_db()
    assert (row.ended_at, row.whereabouts) == (back_at, "")
    assert tend_check_ins(now=late + timedelta(hours=1)) == {"reminded": 0, "cases": 0}
    assert Case.objects.count() == 0
    assert "You are checked out" in texts(phone, back_at)[-1]
    assert DeliveryReport.objects.get().diagnostic == ""
    assert write_back("BACK again", back_at + timedelta(minutes=1)).status_code == 200
    assert len(texts(phone, back_at)) == 2, "nobody is out: nothing is answered"
    assert DeliveryReport.objects.latest("pk").diagnostic == "BACK again"


def test_no_word_opens_a_case_and_a_late_one_is_told_to_its_team(
    cast: Any, phone: TextSink, now: datetime
) -> None:
    begin_duty(user=cast.alice, area=None, now=now)
    row, late = go_out(make_volunteer(1, area=cast.east), now), now + timedelta(hours=2)
    tend_check_ins(now=late)
    write_back("not back yet", late + timedelta(minutes=5))
    row.refresh_from_db()
    assert row.ended_at is None
    assert "Answer BACK alone" in texts(phone, late + timedelta(minutes=5))[-1]
    assert tend_check_ins(now=late + timedelta(minutes=20)) == {"reminded": 0, "cases": 1}
    case = Case.objects.get()
    assert [member.user for member in case.members.all()] == [cast.alice]
    write_back("lost my way", late + timedelta(minutes=25))
    write_back("back", late + timedelta(minutes=30))
    notes = list(CaseNote.objects.order_by("pk").values_list("text", flat=True))
    assert notes == ["By text message: lost my way", "They have checked out by text message."]
    row.refresh_from_db()
    assert row.ended_at == late + timedelta(minutes=30)


def test_more_moves_the_time_and_help_opens_a_case_at_once(cast: Any, phone: TextSink, now: datetime) -> None:
    begin_duty(user=cast.alice, area=None, now=now)
    row = go_out(make_volunteer(1, area=cast.east), now)
    write_back("More", now + timedelta(minutes=90))
    row.refresh_from_db()
    assert row.due_at == now + timedelta(minutes=150)
    assert "We expect you back at 12:30pm now" in texts(phone, now + timedelta(minutes=90))[-1]
    write_back("HELP", now + timedelta(minutes=100))
    case = Case.objects.get()
    assert (case.needs, case.whereabouts) == ("Asked for help by text message.", "Mill Lane, odd numbers")
    write_back("help", now + timedelta(minutes=101))
    assert Case.objects.count() == 1
    assert CaseNote.objects.get().text == "By text message: help"
    assert tend_check_ins(now=now + timedelta(hours=4)) == {"reminded": 0, "cases": 0}


def test_the_longest_time_out_is_not_stretched_by_texts(cast: Any, phone: TextSink, now: datetime) -> None:
    row = go_out(make_volunteer(1, area=cast.east), now)
    CheckIn.objects.update(due_at=now + timedelta(hours=6))
    write_back("MORE", now)
    row.refresh_from_db()
    assert row.due_at == now + timedelta(hours=6)
    assert "Answer BACK alone" in texts(phone, now)[-1]


def test_of_two_with_one_number_nobody_is_taken_for_safe(cast: Any, phone: TextSink, now: datetime) -> None:
    one, two = make_volunteer(1, area=cast.east), make_volunteer(2, area=cast.east)
    two.person.contact_points.filter(kind="phone").update(canonical="+447700900001")
    go_out(one, now)
    go_out(two, now)
    write_back("BACK", now + timedelta(minutes=5))
    assert CheckIn.objects.filter(ended_at=None).count() == 2


def test_a_stranger_who_writes_changes_nothing(cast: Any, phone: TextSink, now: datetime) -> None:
    go_out(make_volunteer(1, area=cast.east), now)
    assert write_back("BACK", now, number="+447700900555").json() == {"is_new": True}
    assert CheckIn.objects.get().ended_at is None
    assert texts(phone, now) == []


def test_stop_while_out_stops_texts_and_the_reminder_comes_by_mail(
    cast: Any, phone: TextSink, now: datetime
) -> None:
    from hustings.postroom.models import Message

    row = go_out(make_volunteer(1, area=cast.east), now)
    write_back("STOP", now + timedelta(minutes=5))
    tend_check_ins(now=row.due_at)
    assert [message.channel for message in Message.objects.filter(template="support/check_out")] == ["email"]


def test_somebody_who_reads_welsh_is_reminded_and_answered_in_welsh(
    cast: Any, phone: TextSink, now: datetime
) -> None:
    volunteer = make_volunteer(1, area=cast.east)
    volunteer.person.language = "cy"
    volunteer.person.save()
    row = go_out(volunteer, now)
    tend_check_ins(now=row.due_at)
    assert "Atebwch ADREF, RHAGOR" in texts(phone, row.due_at)[0]
    write_back("adref", row.due_at + timedelta(minutes=1))
    assert "Rydych wedi cofnodi eich bod adref" in texts(phone, row.due_at)[-1]
