"""Approve a mailing: its words pass the checklist and are kept as an approved copy."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.queries import composed
from hustings.clearance.rules.gate import Reason
from hustings.clearance.usecases.approve_material import approve_material
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.queries import message_of, text_cost
from hustings.outreach.mailings.usecases.start_mailing import ask_gate


class AlreadyApproved(Refusal):
    """The mailing has its approved copy."""


@transaction.atomic
def approve_mailing(*, mailing: Mailing, by: User, now: datetime) -> Mailing:
    """Approve the material and tie its copy to the mailing. Raises what `approve_material` raises, and `AlreadyApproved`."""
    if mailing.state != MailingState.DRAFT or mailing.copy_id is not None:
        raise AlreadyApproved("approved", gettext_noop("This mailing is approved already."))
    if mailing.is_text and not mailing.material.cost_pence:
        _price(mailing, now)
    mailing.copy = approve_material(material=mailing.material, by=by, now=now)
    mailing.save(update_fields=["copy"])
    return mailing


def _price(mailing: Mailing, now: datetime) -> None:
    """What the texts cost, as the cost of the material: parts for those whom the gate would clear now, at the set price.

    Approval brings it into the books that were chosen, and asks their limits first.
    """
    summary = ask_gate(mailing=mailing, by=None, now=now)
    people = summary.cleared + summary.counts.get(Reason.NO_MATERIAL, 0)
    whole = composed(material=mailing.material)
    written = message_of(mailing=mailing, subject="", words=whole.body, on=uk_date(now))
    mailing.material.cost_pence = text_cost(mailing=mailing, written=written, people=people).pence
    mailing.material.save(update_fields=["cost_pence"])
