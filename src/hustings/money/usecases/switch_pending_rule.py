"""Switch a proposed rule on or off for the whole organisation; it warns while it is on and never refuses."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import PendingRuleSwitch
from hustings.money.rules.donation_law import pending_keys
from hustings.platform import audit


class CannotSwitch(Refusal):
    """There is no such proposed rule, or no reason was given."""


@transaction.atomic
def switch_pending_rule(*, key: str, is_on: bool, reason: str, by: User, now: datetime) -> PendingRuleSwitch:
    """Keep the switch with its reason; for whoever looks after the whole organisation's money. Raises `CannotSwitch`."""
    require_in(user=by, right=Right.EDIT_MONEY, code=None, now=now)
    if key not in pending_keys():
        raise CannotSwitch("key", gettext_noop("There is no such proposed rule."))
    if not reason.strip():
        raise CannotSwitch(
            "reason", gettext_noop("Say why you switch it, for example that the Act commenced.")
        )
    switch = PendingRuleSwitch.objects.create(key=key, is_on=is_on, reason=reason.strip(), at=now, by=by)
    audit.record(
        now=now,
        actor=by,
        verb="switched a proposed rule",
        subject_type="money.PendingRuleSwitch",
        subject_id=switch.pk,
        key=key,
        is_on=is_on,
    )
    return switch
