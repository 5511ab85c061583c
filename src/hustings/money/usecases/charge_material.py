"""Bring the cost of an approved material into the books, or say what it would mean there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hustings.accounts.models import User
from hustings.money.models import Campaign, Expense
from hustings.money.usecases.record_expense import ExpenseFacts, Sharing, store_expense, weigh_plan
from hustings.money.usecases.weigh_expense import CampaignVerdict


@dataclass(frozen=True, kw_only=True)
class MaterialCost:
    """What a material costs whom: `source` names it lastingly, so that it is charged once and corrected later.

    `campaigns` share it equally; with more than one the `assessment` says why so, and where it is used partly outside the period,
    how. `first_use_on` and `last_use_on` are both days of use. Amounts in pence with VAT.
    """

    source: str
    what: str
    category: str
    supplier_name: str
    supplier_address: str
    amount_pence: int
    campaigns: Sequence[Campaign]
    ordered_on: date
    assessment: str = ""
    first_use_on: date | None = None
    last_use_on: date | None = None


def weigh_material(*, cost: MaterialCost, now: datetime) -> list[CampaignVerdict]:
    """What charging it would mean for every limit it touches, the gravest first; nothing is stored.

    Nothing where it costs nothing, concerns no campaign or is charged already as it stands. Raises `NoAssessment`.
    """
    kept = _charged(cost)
    if _is_settled(cost, kept):
        return []
    return weigh_plan(facts=_facts(cost), sharing=_sharing(cost), now=now, replaces=kept)


def charge_material(
    *,
    cost: MaterialCost,
    by: User,
    now: datetime,
    override_reason: str = "",
    override_by: User | None = None,
) -> Expense | None:
    """Write the cost into the books, in the caller's transaction; a second charge of the same source corrects the first.

    Near a limit, or above one that is not confirmed, it passes: the caller has shown the warning. Raises `WouldBreakLimit`
    above a confirmed limit where the agent gave no reason, and `NoAssessment`.
    """
    kept = _charged(cost)
    if _is_settled(cost, kept):
        return kept
    return store_expense(
        facts=_facts(cost),
        sharing=_sharing(cost),
        by=by,
        now=now,
        has_seen_warning=True,
        override_reason=override_reason,
        override_by=override_by,
        replaces=kept,
        correction_reason="Approved again." if kept else "",
    )


def _charged(cost: MaterialCost) -> Expense | None:
    return Expense.objects.filter(source=cost.source, replaced_by=None, is_cancelled=False).first()


def _is_settled(cost: MaterialCost, kept: Expense | None) -> bool:
    if kept is None:
        return not cost.amount_pence or not cost.campaigns
    shared = set(kept.shares.values_list("campaign", flat=True))
    return not cost.campaigns or (
        kept.amount_pence == cost.amount_pence
        and shared == {one.pk for one in cost.campaigns}
        and (kept.first_use_on, kept.last_use_on) == (cost.first_use_on, cost.last_use_on)
    )


def _facts(cost: MaterialCost) -> ExpenseFacts:
    return ExpenseFacts(
        category=cost.category,
        what=cost.what,
        supplier_name=cost.supplier_name,
        supplier_address=cost.supplier_address,
        amount_pence=cost.amount_pence,
        committed_on=cost.ordered_on,
        first_use_on=cost.first_use_on,
        last_use_on=cost.last_use_on,
        time_note=cost.assessment,
        source=cost.source,
    )


def _sharing(cost: MaterialCost) -> Sharing:
    return Sharing(campaigns=cost.campaigns, assessment=cost.assessment)
