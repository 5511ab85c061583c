"""Call lists on paper: hold people for a named caller until a day, and take what comes back."""

import secrets
import uuid
from datetime import date, datetime, time, timedelta

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import UK, uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.usecases.recheck import recheck
from hustings.outreach.conversations.queries import parties_to_ask
from hustings.outreach.conversations.usecases.offer_words import offer_words
from hustings.outreach.phonebank.access import require_running
from hustings.outreach.phonebank.models import BankState, Call, CallSheet, CallState, PhoneBank, SheetLine
from hustings.outreach.phonebank.rules.sheet_code import code_of, how_many
from hustings.outreach.phonebank.usecases.open_bank import uses_opinions
from hustings.outreach.phonebank.usecases.take_call import free_rows, hold_row, let_go, number_of
from hustings.people.models import Channel
from hustings.platform import audit

#: As many lines as somebody rings in an evening, and as fit on a few sheets of A4.
MOST_LINES = 40
#: So long may names and numbers lie on somebody's table at most.
MOST_DAYS = 14
#: Letters that stand for parties on paper; U and W stand for other answers.
_SIGNS = "ABCDEFGHJKLMNPQRSTVXY"


class NoSheet(Refusal):
    """No sheet can be made so; the sentence says why."""


@transaction.atomic
def make_sheet(
    *, bank: PhoneBank, for_name: str, lines: int, return_by: date, by: User, now: datetime
) -> CallSheet:
    """Hold up to `lines` people for `for_name` until the end of the day `return_by`; the gate is asked about each again.

    Raises `NoSheet` and `NotAllowed`; then nothing is held.
    """
    require_running(user=by, area_code=bank.area_id, now=now)
    _check(bank, for_name, lines, return_by, now)
    parties = parties_to_ask(election=bank.election, area=bank.area) if bank.asks_intention else []
    sheet = CallSheet.objects.create(
        bank=bank,
        code=_fresh_code(),
        for_name=for_name.strip(),
        return_by=return_by,
        parties=[[sign, party.pk] for sign, party in zip(_SIGNS, parties, strict=False)],
        issues=[
            [str(number), issue.pk] for number, issue in enumerate(bank.issues.order_by("name"), start=1)
        ],
        wordings=[offer.wording.pk for offer in offer_words(channel=Channel.CALL, now=now)],
        made_at=now,
        made_by=by,
    )
    until = datetime.combine(return_by + timedelta(days=1), time(), UK)
    number = 0
    while number < lines:
        wanted = lines - number
        rows = free_rows(bank=bank, now=now).order_by("-is_promised", "tries", "pk")[:wanted]
        candidates = dict(rows.values_list("pk", "person_id"))
        if not candidates:
            break
        refused = recheck(
            person_ids=list(candidates.values()),
            channel=Channel.CALL,
            purpose=bank.purpose,
            now=now,
            copy=bank.copy,
            uses_opinions=uses_opinions(bank=bank),
        )
        for pk, person_id in candidates.items():
            point = number_of(person_id=person_id)
            if person_id in refused or point is None:
                let_go(call_id=pk, reason=refused.get(person_id, "no-address"))
            elif hold_row(bank=bank, pk=pk, hold=uuid.uuid4(), sheet_id=sheet.pk, until=until, now=now):
                number += 1
                SheetLine.objects.create(sheet=sheet, number=number, call_id=pk, point=point)
    if not number:
        raise NoSheet(
            "nobody", gettext_noop("Nobody is waiting to be rung now, so there is nothing to print.")
        )
    audit.record(
        now=now,
        actor=by,
        verb="made a call list on paper",
        subject_type="outreach.CallSheet",
        subject_id=sheet.pk,
        area_code=bank.area_id or "",
        lines=number,
    )
    return sheet


@transaction.atomic
def end_sheet(*, sheet: CallSheet, by: User, now: datetime) -> int:
    """The sheet is back, or lost: whoever it still holds waits again; returns how many. Late lines can still be keyed."""
    require_running(user=by, area_code=sheet.bank.area_id, now=now)
    freed = Call.objects.filter(sheet=sheet, state=CallState.HELD).update(
        state=CallState.WAITING, hold=None, held_by=None, held_until=None, sheet=None, passed_at=now
    )
    CallSheet.objects.filter(pk=sheet.pk, returned_at=None).update(returned_at=now)
    audit.record(
        now=now,
        actor=by,
        verb="ended a call list on paper",
        subject_type="outreach.CallSheet",
        subject_id=sheet.pk,
        area_code=sheet.bank.area_id or "",
        freed=freed,
    )
    return freed


def _check(bank: PhoneBank, for_name: str, lines: int, return_by: date, now: datetime) -> None:
    if bank.state != BankState.OPEN or (bank.closes_at is not None and now >= bank.closes_at):
        raise NoSheet("closed", gettext_noop("Sheets are printed while the phone bank is open."))
    if not for_name.strip():
        raise NoSheet("name", gettext_noop("Write who rings from this sheet."))
    if not 1 <= lines <= MOST_LINES:
        raise NoSheet("lines", gettext_noop("A sheet holds between one and {most} people."), most=MOST_LINES)
    today = uk_date(now)
    if not today <= return_by <= today + timedelta(days=MOST_DAYS):
        raise NoSheet(
            "day",
            gettext_noop("Choose a day within the next {most} days by which the sheet is back."),
            most=MOST_DAYS,
        )


def _fresh_code() -> str:
    while True:
        code = code_of(number=secrets.randbelow(how_many()))
        if not CallSheet.objects.filter(code=code).exists():
            return code
