"""Write a phone bank, or change one: whom, why, what is said and asked, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import ApprovedCopy
from hustings.contacts.models import Issue
from hustings.elections.models import Election
from hustings.outreach.audiences.models import Audience
from hustings.outreach.phonebank.access import require_running
from hustings.outreach.phonebank.models import BankState, PhoneBank
from hustings.outreach.phonebank.rules.hours import Hours, check_hours
from hustings.people.models import MARKETING_PURPOSES, Purpose
from hustings.places.models import Area
from hustings.platform import audit


class BankNotComplete(Refusal):
    """Something that every phone bank needs is missing, or does not fit."""


class BankHasBegun(Refusal):
    """Whom it rings and why stands once it was opened; a closed one is not changed at all."""


@dataclass(frozen=True, kw_only=True)
class BankSubject:
    """Whom it rings, where, and why. Without an area of its own it is the audience's."""

    audience: Audience
    area: Area | None = None
    purpose: str = Purpose.CAMPAIGN
    copy: ApprovedCopy | None = None


@dataclass(frozen=True, kw_only=True)
class BankPlan:
    """What is said and asked, and when."""

    opening: str = ""
    asks_intention: bool = True
    election: Election | None = None
    issues: Sequence[Issue] = ()
    rings_from: time = time(9)
    rings_until: time = time(20, 30)
    most_tries: int = 3
    hours_between: int = 24
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@transaction.atomic
def save_bank(
    *,
    title: str,
    subject: BankSubject,
    plan: BankPlan,
    by: User,
    now: datetime,
    bank: PhoneBank | None = None,
) -> PhoneBank:
    """Store a phone bank. Once it was opened, only the plan and the name change.

    Raises `BankNotComplete`, `BankHasBegun`, `HoursTooWide` and `NotAllowed`.
    """
    area = subject.area or subject.audience.area
    require_running(user=by, area_code=None if area is None else area.code, now=now)
    _check(title, subject, plan, now)
    if bank is None:
        bank, verb = PhoneBank(made_at=now, made_by=by), "wrote"
    else:
        bank = PhoneBank.objects.select_for_update(of=("self",)).get(pk=bank.pk)
        require_running(user=by, area_code=bank.area_id, now=now)
        verb = "changed"
    is_new_subject = (bank.audience_id, bank.area_id, bank.purpose, bank.copy_id) != (
        subject.audience.pk,
        None if area is None else area.code,
        subject.purpose,
        None if subject.copy is None else subject.copy.pk,
    )
    if bank.state == BankState.CLOSED or (bank.state != BankState.DRAFT and is_new_subject):
        raise BankHasBegun(
            "begun",
            gettext_noop(
                "This phone bank was opened: whom it rings, and why, stands. Close it, and make a new one."
            ),
        )
    bank.title, bank.audience, bank.area = title.strip(), subject.audience, area
    bank.purpose, bank.copy = subject.purpose, subject.copy
    bank.opening, bank.asks_intention, bank.election = (
        plan.opening.strip(),
        plan.asks_intention,
        plan.election,
    )
    bank.rings_from, bank.rings_until = plan.rings_from, plan.rings_until
    bank.most_tries, bank.hours_between = plan.most_tries, plan.hours_between
    bank.opens_at, bank.closes_at = plan.opens_at, plan.closes_at
    bank.save()
    bank.issues.set(plan.issues)
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="outreach.PhoneBank",
        subject_id=bank.pk,
        area_code=bank.area_id or "",
    )
    return bank


def _check(title: str, subject: BankSubject, plan: BankPlan, now: datetime) -> None:
    if not title.strip():
        raise BankNotComplete("title", gettext_noop("Give the phone bank a name, so that you find it again."))
    if subject.purpose not in MARKETING_PURPOSES:
        raise BankNotComplete(
            "purpose", gettext_noop("Choose what the calls are for: news and campaigns, money, or help.")
        )
    if subject.copy is not None and subject.copy.purpose != subject.purpose:
        raise BankNotComplete(
            "copy", gettext_noop("The script was approved for another purpose. Choose another, or none.")
        )
    if subject.copy is None and not plan.opening.strip():
        raise BankNotComplete(
            "opening", gettext_noop("Write what callers say first, or choose an approved script.")
        )
    check_hours(hours=Hours(first=plan.rings_from, last=plan.rings_until), on=uk_date(now))
    if not 1 <= plan.most_tries <= 10:
        raise BankNotComplete("tries", gettext_noop("Somebody is rung between once and ten times."))
    if not 1 <= plan.hours_between <= 24 * 14:
        raise BankNotComplete(
            "between", gettext_noop("Leave between one hour and two weeks between two tries.")
        )
    if plan.closes_at is not None and plan.closes_at <= max(plan.opens_at or now, now):
        raise BankNotComplete("closes", gettext_noop("It must close after it opens, and later than now."))
