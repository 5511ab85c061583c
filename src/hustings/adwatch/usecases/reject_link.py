"""Say that a link to a register does not hold: another body of the same name."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import RegisterLink
from hustings.adwatch.usecases.suggest_codes import suggest_codes
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record


class CannotReject(Refusal):
    """The link was rejected before, or no reason is given."""


@transaction.atomic
def reject_link(*, link: RegisterLink, reason: str, by: User, now: datetime) -> RegisterLink:
    """Keep the link with the reason why it does not hold; it counts for nothing from now on. Raises `CannotReject`."""
    if link.rejected_at is not None:
        raise CannotReject("rejected_before", gettext_noop("Somebody said so before."))
    if not reason.strip():
        raise CannotReject("no_reason", gettext_noop("Say how you know that it is another body."))
    link.rejected_at, link.rejected_by, link.rejected_reason = now, by, reason.strip()
    link.save(update_fields=["rejected_at", "rejected_by", "rejected_reason"])
    suggest_codes(entity_ids=[link.entity_id])
    record(
        now=now,
        actor=by,
        verb="rejected register link",
        subject_type="adwatch.entity",
        subject_id=link.entity_id,
    )
    return link
