"""Everything a campaign's return would say now, what is missing from it, and when it is due."""

from datetime import date, timedelta
from typing import Any, Literal, cast

from hustings.elections.rules.timetable import working_days
from hustings.money.models import (
    Campaign,
    CampaignKind,
    ClaimEventKind,
    ElectionType,
    IncurredBy,
    Return,
    ReturnStepKind,
)
from hustings.money.queries.books import (
    Item,
    headroom_of,
    items_of,
    joint_of,
    newest_limits,
    notional_of,
    periods_of,
)
from hustings.money.queries.return_donations import donations_of, gift_of_item, gifts_in_kind, undecided_gifts
from hustings.money.rules.deadlines import Due, deadlines
from hustings.money.rules.limits import Nation as NationKey
from hustings.money.rules.missing import BooksFacts, ItemFacts, Missing, missing
from hustings.money.rules.notional import SPENDING
from hustings.money.rules.party_returns import owes_party_return, party_return_due
from hustings.money.rules.return_content import FORMS, ReturnHead, ReturnLine, return_content

_NATIONS = {"northern-ireland": "northern_ireland"}


def form_of(*, campaign: Campaign) -> str:
    """The key of the paper that this campaign returns."""
    return str(campaign.election_type if campaign.kind == CampaignKind.CANDIDATE else campaign.kind)


def newest_return(*, campaign: Campaign) -> Return | None:
    """The latest version that was finished, if any."""
    return Return.objects.filter(campaign=campaign).order_by("-version").first()


def draft_content(*, campaign: Campaign, version: int = 1, correction_reason: str = "") -> dict[str, Any]:
    """What the return would say if it were finished now."""
    items = [item for item in items_of(campaign=campaign) if not item.is_planned]
    stated = [
        item
        for item in items
        if not item.expense.excluded_for
        and not item.is_personal
        and (item.counts_pence or item.split.is_split)
    ]
    numbered = {
        item.expense.pk: number
        for number, item in enumerate(
            [*stated, *(item for item in items if item.is_personal and not item.expense.excluded_for)], 1
        )
    }
    joint = joint_of(campaign=campaign)
    partners = Campaign.objects.filter(pk__in=joint.partners).order_by("name", "pk")
    return return_content(
        head=ReturnHead(
            form=form_of(campaign=campaign),
            name=campaign.name,
            area_name=campaign.area_name,
            poll_on=campaign.poll_on.isoformat(),
            result_on=_iso(campaign.result_on),
            agent_name=campaign.agent_name,
            agent_address=campaign.agent_address,
            candidate_address=campaign.candidate_address,
            electorate=campaign.electorate,
            joint_with=tuple(partners.values_list("name", flat=True)),
            periods=_periods(campaign),
            due={
                str(due.task): due.due_on.isoformat() for due in deadlines_of(campaign=campaign) if due.due_on
            },
        ),
        lines=[_line(item, numbered[item.expense.pk]) for item in stated],
        personal=[
            _line(item, numbered[item.expense.pk])
            for item in items
            if item.is_personal and not item.expense.excluded_for
        ],
        excluded=[
            {
                "what": item.expense.what,
                "value_pence": item.expense.value_pence,
                "reason": str(item.expense.get_excluded_for_display()),
            }
            for item in items
            if item.expense.excluded_for
        ],
        authorised=[
            {
                "name": one.name,
                "address": one.address,
                "kind": str(one.get_kind_display()),
                "most_pence": one.most_pence,
                "given_on": one.given_on.isoformat(),
                "spent_pence": sum(
                    item.expense.amount_pence for item in items if item.expense.authority_id == one.pk
                ),
            }
            for one in campaign.authorities.all()
        ],
        donations=donations_of(campaign=campaign),
        version=version,
        correction_reason=correction_reason,
    )


def _periods(campaign: Campaign) -> list[dict[str, Any]]:
    limits = newest_limits(campaign=campaign)
    found = []
    for name, span in periods_of(campaign=campaign):
        limit = limits.get(name)
        assert span.valid_from is not None and span.valid_until is not None  # noqa: PT018 -- a campaign's periods are closed
        found.append(
            {
                "name": str(name),
                "from": span.valid_from.isoformat(),
                "until": (span.valid_until - timedelta(days=1)).isoformat(),
                "limit_pence": limit.limit_pence if limit else None,
                "formula": limit.formula if limit else "",
                "entries": list(limit.entries) if limit else [],
                "status": limit.status if limit else "",
                "warnings": list(limit.warnings) if limit else [],
            }
        )
    return found


def _line(item: Item, number: int) -> ReturnLine:
    expense = item.expense
    paid = [event.on for event in item.events if event.kind == ClaimEventKind.PAID]
    disputes = [event.note for event in item.events if event.kind == ClaimEventKind.DISPUTED]
    said = []
    if item.share.steps:
        said.append(_steps_said(item))
    if item.split.is_split:
        said.append(str(item.split.said))
    return ReturnLine(
        number=number,
        category=expense.category,
        what=expense.what,
        supplier_name=expense.supplier_name,
        supplier_address=expense.supplier_address,
        is_supplier_private=expense.is_supplier_private,
        committed_on=_iso(expense.committed_on),
        paid_on=_iso(max(paid)) if paid and not item.unpaid_pence else "",
        full_pence=expense.value_pence,
        stated_pence=item.money_pence + item.notional_pence,
        by_period={name: pence for name, pence in item.counted.items() if not item.is_personal},
        money_pence=item.money_pence,
        notional_pence=item.notional_pence,
        paid_pence=item.paid_pence,
        unpaid_pence=item.unpaid_pence,
        disputed_pence=item.disputed_pence,
        dispute="; ".join(disputes) if item.disputed_pence else "",
        ordered_by=str(IncurredBy(expense.incurred_by).label),
        said=" ".join(said),
        assessment=" ".join(filter(None, (item.share.assessment, expense.time_note))),
        receipts=[
            {
                "number": f"{number}-{place}",
                "name": paper.name,
                "media_type": paper.media_type,
                "sha256": paper.sha256,
                "evidence": paper.pk,
            }
            for place, paper in enumerate(item.evidence, 1)
        ],
    )


_STEP_WORDS = {
    "area": "{numerator} of {denominator} parts for this area",
    "party": "{numerator} of {denominator} parts for the candidates",
    "candidates": "{numerator} of {denominator} parts for this candidate",
}


def _steps_said(item: Item) -> str:
    parts = [_STEP_WORDS[step["step"]].format(**step) for step in item.share.steps]
    return f"Split: {', then '.join(parts)}."


def missing_of(*, campaign: Campaign, on: date) -> tuple[Missing, ...]:
    """What is still missing from a campaign's return on a day."""
    newest = newest_return(campaign=campaign)
    steps = set(newest.steps.values_list("kind", flat=True)) if newest else set()
    needs_electorate = campaign.kind != CampaignKind.PARTY
    gifts = gifts_in_kind(campaign=campaign)
    return missing(
        facts=BooksFacts(
            poll_on=campaign.poll_on,
            has_limit=any(room.limit_pence is not None for room in headroom_of(campaign=campaign, items=[])),
            has_electorate=campaign.electorate is not None or not needs_electorate,
            has_result=campaign.result_on is not None,
            needs_result=campaign.election_type != ElectionType.PARISH,
            has_agent_address=bool(campaign.agent_address.strip()),
            is_frozen=newest is not None,
            is_agent_signed=ReturnStepKind.AGENT_SIGNED in steps,
            is_candidate_signed=ReturnStepKind.CANDIDATE_SIGNED in steps
            or campaign.kind != CampaignKind.CANDIDATE,
            is_delivered=ReturnStepKind.DELIVERED in steps,
            unchecked_gifts=undecided_gifts(campaign=campaign),
            items=[_item_facts(item, campaign, gifts) for item in items_of(campaign=campaign)],
        ),
        receipt_from_pence=receipt_from(campaign=campaign),
        on=on,
    )


def receipt_from(*, campaign: Campaign) -> int:
    """From which payment on a receipt goes with the return, in pence."""
    rule = "receipt-from-pence"
    if campaign.kind == CampaignKind.NON_PARTY:
        rule += "-non-party"
    elif campaign.election_type == ElectionType.PARISH:
        rule += "-parish"
    return SPENDING.entry(on=campaign.poll_on, rule=rule).integer()


def _item_facts(item: Item, campaign: Campaign, gifts: list[int]) -> ItemFacts:
    expense, notional = item.expense, notional_of(expense=item.expense)
    floor = SPENDING.entry(on=campaign.poll_on, rule="donation-listed-above-pence").integer()
    is_regulated = FORMS[form_of(campaign=campaign)].has_donations and notional > floor
    return ItemFacts(
        key=expense.pk,
        what=expense.what,
        amount_pence=expense.amount_pence,
        unpaid_pence=item.unpaid_pence,
        disputed_pence=item.disputed_pence,
        has_address=bool(expense.supplier_address.strip()),
        has_invoice=any(event.kind == ClaimEventKind.INVOICED for event in item.events),
        has_evidence=bool(item.evidence),
        has_use=expense.first_use_on is not None,
        is_planned=item.is_planned,
        is_excluded=bool(expense.excluded_for),
        notional_pence=notional if is_regulated else 0,
        is_gift_entered=notional in gifts or gift_of_item(expense=expense, campaign=campaign) is not None,
    )


def deadlines_of(*, campaign: Campaign) -> tuple[Due, ...]:
    """Every deadline of a campaign's return; of parties and non-party campaigners, the one return that some owe."""
    if campaign.kind != CampaignKind.CANDIDATE:
        return _party_deadlines(campaign)
    newest = newest_return(campaign=campaign)
    delivered = newest.steps.filter(kind=ReturnStepKind.DELIVERED).first() if newest else None
    year = campaign.poll_on.year
    nation = _NATIONS.get(campaign.nation, campaign.nation)
    return deadlines(
        election=campaign.election_type,
        poll_on=campaign.poll_on,
        result_on=campaign.result_on,
        return_delivered_on=delivered.on if delivered else None,
        calendar=working_days(nations=[nation], years=[year, year + 1]),
    )


def _party_deadlines(campaign: Campaign) -> tuple[Due, ...]:
    """The return of a party or non-party campaigner: owed after general elections alone, which our tables know."""
    if campaign.election_type != ElectionType.PARLIAMENT:
        return ()
    who: Literal["party", "non-party"] = "party" if campaign.kind == CampaignKind.PARTY else "non-party"
    spent = max((room.committed_pence for room in headroom_of(campaign=campaign)), default=0)
    nation = cast(NationKey, campaign.nation)
    if not owes_party_return(who=who, nation=nation, poll_on=campaign.poll_on, spent_pence=spent):
        return ()
    return (party_return_due(who=who, poll_on=campaign.poll_on, spent_pence=spent),)


def officer_of(*, campaign: Campaign) -> str:
    """To whom the return goes."""
    return FORMS[form_of(campaign=campaign)].officer


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
