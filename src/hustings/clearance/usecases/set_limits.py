"""Set the organisation's own limits, which are stricter than the law."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.access import require_in
from hustings.clearance.models import OwnLimits
from hustings.platform import audit


class LimitsWithoutReason(Refusal):
    """Limits were to be set or lifted without a reason."""


@transaction.atomic
def set_limits(
    *,
    most_contacts: int | None,
    within_days: int,
    needs_verified_email: bool,
    needs_screened_number: bool = False,
    leaves_out_under_16: bool = True,
    reason: str,
    by: User,
    now: datetime,
) -> OwnLimits:
    """Let new limits hold from now on; `most_contacts` None lifts the limit on how often.

    Earlier limits stay on file, so that every clearance can be explained. Raises `LimitsWithoutReason`, and
    `NotAllowed` for anyone but an agent of the whole organisation.
    """
    require_in(user=by, right=Right.OVERRIDE, code=None, now=now)
    if not reason.strip():
        raise LimitsWithoutReason("reason", gettext_noop("Give the reason; it is kept with the limits."))
    limits = OwnLimits.objects.create(
        most_contacts=most_contacts,
        within_days=within_days,
        needs_verified_email=needs_verified_email,
        needs_screened_number=needs_screened_number,
        leaves_out_under_16=leaves_out_under_16,
        reason=reason.strip(),
        set_at=now,
        set_by=by,
    )
    audit.record(
        now=now,
        actor=by,
        verb="set limits",
        subject_type="clearance.OwnLimits",
        subject_id=limits.pk,
        most_contacts=most_contacts,
        within_days=within_days,
        needs_verified_email=needs_verified_email,
        needs_screened_number=needs_screened_number,
        leaves_out_under_16=leaves_out_under_16,
    )
    return limits
