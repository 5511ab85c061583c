"""Take the next person to ring: one row, held for one caller for some minutes, the gate asked once more."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import F, Q, QuerySet

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.usecases.recheck import recheck
from hustings.outreach.phonebank.access import require_ringing
from hustings.outreach.phonebank.models import (
    BankState,
    Call,
    Caller,
    CallResult,
    CallState,
    PhoneBank,
)
from hustings.outreach.phonebank.rules.hours import Hours, may_ring, widest_hours
from hustings.outreach.phonebank.usecases.open_bank import uses_opinions
from hustings.people.models import Channel, ContactPoint, ContactPointKind

#: How long a caller keeps a person without a sign of life. What is said later still counts.
LEASE = timedelta(minutes=15)
#: Rows looked at in one go: as many callers can press at once before anybody has to look again.
_LOOKED_AT = 25
_SALT = "hustings.outreach.phonebank.ticket"
#: How long after taking a call what came of it can be entered.
_TICKET_SECONDS = 24 * 3600


class CannotRing(Refusal):
    """Nobody can be rung for this bank now: it is not open, it is outside its hours, or the words were not accepted."""


class NotYourCall(Refusal):
    """What was sent does not belong to a call that this login took today."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A person held for a caller, the number to ring, and the ticket with which the answer comes back."""

    call: Call
    point: ContactPoint
    ticket: str


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What a ticket says: which call was taken under which hold, and which number was shown."""

    call_id: int
    hold: uuid.UUID
    point_id: int


def accept_words(*, bank: PhoneBank, by: User, now: datetime) -> Caller:
    """Keep that somebody accepted the words on conduct and privacy for this bank. Raises `NotAllowed`."""
    require_ringing(user=by, area_code=bank.area_id, now=now)
    caller, _is_new = Caller.objects.get_or_create(bank=bank, user=by, defaults={"accepted_at": now})
    return caller


def hours_of(*, bank: PhoneBank, now: datetime) -> Hours:
    """The hours of a bank, never wider than anybody may be rung on that day."""
    widest = widest_hours(on=uk_date(now))
    return Hours(first=max(bank.rings_from, widest.first), last=min(bank.rings_until, widest.last))


def take_next_call(*, bank: PhoneBank, by: User, now: datetime) -> Taken | None:
    """Hold the next person for this caller, or the one they hold already; None where nobody can be rung now.

    A conditional update decides between two callers. About exactly this person the gate is asked again: whoever it refuses by
    now is done with, and the next is taken. Raises `CannotRing` and `NotAllowed`.
    """
    _check(bank, by, now)
    held = held_call(bank=bank, by=by, now=now)
    if held is not None:
        return held
    while candidates := list(_free(bank, now).values_list("pk", flat=True)[:_LOOKED_AT]):
        for pk in candidates:
            hold = uuid.uuid4()
            if not hold_row(bank=bank, pk=pk, hold=hold, by=by, until=now + LEASE, now=now):
                continue  # somebody was quicker
            taken = _shown(bank, pk, hold, by, now)
            if taken is not None:
                return taken
    return None


def held_call(*, bank: PhoneBank, by: User, now: datetime) -> Taken | None:
    """The person whom this caller holds already, for some minutes more; None where there is none."""
    row = Call.objects.filter(
        bank=bank, state=CallState.HELD, held_by=by, sheet=None, held_until__gt=now
    ).first()
    if row is None or row.hold is None:
        return None
    taken = _shown(bank, row.pk, row.hold, by, now)
    if taken is not None:
        Call.objects.filter(pk=row.pk, hold=row.hold).update(held_until=now + LEASE)
    return taken


def give_back(*, ticket: str, by: User, now: datetime) -> bool:
    """Let the person wait again, behind the others; returns whether this caller still held them. Raises `NotYourCall`."""
    told = read_ticket(ticket=ticket, by=by)
    row = Call.objects.filter(pk=told.call_id, state=CallState.HELD, hold=told.hold)
    return row.update(state=CallState.WAITING, hold=None, held_by=None, held_until=None, passed_at=now) > 0


def read_ticket(*, ticket: str, by: User) -> Ticket:
    """What a ticket says; raises `NotYourCall` where it is not this login's, is older than a day, or was changed."""
    try:
        call_id, hold, user_id, point_id = signing.loads(ticket, salt=_SALT, max_age=_TICKET_SECONDS)
    except signing.BadSignature as problem:
        raise _not_yours() from problem
    if user_id != by.pk:
        raise _not_yours()
    return Ticket(call_id=call_id, hold=uuid.UUID(hold), point_id=point_id)


def free_rows(*, bank: PhoneBank, now: datetime) -> "QuerySet[Call]":
    """The rows that can be taken: waiting and due, or held by somebody whose time is over."""
    return Call.objects.filter(_is_free(now), bank=bank)


def hold_row(
    *,
    bank: PhoneBank,
    pk: int,
    hold: uuid.UUID,
    until: datetime,
    now: datetime,
    by: User | None = None,
    sheet_id: int | None = None,
) -> bool:
    """Hold one row, if it can still be taken at this moment: the update itself decides."""
    return (
        free_rows(bank=bank, now=now)
        .filter(pk=pk)
        .update(state=CallState.HELD, hold=hold, held_by=by, sheet=sheet_id, held_until=until)
        > 0
    )


def number_of(*, person_id: int) -> ContactPoint | None:
    """The number to ring: a working one, the preferred before others, then a confirmed one, then the oldest."""
    working = ContactPoint.objects.filter(
        person=person_id, kind=ContactPointKind.PHONE, unusable_at=None
    ).exclude(value="")
    return working.order_by("-is_preferred", F("verified_at").asc(nulls_last=True), "pk").first()


def let_go(*, call_id: int, reason: str) -> None:
    """The gate refuses somebody by now: they are done with, with its reason."""
    Call.objects.filter(pk=call_id).exclude(state=CallState.DONE).update(
        state=CallState.DONE,
        hold=None,
        held_by=None,
        held_until=None,
        result=CallResult.REFUSED,
        reason=reason,
    )


def _is_free(now: datetime) -> Q:
    is_due = Q(not_before=None) | Q(not_before__lte=now)
    return Q(is_due, state=CallState.WAITING) | Q(state=CallState.HELD, held_until__lte=now)


def _free(bank: PhoneBank, now: datetime) -> "QuerySet[Call]":
    """In turn: first those who named this moment, then those never passed over, then those tried least."""
    return free_rows(bank=bank, now=now).order_by(
        "-is_promised", F("passed_at").asc(nulls_first=True), "tries", "pk"
    )


def _shown(bank: PhoneBank, pk: int, hold: uuid.UUID, by: User, now: datetime) -> Taken | None:
    """What is shown of a held row, once the gate has let the person pass again."""
    row = Call.objects.select_related("person").get(pk=pk)
    refused = recheck(
        person_ids=[row.person_id],
        channel=Channel.CALL,
        purpose=bank.purpose,
        now=now,
        copy=bank.copy,
        uses_opinions=uses_opinions(bank=bank),
    )
    point = number_of(person_id=row.person_id)
    if refused or point is None:
        let_go(call_id=pk, reason=refused.get(row.person_id, "no-address"))
        return None
    ticket = signing.dumps([row.pk, hold.hex, by.pk, point.pk], salt=_SALT)
    return Taken(call=row, point=point, ticket=ticket)


def _check(bank: PhoneBank, by: User, now: datetime) -> None:
    require_ringing(user=by, area_code=bank.area_id, now=now)
    is_over = bank.closes_at is not None and now >= bank.closes_at
    if bank.state != BankState.OPEN or is_over or (bank.opens_at is not None and now < bank.opens_at):
        raise CannotRing("closed", gettext_noop("This phone bank is not open. Ask whoever runs it."))
    if not may_ring(at=now, hours=hours_of(bank=bank, now=now)):
        raise CannotRing("hours", gettext_noop("Nobody is rung at this hour."))
    if not Caller.objects.filter(bank=bank, user=by).exists():
        raise CannotRing("words", gettext_noop("Read what callers promise, and accept it first."))


def _not_yours() -> NotYourCall:
    return NotYourCall(
        "ticket",
        gettext_noop("This is not a call that you took today. Go back to the phone bank, and take the next."),
    )
