"""A campaign's books as they stand: periods, items with what counts of each, and the room that is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from hustings.basics.spans import DateSpan
from hustings.money.models import (
    Campaign,
    CampaignKind,
    Category,
    ClaimEvent,
    ClaimEventKind,
    Evidence,
    Expense,
    ExpenseShare,
    LimitRecord,
    PeriodName,
)
from hustings.money.rules.apportionment import TimeSplit, allocate, split_by_time
from hustings.money.rules.headroom import Headroom
from hustings.money.rules.joint import JointStatus, Standing, joint_status

_NOBODY = JointStatus(number=1, partners=frozenset(), links=frozenset())


@dataclass(frozen=True, kw_only=True)
class Item:
    """One current item of one campaign, in pence of this campaign's share.

    `counts_pence` counts towards limits, in money (`money_pence`, itself paid, unpaid and disputed) and as notional value
    (`notional_pence`); `planned_pence` would count if it were ordered. The columns add up exactly.
    """

    expense: Expense
    share: ExpenseShare
    split: TimeSplit
    counted: Mapping[str, int]
    counts_pence: int
    planned_pence: int
    money_pence: int
    notional_pence: int
    paid_pence: int
    unpaid_pence: int
    disputed_pence: int
    events: tuple[ClaimEvent, ...]
    evidence: tuple[Evidence, ...]

    @property
    def is_planned(self) -> bool:
        """Whether it is not ordered yet."""
        return self.expense.committed_on is None

    @property
    def is_personal(self) -> bool:
        """Whether it is one of the candidate's personal expenses, which stand beside the total."""
        return self.expense.category == Category.PERSONAL


def periods_of(*, campaign: Campaign) -> list[tuple[str, DateSpan]]:
    """The spans with a limit of their own, the regulated period last."""
    periods: list[tuple[str, DateSpan]] = []
    if campaign.long_from:
        periods.append((PeriodName.LONG, DateSpan(campaign.long_from, campaign.regulated_from)))
    periods.append((PeriodName.REGULATED, DateSpan(campaign.regulated_from, campaign.regulated_until)))
    return periods


def current_shares(*, campaigns: Iterable[Campaign]) -> QuerySet[ExpenseShare]:
    """The shares of items that hold now: not replaced by a correction and not cancelled."""
    return (
        ExpenseShare.objects.filter(
            campaign__in=list(campaigns), expense__replaced_by=None, expense__is_cancelled=False
        )
        .select_related("expense", "expense__authority", "expense__first")
        .order_by("expense__committed_on", "expense__pk", "pk")
    )


def items_of(*, campaign: Campaign) -> list[Item]:
    """Every current item of a campaign: the ordered ones by day, then the planned ones."""
    shares = list(current_shares(campaigns=[campaign]))
    roots = {share.expense.root_id for share in shares}
    events: dict[int, list[ClaimEvent]] = {}
    for event in ClaimEvent.objects.filter(expense__in=roots):
        events.setdefault(event.expense_id, []).append(event)
    papers: dict[int, list[Evidence]] = {}
    for paper in Evidence.objects.filter(expense__in=roots).defer("content"):
        papers.setdefault(paper.expense_id, []).append(paper)
    periods = periods_of(campaign=campaign)
    items = [
        _item(share, periods, events.get(share.expense.root_id, []), papers.get(share.expense.root_id, []))
        for share in shares
    ]
    return sorted(items, key=lambda item: (item.expense.committed_on or date.max, item.expense.pk))


def _item(
    share: ExpenseShare,
    periods: Sequence[tuple[str, DateSpan]],
    events: Sequence[ClaimEvent],
    papers: Sequence[Evidence],
) -> Item:
    expense = share.expense
    assessed = (expense.time_in_period or 0, expense.time_in_all) if expense.time_in_all is not None else None
    split = split_by_time(
        pence=share.share_pence,
        first_use_on=expense.first_use_on,
        last_use_on=expense.last_use_on,
        periods=periods,
        assessed=assessed,
    )
    is_out = bool(expense.excluded_for) or expense.category == Category.PERSONAL
    is_planned = expense.committed_on is None
    would_count = share.share_pence if expense.category == Category.PERSONAL else split.counted_pence
    counts = 0 if is_out or is_planned else split.counted_pence
    # Personal expenses do not count, but the return states what was paid of them.
    stated = 0 if expense.excluded_for or is_planned else would_count
    paid, disputed = _settled(events)
    money, notional = allocate(total=stated, weights=[expense.amount_pence, notional_of(expense=expense)])
    still = max(0, expense.amount_pence - paid - disputed)
    paid_part, unpaid_part, disputed_part = allocate(
        total=money, weights=[min(paid, expense.amount_pence), still, disputed]
    )
    return Item(
        expense=expense,
        share=share,
        split=split,
        counted={name: 0 if is_out or is_planned else pence for name, pence in split.counted},
        counts_pence=counts,
        planned_pence=split.counted_pence if is_planned and not is_out else 0,
        money_pence=money,
        notional_pence=notional,
        paid_pence=paid_part,
        unpaid_pence=unpaid_part,
        disputed_pence=disputed_part,
        events=tuple(events),
        evidence=tuple(papers),
    )


def notional_of(*, expense: Expense) -> int:
    """What of an item is notional spending: its value less what was paid, where all five tests hold."""
    return int(expense.notional_tests.get("notional_pence", 0)) if expense.notional_tests else 0


def _settled(events: Sequence[ClaimEvent]) -> tuple[int, int]:
    """What was paid, and what stands in dispute now."""
    paid = sum(event.amount_pence for event in events if event.kind == ClaimEventKind.PAID)
    disputed = 0
    for event in events:
        if event.kind == ClaimEventKind.DISPUTED:
            disputed = event.amount_pence
        elif event.kind == ClaimEventKind.SETTLED:
            disputed = 0
    return paid, disputed


def standings(*, campaign: Campaign) -> dict[int, JointStatus]:
    """The joint status of every candidate at the same poll in the same ward, by the campaign's key."""
    if campaign.kind != CampaignKind.CANDIDATE:
        return {campaign.pk: _NOBODY}
    here = Campaign.objects.filter(
        kind=CampaignKind.CANDIDATE,
        election_type=campaign.election_type,
        poll_on=campaign.poll_on,
        area_name__iexact=campaign.area_name,
    ).prefetch_related(Prefetch("shares_rooms_with", queryset=Campaign.objects.only("pk")))
    everybody = list(here.order_by("pk"))
    items: dict[int, set[int]] = {}
    for share in current_shares(campaigns=everybody):
        if share.share_pence and not share.expense.excluded_for:
            items.setdefault(share.campaign_id, set()).add(share.expense.root_id)
    return joint_status(
        standing=[
            Standing(
                key=one.pk,
                election=one.election_type,
                ward=f"{one.poll_on} {' '.join(one.area_name.split()).casefold()}",
                agent=one.agent_name,
                rooms_with=frozenset(other.pk for other in one.shares_rooms_with.all()),
                items=frozenset(items.get(one.pk, set())),
            )
            for one in everybody
        ]
    )


def joint_of(*, campaign: Campaign) -> JointStatus:
    """With whom a candidate campaigns jointly, and by what."""
    return standings(campaign=campaign).get(campaign.pk, _NOBODY)


def newest_limits(*, campaign: Campaign) -> dict[str, LimitRecord]:
    """The limit in force for each period, as it was last worked out; a period without one is left out."""
    found: dict[str, LimitRecord] = {}
    for record in LimitRecord.objects.filter(campaign=campaign).order_by("at", "pk"):
        found[record.period] = record
    return found


def headroom_of(*, campaign: Campaign, items: Sequence[Item] | None = None) -> list[Headroom]:
    """Each period's limit, spending and plans, by the limits last worked out."""
    items = items_of(campaign=campaign) if items is None else items
    limits = newest_limits(campaign=campaign)
    rooms = []
    for name, _span in periods_of(campaign=campaign):
        limit = limits.get(name)
        rooms.append(
            Headroom(
                period=name,
                limit_pence=limit.limit_pence if limit else None,
                is_confirmed=bool(limit and limit.is_confirmed),
                committed_pence=sum(item.counted[name] for item in items),
                planned_pence=sum(dict(item.split.counted)[name] for item in items if item.planned_pence),
            )
        )
    return rooms


def newest_row(*, expense: Expense) -> Expense:
    """The row of an item that stands now, whichever of its rows is given."""
    found: Expense | None = (
        Expense.objects.filter(first=expense.root_id, replaced_by=None).order_by("-pk").first()
    )
    return found or Expense.objects.get(pk=expense.root_id)
