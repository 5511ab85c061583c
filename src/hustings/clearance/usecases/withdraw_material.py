"""Withdraw a material: none of its copies may be used any more."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.access import require_for
from hustings.clearance.events import MaterialWithdrawn
from hustings.clearance.models import ApprovedCopy, Material, MaterialState
from hustings.platform import audit
from hustings.platform.events import announce


class NothingToWithdraw(Refusal):
    """The material has no approved copy in use, or no reason was given."""


@transaction.atomic
def withdraw_material(*, material: Material, reason: str, by: User, now: datetime) -> list[ApprovedCopy]:
    """Withdraw every copy in use; `MaterialWithdrawn` is announced for each. What already left cannot be
    called back.

    Raises `NothingToWithdraw` where there is none or no reason is given, and `NotAllowed` as
    `approve_material` does.
    """
    require_for(user=by, right=Right.APPROVE_MATERIALS, material=material, now=now)
    if not reason.strip():
        raise NothingToWithdraw("reason", gettext_noop("Give the reason; it stands in the public record."))
    copies = list(material.copies.select_for_update(of=("self",)).filter(withdrawn_at=None))
    if not copies:
        raise NothingToWithdraw("nothing", gettext_noop("No approved copy of this is in use."))
    for copy in copies:
        copy.withdrawn_at, copy.withdrawn_reason = now, reason.strip()[:300]
        copy.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        announce(MaterialWithdrawn(at=now, copy_id=copy.pk))
    material.state = MaterialState.WITHDRAWN
    material.save(update_fields=["state"])
    audit.record(
        now=now,
        actor=by,
        verb="withdrew",
        subject_type="clearance.Material",
        subject_id=material.pk,
        area_code=material.area_id or "",
    )
    return copies
