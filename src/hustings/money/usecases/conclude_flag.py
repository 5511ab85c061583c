"""Conclude about a flag: a person decides, with a reason; the gifts themselves are decided about one by one."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import CheckOutcome, SplitFlag, SplitVerdict, Verdict
from hustings.platform import audit


class CannotConclude(Refusal):
    """A conclusion without a reason, or one that the checks do not bear out."""


@transaction.atomic
def conclude_flag(*, flag: SplitFlag, verdict: str, reason: str, by: User, now: datetime) -> SplitVerdict:
    """Keep a conclusion. “One source, permissible” needs a check of each gift that found so. Raises `CannotConclude`."""
    require_in(user=by, right=Right.EDIT_MONEY, code=flag.campaign.area_id, now=now)
    if verdict not in Verdict.values:
        raise CannotConclude("verdict", gettext_noop("Say what you conclude."))
    if not reason.strip():
        raise CannotConclude("reason", gettext_noop("Say why you conclude so; it is kept with the flag."))
    if verdict == Verdict.ONE_SOURCE_FINE:
        unchecked = [
            gift.pk
            for gift in flag.gifts.all()
            if (check := gift.checks.first()) is None or check.outcome != CheckOutcome.PERMISSIBLE
        ]
        if unchecked:
            raise CannotConclude(
                "verdict",
                gettext_noop(
                    "{count} of these gifts have no check that found the donor permissible. Check them first: together they are "
                    "above the threshold."
                ),
                count=len(unchecked),
            )
    concluded = SplitVerdict.objects.create(flag=flag, verdict=verdict, reason=reason.strip(), at=now, by=by)
    audit.record(
        now=now,
        actor=by,
        verb="concluded about a flag",
        subject_type="money.SplitFlag",
        subject_id=flag.pk,
        area_code=flag.campaign.area_id or "",
        verdict=verdict,
    )
    return concluded
