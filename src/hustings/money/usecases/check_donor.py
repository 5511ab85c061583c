"""Check whether a gift's donor may give: an individual against the register under an entitlement, others by evidence."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import DonorCheck, Gift, Route
from hustings.money.queries.body_register import is_looked_up, look_up
from hustings.money.queries.donor_register import RegisterAnswer
from hustings.money.queries.ledger import standing_gifts
from hustings.money.queries.pending import pending_on
from hustings.money.rules.permissibility import Evidence, judge
from hustings.platform import audit


class NothingToCheck(Refusal):
    """A gift whose donor cannot be checked."""


@transaction.atomic
def check_donor(
    *,
    gift: Gift,
    answers: Mapping[str, Evidence],
    by: User,
    now: datetime,
    register_answer: RegisterAnswer | None = None,
) -> DonorCheck:
    """Keep a check of the donor of one gift: every later gift wants its own.

    `register_answer` is what the register said (queries/donor_register.py); it is kept with the entitlement under which it
    was read. Of a donor who is no person, what the registers brought in have is kept (queries/body_register.py). Raises
    `NothingToCheck`, or `AnswersMissing` where a question is left open.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=gift.campaign.area_id, now=now)
    if gift.donor is None:
        raise NothingToCheck(
            "no_donor",
            gettext_noop(
                "The source of this gift is not known, so nobody can be checked. Return it to whoever passed it on, the bank it "
                "came from, or the Electoral Commission."
            ),
        )
    if not standing_gifts().filter(pk=gift.pk).exists():
        raise NothingToCheck(
            "replaced", gettext_noop("This row was corrected. Check the row that stands now.")
        )
    given = dict(answers)
    if register_answer is not None:
        given["register"] = Evidence(answer=register_answer.answer, seen=register_answer.sentence)
    finding = judge(
        kind=gift.donor.kind,
        on=gift.received_on,
        answers=given,
        pending=pending_on(),
        is_crypto=gift.route == Route.CRYPTO,
        overseas_year_pence=_overseas_year(gift),
    )
    check = DonorCheck.objects.create(
        gift=gift,
        kind=gift.donor.kind,
        outcome=finding.outcome,
        finding=finding.sentence,
        answers={key: asdict(evidence) for key, evidence in given.items()},
        entries=list(finding.entries),
        warnings=list(finding.warnings),
        looked_up=look_up(donor=gift.donor, on=gift.received_on).as_json()
        if is_looked_up(donor=gift.donor)
        else {},
        entitlement_id=register_answer.entitlement_id if register_answer else None,
        elector_id=register_answer.elector_id if register_answer else None,
        at=now,
        by=by,
    )
    audit.record(
        now=now,
        actor=by,
        verb="checked a donor",
        subject_type="money.Gift",
        subject_id=gift.pk,
        area_code=gift.campaign.area_id or "",
        outcome=check.outcome,
        at=uk_date(now).isoformat(),
    )
    return check


def _overseas_year(gift: Gift) -> int | None:
    """What an overseas elector has given this campaign in the gift's calendar year; none for anybody else."""
    if gift.donor is None or not gift.donor.is_overseas:
        return None
    gifts = standing_gifts().filter(donor=gift.donor, received_on__year=gift.received_on.year)
    return sum(gifts.values_list("amount_pence", flat=True))
