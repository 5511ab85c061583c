"""What came of a call: kept once, whoever holds the person by now, because it happened."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.contacts.models import Outcome
from hustings.contacts.usecases.record_contact import record_contact
from hustings.outreach.conversations.rules.agreements import NOTHING_AGREED, Agreed
from hustings.outreach.conversations.rules.answers import Answer, Wish
from hustings.outreach.conversations.usecases.record_conversation import record_conversation
from hustings.outreach.phonebank.access import require_ringing
from hustings.outreach.phonebank.models import Call, CallSheet, CallState, CallTry, PhoneBank
from hustings.outreach.phonebank.rules.hours import may_ring
from hustings.outreach.phonebank.rules.turns import OF_CALLERS, Result, Turn, turn_after
from hustings.outreach.phonebank.usecases.take_call import hours_of, number_of, read_ticket
from hustings.people.models import Channel, ContactPoint
from hustings.people.usecases.mark_unusable import mark_unusable

_OUTCOMES = {
    Result.SPOKE: Outcome.SPOKE,
    Result.NO_ANSWER: Outcome.NO_ANSWER,
    Result.OBJECTED: Outcome.OBJECTED,
    Result.GONE: Outcome.GONE,
}


class WrongResult(Refusal):
    """What is said of the call does not fit together; nothing was stored."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a call ended and what was said. `later_at` is the moment at which they want to be rung, where they named one."""

    result: str
    answer: Answer | None = None
    wish: Wish = Wish.NOTHING
    agreed: Agreed = NOTHING_AGREED
    later_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Whether it was news (sent twice, it counts once), what was not kept and why, and what becomes of the person."""

    is_new: bool
    not_kept: tuple[Refusal, ...] = ()
    turn: Turn | None = None


def answer_call(*, ticket: str, said: Said, by: User, now: datetime) -> Answered:
    """Keep what came of a call that this login took. Raises `NotYourCall`, `WrongResult` and `NotAllowed`.

    Also where the time with the person was over, and where the bank is paused or closed: what was said was said.
    """
    told = read_ticket(ticket=ticket, by=by)
    with transaction.atomic():
        row = _locked(told.call_id)
        require_ringing(user=by, area_code=row.bank.area_id, now=now)
        point = ContactPoint.objects.filter(pk=told.point_id, person=row.person_id).first()
        return keep_answer(call=row, token=told.hold, said=said, point=point, at=now, by=by, now=now)


def keep_answer(
    *,
    call: Call,
    token: uuid.UUID,
    said: Said,
    point: ContactPoint | None,
    at: datetime,
    by: User,
    now: datetime,
    sheet: CallSheet | None = None,
) -> Answered:
    """Keep a try under its token, with the contact and what was said, and let the row follow. In an open transaction.

    `call` is locked by `locked_call`; `point` is the number that was rung.
    """
    if CallTry.objects.filter(token=token).exists():
        return Answered(is_new=False)
    bank, result = call.bank, _checked(said, call.bank, now)
    not_kept: tuple[Refusal, ...] = ()
    agreed = ""
    if result is Result.WRONG_NUMBER:
        if point is not None:
            mark_unusable(canonical=point.canonical, kind=point.kind, reason="wrong number", now=at)
    elif result is Result.LATER:
        record_contact(
            channel=Channel.CALL,
            purpose=bank.purpose,
            outcome=Outcome.ATTEMPTED,
            at=at,
            person_id=call.person_id,
            label=bank.title,
            by=by,
        )
    else:
        conversation = record_conversation(
            channel=Channel.CALL,
            purpose=bank.purpose,
            label=bank.title,
            outcome=_OUTCOMES[result],
            person=call.person,
            answer=said.answer,
            wish=said.wish,
            agreed=said.agreed,
            evidence=_evidence(bank, token, by, sheet),
            at=at,
            by=by,
            now=now,
        )
        not_kept, agreed = conversation.not_kept, conversation.agreed
    CallTry.objects.create(
        call=call, token=token, result=result, agreed=agreed, at=at, entered_at=now, by=by, sheet=sheet
    )
    turn = turn_after(
        result=result,
        tries=call.tries,
        at=at,
        hours=hours_of(bank=bank, now=now),
        most_tries=bank.most_tries,
        hours_between=bank.hours_between,
        later_at=said.later_at,
        has_other_number=result is Result.WRONG_NUMBER and number_of(person_id=call.person_id) is not None,
    )
    _settle(call, result, turn)
    return Answered(is_new=True, not_kept=not_kept, turn=turn)


def locked_call(*, pk: int) -> Call:
    """A row with its bank and person, locked until the transaction ends."""
    return _locked(pk)


def _locked(pk: int) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("bank", "person").get(pk=pk)


def _evidence(bank: PhoneBank, token: uuid.UUID, by: User, sheet: CallSheet | None) -> dict[str, Any]:
    """Who took down what they agreed to, and where that is found again."""
    found = {"phone bank": bank.pk, "call": token.hex}
    if sheet is None:
        return {**found, "taken by": str(by)}
    line = sheet.lines.filter(token=token).values_list("number", flat=True).first()
    return {**found, "taken by": sheet.for_name, "sheet": sheet.code, "line": line, "keyed by": str(by)}


def _settle(call: Call, result: Result, turn: Turn) -> None:
    if call.state == CallState.DONE:
        # Somebody else reached them meanwhile; this try is kept, and what it asked for was done.
        call.tries = max(call.tries, turn.tries)
        call.save(update_fields=["tries"])
        return
    call.state = CallState.DONE if turn.is_done else CallState.WAITING
    call.hold = call.held_by = call.held_until = call.sheet = None
    call.tries, call.result = turn.tries, result
    call.not_before, call.is_promised = turn.not_before, turn.is_promised
    call.save()


def _checked(said: Said, bank: PhoneBank, now: datetime) -> Result:
    if said.result not in OF_CALLERS:
        raise WrongResult("result", gettext_noop("Say how the call ended."))
    result = Result(said.result)
    has_said = said.answer is not None and not said.answer.is_empty
    if has_said and result not in {Result.SPOKE, Result.OBJECTED}:
        raise WrongResult(
            "answer", gettext_noop("Answers are kept only of somebody who was spoken to. Choose “spoke”.")
        )
    if said.wish is not Wish.NOTHING and result not in {Result.SPOKE, Result.OBJECTED}:
        raise WrongResult(
            "wish",
            gettext_noop("If they asked not to be contacted, choose “asked not to be called” or “spoke”."),
        )
    if not said.agreed.is_empty and result not in {Result.SPOKE, Result.OBJECTED}:
        raise WrongResult(
            "agreed", gettext_noop("Only somebody who was spoken to can agree to anything. Choose “spoke”.")
        )
    if said.later_at is not None and result is Result.LATER:
        _check_moment(said.later_at, bank, now)
    return result


def _check_moment(later_at: datetime, bank: PhoneBank, now: datetime) -> None:
    hours = hours_of(bank=bank, now=now)
    if later_at <= now or (bank.closes_at is not None and later_at >= bank.closes_at):
        raise WrongResult(
            "later", gettext_noop("Choose a moment that is still to come, before this phone bank closes.")
        )
    if not may_ring(at=later_at, hours=hours):
        raise WrongResult(
            "hours",
            gettext_noop("People are rung between {first} and {last} on {day}. Choose a time between them."),
            first=f"{hours.first:%H:%M}",
            last=f"{hours.last:%H:%M}",
            day=f"{uk_date(later_at):%d/%m/%Y}",
        )
