"""Write down what was ordered, bought, given or planned; the limit is asked first, and a correction is a new row."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import (
    Authority,
    Campaign,
    CampaignKind,
    Expense,
    ExpenseKind,
    ExpenseShare,
    IncurredBy,
)
from hustings.money.queries.books import items_of
from hustings.money.rules.apportionment import NoAssessment, Part, among_candidates
from hustings.money.rules.notional import Gift, judge
from hustings.money.usecases.weigh_expense import (
    CampaignVerdict,
    affected,
    rooms_of,
    verdicts_between,
    weigh_expense,
)
from hustings.platform import audit


class BadExpense(Refusal):
    """The facts about an item do not go together."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What is known about a gift, for the five tests of notional spending."""

    is_for_campaign: bool = True
    is_used: bool = True
    is_directed: bool = True
    would_be_expense: bool = True


@dataclass(frozen=True, kw_only=True)
class ExpenseFacts:
    """All that is written down about an item; amounts in pence with VAT. Without `committed_on` it is a plan."""

    category: str
    what: str
    supplier_name: str
    amount_pence: int
    value_pence: int | None = None
    kind: str = ExpenseKind.BOUGHT
    supplier_address: str = ""
    is_supplier_private: bool = False
    committed_on: date | None = None
    first_use_on: date | None = None
    last_use_on: date | None = None
    time_in_period: int | None = None
    time_in_all: int | None = None
    time_note: str = ""
    answers: Answers = field(default_factory=Answers)
    excluded_for: str = ""
    incurred_by: str = IncurredBy.AGENT
    authority: Authority | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Whose item it is: the campaigns with their weights, the part that concerns them at all, and the assessment."""

    campaigns: Sequence[Campaign]
    weights: Sequence[int] = ()
    parts: Sequence[Part] = ()
    assessment: str = ""


@transaction.atomic
def record_expense(
    *,
    facts: ExpenseFacts,
    sharing: Sharing,
    by: User,
    now: datetime,
    has_seen_warning: bool = False,
    override_reason: str = "",
    replaces: Expense | None = None,
    correction_reason: str = "",
) -> Expense:
    """Add the item with each campaign's share, after asking every limit what it would mean.

    Raises `WouldBreakLimit` above a confirmed limit, unless the agent gives a reason, which is kept; `WarningNotSeen` near a
    limit or above one that is not confirmed, until `has_seen_warning`; `NoAssessment` where it is split without one;
    `BadExpense` where facts do not fit; `NotAllowed`. Nothing is stored then. `replaces` makes it a correction of that row.
    """
    campaigns = list(
        Campaign.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in sharing.campaigns])
        .order_by("pk")
    )
    for campaign in [*campaigns, *_sharing_now(replaces)]:
        require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    return store_expense(
        facts=facts,
        sharing=sharing,
        by=by,
        now=now,
        has_seen_warning=has_seen_warning,
        override_reason=override_reason,
        replaces=replaces,
        correction_reason=correction_reason,
    )


def _sharing_now(expense: Expense | None) -> list[Campaign]:
    """The campaigns that share the row to be corrected: nobody changes an item of books that they may not write in."""
    if expense is None:
        return []
    return [share.campaign for share in expense.shares.select_related("campaign").order_by("pk")]


def store_expense(
    *,
    facts: ExpenseFacts,
    sharing: Sharing,
    by: User | None,
    now: datetime,
    has_seen_warning: bool,
    override_reason: str = "",
    override_by: User | None = None,
    replaces: Expense | None = None,
    correction_reason: str = "",
) -> Expense:
    """As `record_expense`, inside the caller's transaction, for acts that asked for a right of their own.

    `override_by` is the agent whose reason it is, where somebody else acts.
    """
    expense, verdicts = _add(facts, sharing, by, now, replaces, correction_reason)
    weigh_expense(
        verdicts=verdicts,
        expense=expense,
        has_seen_warning=has_seen_warning,
        override_reason=override_reason,
        override_by=override_by or by,
        now=now,
    )
    _check_time_note(expense, sharing.campaigns)
    for campaign in sharing.campaigns:
        audit.record(
            now=now,
            actor=by,
            verb="corrected" if replaces else "wrote",
            subject_type="money.Expense",
            subject_id=expense.pk,
            area_code=campaign.area_id or "",
        )
    return expense


def weigh_plan(
    *, facts: ExpenseFacts, sharing: Sharing, now: datetime, replaces: Expense | None = None
) -> list[CampaignVerdict]:
    """What writing an item down would mean for every limit it touches, the gravest first; nothing of it is stored.

    Raises `BadExpense` and `NoAssessment` as `record_expense`.
    """
    with transaction.atomic():
        expense, verdicts = _add(facts, sharing, None, now, replaces, "trial" if replaces else "")
        _check_time_note(expense, sharing.campaigns)
        transaction.set_rollback(True)
    return verdicts


def _add(
    facts: ExpenseFacts,
    sharing: Sharing,
    by: User | None,
    now: datetime,
    replaces: Expense | None,
    correction_reason: str,
) -> tuple[Expense, list[CampaignVerdict]]:
    campaigns = affected(campaigns=sharing.campaigns, replaces=replaces)
    before = rooms_of(campaigns=campaigns, now=now, by=by)
    expense = _stored(facts, sharing, by, now, replaces, correction_reason)
    _check_sums(expense)
    after = rooms_of(campaigns=campaigns, now=now, by=by)
    return expense, verdicts_between(campaigns=campaigns, before=before, after=after)


def shares_of(*, sharing: Sharing, base_pence: int) -> tuple[int, ...]:
    """Each campaign's share in pence, in the order of the campaigns. Raises `NoAssessment` and `BadExpense`."""
    if not sharing.campaigns:
        raise BadExpense("nobody", gettext_noop("Say whose expense it is."))
    weights = tuple(sharing.weights) or (1,) * len(sharing.campaigns)
    if len(weights) != len(sharing.campaigns) or any(weight < 0 for weight in weights):
        raise BadExpense("weights", gettext_noop("Give each candidate a share, none below nought."))
    return among_candidates(
        total=base_pence, parts=sharing.parts, weights=weights, assessment=sharing.assessment
    )


def _stored(
    facts: ExpenseFacts,
    sharing: Sharing,
    by: User | None,
    now: datetime,
    replaces: Expense | None,
    correction_reason: str,
) -> Expense:
    value = facts.amount_pence if facts.value_pence is None else facts.value_pence
    _check_facts(facts, value, sharing)
    if replaces is not None:
        check_correction(expense=replaces, reason=correction_reason)
    tests: dict[str, object] = {}
    base = facts.amount_pence
    if facts.kind == ExpenseKind.NOTIONAL:
        campaign = sharing.campaigns[0]
        found = judge(
            gift=Gift(value_pence=value, paid_pence=facts.amount_pence, **asdict(facts.answers)),
            on=facts.first_use_on or facts.committed_on or campaign.poll_on,
            election=campaign.election_type,
            nation=campaign.nation,
            is_non_party=campaign.kind == CampaignKind.NON_PARTY,
        )
        base += found.notional_pence
        tests = {
            "notional_pence": found.notional_pence,
            "tests": {test.key: test.holds for test in found.tests},
            "answers": asdict(facts.answers),
            "entries": list(found.entries),
        }
    shares = shares_of(sharing=sharing, base_pence=base)
    expense = Expense.objects.create(
        first_id=replaces.root_id if replaces else None,
        replaces=replaces,
        correction_reason=correction_reason.strip(),
        kind=facts.kind,
        category=facts.category,
        what=facts.what.strip(),
        supplier_name=facts.supplier_name.strip(),
        supplier_address=facts.supplier_address.strip(),
        is_supplier_private=facts.is_supplier_private,
        amount_pence=facts.amount_pence,
        value_pence=value,
        committed_on=facts.committed_on,
        first_use_on=facts.first_use_on,
        last_use_on=facts.last_use_on,
        time_in_period=facts.time_in_period,
        time_in_all=facts.time_in_all,
        time_note=facts.time_note.strip(),
        notional_tests=tests,
        excluded_for=facts.excluded_for,
        incurred_by=facts.incurred_by,
        authority=facts.authority,
        source=facts.source,
        made_at=now,
        made_by=by,
    )
    weights = tuple(sharing.weights) or (1,) * len(sharing.campaigns)
    for campaign, weight, pence in zip(sharing.campaigns, weights, shares, strict=True):
        steps: list[dict[str, object]] = [asdict(part) for part in sharing.parts if part.fraction != 1]
        if len(weights) > 1:
            steps.append({"step": "candidates", "numerator": weight, "denominator": sum(weights) or 1})
        ExpenseShare.objects.create(
            expense=expense,
            campaign=campaign,
            share_pence=pence,
            steps=steps,
            assessment=sharing.assessment.strip() if steps else "",
        )
    return expense


def _check_facts(facts: ExpenseFacts, value: int, sharing: Sharing) -> None:
    if not facts.what.strip() or not facts.supplier_name.strip():
        raise BadExpense("words", gettext_noop("Say what it is, and who supplied it."))
    if facts.amount_pence < 0 or value < facts.amount_pence:
        raise BadExpense(
            "amount",
            gettext_noop("The commercial value is at least what was paid, and nothing is below nought."),
        )
    if facts.kind == ExpenseKind.BOUGHT and value != facts.amount_pence:
        raise BadExpense(
            "value", gettext_noop("Only what was given or discounted has a value besides its price.")
        )
    if facts.last_use_on and (facts.first_use_on is None or facts.last_use_on < facts.first_use_on):
        raise BadExpense("use", gettext_noop("The last day of use is not before the first; enter both."))
    if facts.time_in_all is not None and facts.time_in_period is None:
        raise BadExpense("time", gettext_noop("Enter both parts of the time: in the period, and in all."))
    if len({one.election_type for one in sharing.campaigns}) > 1:
        raise BadExpense("election", gettext_noop("An item is shared among candidates of the same election."))
    if (facts.incurred_by == IncurredBy.AUTHORISED) != (facts.authority is not None):
        raise BadExpense(
            "authority",
            gettext_noop(
                "Whoever spends with written authority needs that authority written down here first: name it."
            ),
        )
    _check_authority(facts, sharing)


def _check_authority(facts: ExpenseFacts, sharing: Sharing) -> None:
    authority = facts.authority
    if authority is None:
        return
    day = facts.committed_on
    if authority.campaign_id not in {one.pk for one in sharing.campaigns}:
        raise BadExpense("authority", gettext_noop("That authority was given for another campaign."))
    if day and (day < authority.given_on or (authority.ended_on and day >= authority.ended_on)):
        raise BadExpense(
            "authority",
            gettext_noop("The authority of {name} did not hold on that day."),
            name=authority.name,
        )


def _check_sums(expense: Expense) -> None:
    if expense.authority is None:
        return
    spent = (
        Expense.objects.filter(authority=expense.authority, replaced_by=None, is_cancelled=False).aggregate(
            total=Sum("amount_pence")
        )["total"]
        or 0
    )
    if spent > expense.authority.most_pence:
        raise BadExpense(
            "authority-amount",
            gettext_noop(
                "{name} may spend up to {most}; this would bring it to {spent}. Give a new authority first."
            ),
            name=expense.authority.name,
            most=format_pence(expense.authority.most_pence),
            spent=format_pence(spent),
        )


def _check_time_note(expense: Expense, campaigns: Sequence[Campaign]) -> None:
    """An item that is split by time carries the honest assessment of it."""
    if expense.time_note or expense.excluded_for:
        return
    for campaign in campaigns:
        for item in items_of(campaign=campaign):
            if item.expense.pk == expense.pk and item.split.is_split:
                raise NoAssessment(
                    "time-note",
                    gettext_noop(
                        "It was used partly outside the period. Write down the honest assessment of the time: how it was "
                        "used when, and how you know."
                    ),
                )


def check_correction(*, expense: Expense, reason: str) -> None:
    """Refuse to correct a row that is no longer current, or without a reason (`BadExpense`)."""
    if not reason.strip():
        raise BadExpense("reason", gettext_noop("Say why it is corrected; the reason is kept."))
    if expense.is_cancelled or Expense.objects.filter(replaces=expense).exists():
        raise BadExpense(
            "not-current",
            gettext_noop("This entry was corrected already. Open the newest one and correct that."),
        )
