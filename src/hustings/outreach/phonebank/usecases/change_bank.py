"""Pause a phone bank, carry on, close it for good; and close those whose moment has come."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.events import PhoneBankClosed
from hustings.outreach.phonebank.access import require_running
from hustings.outreach.phonebank.models import BankState, Call, CallState, PhoneBank
from hustings.platform import audit
from hustings.platform.events import announce


class BankNotInThatState(Refusal):
    """It is not in the state from which this can be done."""


def pause_bank(*, bank: PhoneBank, by: User, now: datetime) -> PhoneBank:
    """Let nobody take another call; what is being rung can still be answered."""
    return _change(bank, (BankState.OPEN,), BankState.PAUSED, "paused", by, now)


def resume_bank(*, bank: PhoneBank, by: User, now: datetime) -> PhoneBank:
    """Carry on."""
    return _change(bank, (BankState.PAUSED,), BankState.OPEN, "carried on", by, now)


def close_bank(*, bank: PhoneBank, by: User | None, now: datetime) -> PhoneBank:
    """Close it for good. What is held comes back as not reached; what a caller or a sheet says later is still kept.

    `by` is empty where the schedule closes it.
    """
    return _change(bank, (BankState.OPEN, BankState.PAUSED), BankState.CLOSED, "closed", by, now)


def close_due_banks(*, now: datetime) -> list[int]:
    """Close the phone banks whose moment has come; returns which."""
    due = PhoneBank.objects.filter(state__in=[BankState.OPEN, BankState.PAUSED], closes_at__lte=now)
    return [close_bank(bank=bank, by=None, now=now).pk for bank in due.order_by("pk")]


@transaction.atomic
def _change(
    bank: PhoneBank, of: tuple[BankState, ...], to: BankState, verb: str, by: User | None, now: datetime
) -> PhoneBank:
    if by is not None:
        require_running(user=by, area_code=bank.area_id, now=now)
    held = PhoneBank.objects.select_for_update(of=("self",)).get(pk=bank.pk)
    if held.state not in of:
        raise BankNotInThatState(
            "state", gettext_noop("This phone bank is not in a state in which that can be done. Look again.")
        )
    held.state = to
    if to == BankState.CLOSED:
        held.closed_at = now
        Call.objects.filter(bank=held, state=CallState.HELD).update(
            state=CallState.WAITING, hold=None, held_by=None, held_until=None, sheet=None
        )
        announce(PhoneBankClosed(at=now, bank_id=held.pk))
    held.save(update_fields=["state", "closed_at"])
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="outreach.PhoneBank",
        subject_id=held.pk,
        area_code=held.area_id or "",
    )
    return held
