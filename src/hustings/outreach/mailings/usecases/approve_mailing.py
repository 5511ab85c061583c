"""Approve a mailing: its words pass the checklist and are kept as an approved copy."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.usecases.approve_material import approve_material
from hustings.outreach.mailings.models import Mailing, MailingState


class AlreadyApproved(Refusal):
    """The mailing has its approved copy."""


@transaction.atomic
def approve_mailing(*, mailing: Mailing, by: User, now: datetime) -> Mailing:
    """Approve the material and tie its copy to the mailing. Raises what `approve_material` raises, and `AlreadyApproved`."""
    if mailing.state != MailingState.DRAFT or mailing.copy_id is not None:
        raise AlreadyApproved("approved", gettext_noop("This mailing is approved already."))
    mailing.copy = approve_material(material=mailing.material, by=by, now=now)
    mailing.save(update_fields=["copy"])
    return mailing
