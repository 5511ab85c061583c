"""Somebody wrote back by text message: whoever is out alone checks out, stays longer, or gets help at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import Refusal
from hustings.people.models import Channel, Purpose
from hustings.platform.words import clock_time
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.support.models import CaseNote, CheckIn
from hustings.support.queries.reach import Reach
from hustings.support.rules.text_words import TextWord, word_of
from hustings.support.usecases.check_in import check_out, open_case_for, stay_longer

#: What LONGER adds, in minutes: as the button of the page does.
LONGER = 30


def take_text_answer(*, person_ids: Iterable[int], text: str, at: datetime, now: datetime) -> TextWord | None:
    """Do what a text from somebody who is out says, and answer it; none where nobody of that number is out.

    `at` is when the message came in, which is the moment of the check-out. Where two who share a number are both out, nothing
    is taken for said: they are told to use their own page. In a case that was opened already, what they wrote is kept as a note.
    """
    with transaction.atomic():
        out = list(
            CheckIn.objects.select_for_update(of=("self",))
            .filter(volunteer__person__in=list(person_ids), ended_at=None, started_at__lte=at)
            .select_related("volunteer__person", "case")
            .order_by("pk")
        )
        if not out:
            return None
        word = word_of(text=text) if len(out) == 1 else TextWord.UNCLEAR
        for row in out:
            _act(row, word, text, at, now)
    return word


def _act(row: CheckIn, word: TextWord, text: str, at: datetime, now: datetime) -> None:
    if row.case is not None and word is not TextWord.BACK:
        CaseNote.objects.create(case=row.case, at=at, is_system=True, text=f"By text message: {text}")
    match word:
        case TextWord.BACK:
            check_out(volunteer=row.volunteer, now=at, how="by text message")
            _answer(row, "support/back", now)
        case TextWord.LONGER:
            try:
                stay_longer(standing=row, minutes=LONGER, now=now)
            except Refusal:
                _answer(
                    row, "support/not_understood", now
                )  # the longest time out is used up: BACK or HELP are left
            else:
                _answer(row, "support/longer", now)
        case TextWord.HELP:
            if not row.has_opened_case:
                open_case_for(row=row, needs="Asked for help by text message.", now=now)
            _answer(row, "support/help", now)
        case TextWord.UNCLEAR:
            _answer(row, "support/not_understood", now)


def _answer(row: CheckIn, template: str, now: datetime) -> None:
    volunteer = row.volunteer
    point = Reach([volunteer]).point(volunteer, Channel.SMS)
    if point is None:
        return  # they stopped texts: their own page says how they stand
    person = volunteer.person
    request = MessageRequest(
        template=template, address=point.value, channel=Channel.SMS, purpose=Purpose.SERVICE, person_id=person.pk,
        language=person.language, fields={"due_time": clock_time(row.due_at)},
    )  # fmt: skip
    queue_messages(requests=[request], now=now)
