"""Write down what became of a bill: it came, it was paid, it is disputed, the dispute is over."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.tables import NoRuleInForce
from hustings.money.access import require_in
from hustings.money.models import ClaimEvent, ClaimEventKind, Expense, IncurredBy
from hustings.money.rules.notional import SPENDING
from hustings.platform import audit


class BadClaim(Refusal):
    """This cannot have happened to that bill."""


@transaction.atomic
def settle_claim(
    *,
    expense: Expense,
    kind: str,
    on: date,
    amount_pence: int,
    payer: str = IncurredBy.AGENT,
    note: str = "",
    by: User,
    now: datetime,
) -> ClaimEvent:
    """Add one event to an item; it hangs on the item's earliest row, so corrections keep it.

    Raises `BadClaim` where more would be paid than it costs, where a dispute has no note, where somebody paid who might not
    on that day, or where the item is only planned; `NotAllowed`.
    """
    for share in expense.shares.select_related("campaign"):
        require_in(user=by, right=Right.EDIT_MONEY, code=share.campaign.area_id, now=now)
    root = Expense.objects.select_for_update(of=("self",)).get(pk=expense.root_id)
    if expense.committed_on is None:
        raise BadClaim(
            "planned", gettext_noop("This is only planned. Correct it with the day it was ordered first.")
        )
    if on < expense.committed_on:
        raise BadClaim("early", gettext_noop("That day lies before the order. Check the day."))
    if kind == ClaimEventKind.DISPUTED and not note.strip():
        raise BadClaim("note", gettext_noop("Say what is disputed, and why."))
    if kind == ClaimEventKind.PAID:
        _check_payment(root, expense, amount_pence, payer, on)
    event = ClaimEvent.objects.create(
        expense=root,
        kind=kind,
        on=on,
        amount_pence=amount_pence,
        payer=payer,
        note=note.strip(),
        made_at=now,
        made_by=by,
    )
    audit.record(
        now=now,
        actor=by,
        verb=kind,
        subject_type="money.Expense",
        subject_id=root.pk,
        area_code=_area_of(expense),
    )
    return event


def _check_payment(root: Expense, expense: Expense, amount_pence: int, payer: str, on: date) -> None:
    paid = (
        ClaimEvent.objects.filter(expense=root, kind=ClaimEventKind.PAID).aggregate(
            total=Sum("amount_pence")
        )["total"]
        or 0
    )
    if amount_pence <= 0 or paid + amount_pence > expense.amount_pence:
        raise BadClaim(
            "too-much",
            gettext_noop("{left} of {amount} is still to be paid. Correct the item if it cost more."),
            left=format_pence(expense.amount_pence - paid),
            amount=format_pence(expense.amount_pence),
        )
    if payer == IncurredBy.AUTHORISED:
        try:
            SPENDING.entry(on=on, rule="authorised-spender-may-pay")
        except NoRuleInForce as refusal:
            raise BadClaim(
                "payer", gettext_noop("Before 24 November 2022 only the agent could pay; enter the agent.")
            ) from refusal
        if expense.authority is None:
            raise BadClaim(
                "payer", gettext_noop("Nobody was given authority for this item; name it there first.")
            )


def _area_of(expense: Expense) -> str:
    share = expense.shares.select_related("campaign").first()
    return (share.campaign.area_id or "") if share else ""
