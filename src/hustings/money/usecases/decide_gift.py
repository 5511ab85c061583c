"""Accept a gift, return it, or send it to the Electoral Commission, with a reason; only a permissible one can be accepted."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import CheckOutcome, Gift, GiftAct, GiftDecision
from hustings.money.queries.ledger import is_donation_in_law, standing_gifts
from hustings.money.rules.donation_law import clock_of
from hustings.platform import audit


class CannotDecide(Refusal):
    """A decision that does not fit the gift or its check."""


@transaction.atomic
def decide_gift(
    *, gift: Gift, act: str, reason: str, done_on: date, by: User, now: datetime, reference: str = ""
) -> GiftDecision:
    """Keep what was decided about a gift and when it was done.

    A donation in law is accepted only where its newest check found it permissible; smaller gifts may be accepted without. What is
    given back goes to the donor where the donor is known; else to whoever passed it on, the bank, or the Commission.
    `is_late` is set where it was done after the thirty days. Raises `CannotDecide`.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=gift.campaign.area_id, now=now)
    if not standing_gifts().filter(pk=gift.pk).exists():
        raise CannotDecide(
            "replaced", gettext_noop("This row was corrected. Decide about the row that stands now.")
        )
    if not reason.strip():
        raise CannotDecide("reason", gettext_noop("Say why you decide so; it is kept with the gift."))
    if done_on < gift.received_on or done_on > now.date():
        raise CannotDecide("done_on", gettext_noop("It was done between the day of receipt and today."))
    if act == GiftAct.ACCEPTED:
        _may_accept(gift)
    elif act == GiftAct.RETURNED_DONOR and gift.donor is None:
        raise CannotDecide(
            "act",
            gettext_noop(
                "The donor is not known. Return the gift to whoever passed it on; failing that to the bank it came from; failing "
                "that to the Electoral Commission."
            ),
        )
    elif act == GiftAct.RETURNED_TRANSFEROR and not gift.through:
        raise CannotDecide("act", gettext_noop("Nobody passed this gift on."))
    elif act not in GiftAct.values:
        raise CannotDecide("act", gettext_noop("Say what is done with the gift."))
    clock = clock_of(starts_on=gift.clock_from, today=done_on)
    decision = GiftDecision.objects.create(
        gift=gift,
        act=act,
        reason=reason.strip(),
        done_on=done_on,
        reference=reference.strip(),
        is_late=clock.is_over,
        at=now,
        by=by,
    )
    audit.record(
        now=now,
        actor=by,
        verb="decided about a gift",
        subject_type="money.Gift",
        subject_id=gift.pk,
        area_code=gift.campaign.area_id or "",
        act=act,
        is_late=decision.is_late,
    )
    return decision


def _may_accept(gift: Gift) -> None:
    if not is_donation_in_law(gift=gift):
        return
    check = gift.checks.first()
    if gift.donor is None:
        raise CannotDecide("act", gettext_noop("A donation whose source is not known cannot be accepted."))
    if check is None or check.outcome == CheckOutcome.UNCLEAR:
        raise CannotDecide(
            "act",
            gettext_noop("Check the donor first: a donation is accepted only from a permissible donor."),
        )
    if check.outcome == CheckOutcome.IMPERMISSIBLE:
        raise CannotDecide(
            "act",
            gettext_noop("The check found that this donor may not give. Return the gift within the time."),
        )
