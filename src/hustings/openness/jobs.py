"""Reactions: what other apps announce becomes an entry. Each may run twice and writes once.

`at` is the moment of the fact; the entry bears the moment at which it is recorded.
"""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.clearance.models import ApprovedCopy
from hustings.openness.usecases.mark_words import mark_missing
from hustings.openness.usecases.record_calls import record_calls
from hustings.openness.usecases.record_canvass import record_canvass
from hustings.openness.usecases.record_mailing import record_mailing
from hustings.openness.usecases.record_material import record_material
from hustings.openness.usecases.record_money import record_donation_report, record_return
from hustings.openness.usecases.record_withdrawal import record_withdrawal
from hustings.openness.usecases.sign_checkpoint import sign_checkpoint
from hustings.openness.usecases.watch_log import ask_witnesses
from hustings.outreach.doorsteps.models import Canvass
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.phonebank.models import PhoneBank


@task()
def record_approved_material(at: str, copy_id: int) -> int:
    """Add the entry of an approved copy; returns its number."""
    copy = ApprovedCopy.objects.select_related("material").get(pk=copy_id)
    return record_material(copy=copy, now=clock().now()).number


@task()
def record_withdrawn_material(at: str, copy_id: int) -> int:
    """Add the entry of a withdrawal; returns its number."""
    copy = ApprovedCopy.objects.select_related("material").get(pk=copy_id)
    return record_withdrawal(copy=copy, now=clock().now()).number


@task()
def record_finished_mailing(at: str, mailing_id: int) -> int:
    """Add the entry of a mailing that has ended; returns its number."""
    mailing = Mailing.objects.select_related("dispatch", "clearance", "copy__material", "audience").get(
        pk=mailing_id
    )
    return record_mailing(mailing=mailing, now=clock().now()).number


@task()
def record_closed_phone_bank(at: str, bank_id: int) -> int | None:
    """Add the entry of a phone bank that was closed; returns its number, or None where nobody was called."""
    bank = PhoneBank.objects.select_related(
        "audience", "area", "clearance", "copy__material", "election"
    ).get(pk=bank_id)
    entry = record_calls(bank=bank, now=clock().now())
    return None if entry is None else entry.number


@task()
def record_closed_canvass(at: str, canvass_id: int) -> int | None:
    """Add the entry of a closed canvass; returns its number, none where nobody was spoken to."""
    canvass = Canvass.objects.select_related("area", "audience", "election").get(pk=canvass_id)
    entry = record_canvass(canvass=canvass, now=clock().now())
    return None if entry is None else entry.number


@task()
def sign_and_ask_witnesses() -> int:
    """Sign what is not signed yet and send it to the witnesses; returns how many cosigned."""
    now = clock().now()
    sign_checkpoint(now=now)
    return ask_witnesses(now=now)


@task()
def mark_materials() -> int:
    """Mark the words of materials that have no marks yet; returns how many there were."""
    return mark_missing()


@task()
def record_frozen_return(at: str, return_id: int) -> int:
    """Add the entry of a finished return of spending; returns its number."""
    return record_return(return_id=return_id, now=clock().now()).number


@task()
def record_filed_donations(at: str, report_id: int) -> int:
    """Add the entry of a report of donations; returns its number."""
    return record_donation_report(report_id=report_id, now=clock().now()).number
