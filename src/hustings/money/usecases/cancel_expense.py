"""Take an item back: a row that says it was never ordered, or written down twice."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.money.access import require_in
from hustings.money.models import Campaign, Expense
from hustings.money.queries.books import standings
from hustings.money.usecases.record_expense import check_correction
from hustings.money.usecases.remember_limits import remember_limits
from hustings.platform import audit


@transaction.atomic
def cancel_expense(*, expense: Expense, reason: str, by: User, now: datetime) -> Expense:
    """Add a row that takes an item back: it was never ordered, or was written down twice. The row and its reason stay.

    Raises `BadExpense` without a reason or for a row that is no longer current, and `NotAllowed`.
    """
    shares = list(expense.shares.select_related("campaign"))
    for share in shares:
        require_in(user=by, right=Right.EDIT_MONEY, code=share.campaign.area_id, now=now)
    check_correction(expense=expense, reason=reason)
    copied = {
        one.attname: getattr(expense, one.attname)
        for one in Expense._meta.concrete_fields
        if one.attname not in {"id", "first_id", "replaces_id"}
    }
    row = Expense.objects.create(
        **{
            **copied,
            "first_id": expense.root_id,
            "replaces_id": expense.pk,
            "is_cancelled": True,
            "correction_reason": reason.strip(),
            "made_at": now,
            "made_by_id": by.pk,
        }
    )
    for share in shares:
        for partner in Campaign.objects.filter(pk__in=standings(campaign=share.campaign)):
            remember_limits(campaign=partner, now=now, by=by)
        audit.record(
            now=now,
            actor=by,
            verb="cancelled",
            subject_type="money.Expense",
            subject_id=row.pk,
            area_code=share.campaign.area_id or "",
        )
    return row
