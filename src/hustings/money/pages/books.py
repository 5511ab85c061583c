"""The desk page of one campaign's books: where it stands, its items, what is missing, and the chart."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.money.access import campaign_for
from hustings.money.models import Campaign, CampaignKind, Category
from hustings.money.pages.words import period_words, tiles_of
from hustings.money.pictures import headroom_chart
from hustings.money.queries.books import Item, headroom_of, items_of, joint_of, newest_limits
from hustings.money.queries.course import course_of
from hustings.money.queries.donation_reports import owes_reports
from hustings.money.queries.return_facts import deadlines_of, missing_of, newest_return
from hustings.money.rules.deadlines import TASK_WORDS
from hustings.money.rules.headroom import Headroom, Weight
from hustings.money.rules.joint import JointStatus
from hustings.money.rules.limits import local_non_party_limit
from hustings.money.usecases.remember_limits import remember_limits, why_no_limit
from hustings.platform.pages.listing import Column, csv_lines
from hustings.platform.pages.parts import Action, Badge, Callout, Fact
from hustings.platform.words import day, pounds, until

_LINKS = {
    "agent": gettext_lazy("the same agent"),
    "rooms": gettext_lazy("the same campaign rooms"),
    "material": gettext_lazy("a shared item"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One item as the page shows it."""

    url: str
    what: str
    supplier: str
    category: str
    badge: Badge
    ordered: str
    full: str
    counts: str
    unpaid: str
    why: str


@needs(Right.SEE_MONEY)
@require_safe
def campaign_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One campaign: tiles, chart, items, what is missing, deadlines, who may spend, returns."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    now = clock().now()
    today = clock().today_in_uk()
    remember_limits(campaign=campaign, now=now)
    items = items_of(campaign=campaign)
    rooms = headroom_of(campaign=campaign, items=items)
    may_edit = scope_of(user=request.user, right=Right.EDIT_MONEY, on=today).covers(code=campaign.area_id)
    joint = joint_of(campaign=campaign)
    return render(
        request,
        "money/campaign.html",
        {
            "title": campaign.name,
            "icon": "table",
            "subtitle": f"{campaign.area_name} · {campaign.get_election_type_display()} · {day(campaign.poll_on)}",
            "back": Action(label=_("Campaign books"), url=reverse("money_desk:campaigns")),
            "actions": (
                Action(
                    label=_("Add an item"),
                    url=reverse("money_desk:add_item", args=[pk]),
                    icon="plus",
                    is_primary=True,
                    is_allowed=may_edit,
                ),
                Action(label=_("Return"), url=reverse("money_desk:return", args=[pk]), icon="doc-full"),
                Action(
                    label=_("Record a gift"),
                    url=reverse("money_desk:add_gift", args=[pk]),
                    icon="pick",
                    is_allowed=may_edit,
                ),
                Action(label=_("Gifts"), url=f"{reverse('money_desk:gifts')}?campaign={pk}", icon="list-ul"),
                Action(label=_("Two ledgers"), url=reverse("money_desk:ledgers", args=[pk]), icon="table"),
                Action(
                    label=_("Reports of donations"),
                    url=reverse("money_desk:donation_reports", args=[pk]),
                    icon="calendar",
                    is_allowed=owes_reports(campaign=campaign),
                ),
                Action(
                    label=_("Change the facts"),
                    url=reverse("money_desk:edit_campaign", args=[pk]),
                    icon="edit",
                    is_allowed=may_edit,
                ),
            ),
            "campaign": campaign,
            "may_edit": may_edit,
            "callouts": _callouts(campaign, rooms, joint, may_edit=may_edit),
            "tiles": tiles_of(rooms),
            "chart_words": _chart_words(rooms[-1]),
            "limits": [
                (period_words(period), limit) for period, limit in newest_limits(campaign=campaign).items()
            ],
            "facts": _facts(campaign, joint),
            "rows": [row_of(item) for item in items],
            "missing": [
                (one.said.told(_), reverse("money_desk:item", args=[one.item]) if one.item else "")
                for one in missing_of(campaign=campaign, on=today)
            ],
            "deadlines": [
                (
                    _(TASK_WORDS[due.task]),
                    due.due_on,
                    until(due.due_on, today=today) if due.due_on else "",
                    due.warning,
                )
                for due in deadlines_of(campaign=campaign)
            ],
            "authorities": list(campaign.authorities.all()),
            "overrides": list(campaign.overrides.select_related("by", "expense", "limit")),
            "newest": newest_return(campaign=campaign),
        },
    )


def _callouts(
    campaign: Campaign, rooms: list[Headroom], joint: JointStatus, *, may_edit: bool
) -> list[Callout]:
    found = []
    for room in rooms:
        if room.limit_pence is None:
            reason = why_no_limit(campaign=campaign)
            found.append(
                Callout(
                    title=_("No limit is known"),
                    text=reason.told(_) if reason else "",
                    tone="warn",
                    actions=(
                        Action(
                            label=_("Enter the officer's limit"),
                            url=reverse("money_desk:give_limit", args=[campaign.pk]),
                            is_allowed=may_edit,
                        ),
                    ),
                )
            )
        elif room.weight is Weight.OVER:
            found.append(
                Callout(
                    title=_("Above the limit"),
                    text=_("%(over)s more than the limit is spent or ordered. Speak to the agent now.")
                    % {"over": pounds(-(room.room_pence or 0))},
                    tone="bad",
                )
            )
        elif room.forecast_weight in {Weight.OVER, Weight.UNSURE}:
            found.append(
                Callout(
                    title=_("The plans go above the limit"),
                    text=_(
                        "With everything planned it would be %(sum)s of %(limit)s. Drop or cut something before you order it."
                    )
                    % {"sum": pounds(room.forecast_pence), "limit": pounds(room.limit_pence)},
                    tone="warn",
                )
            )
    for period, limit in newest_limits(campaign=campaign).items():
        found += [
            Callout(
                title=_("Limit of the %(period)s") % {"period": period_words(period)}, text=text, tone="warn"
            )
            for text in limit.warnings
        ]
    if joint.is_joint:
        names = Campaign.objects.filter(pk__in=joint.partners).order_by("name").values_list("name", flat=True)
        found.append(
            Callout(
                title=_("Joint candidates"),
                text=_("With %(names)s, by %(links)s: the limit of each is cut.")
                % {
                    "names": ", ".join(names),
                    "links": ", ".join(str(_LINKS[link]) for link in sorted(joint.links)),
                },
                tone="info",
            )
        )
    return found


def _chart_words(room: Headroom) -> str:
    """What the chart shows, for those who cannot see it."""
    limit = _("no limit is known") if room.limit_pence is None else pounds(room.limit_pence)
    return _("Chart: spent or ordered %(spent)s, forecast %(forecast)s, limit %(limit)s.") % {
        "spent": pounds(room.committed_pence),
        "forecast": pounds(room.forecast_pence),
        "limit": limit,
    }


def _facts(campaign: Campaign, joint: JointStatus) -> list[Fact]:
    facts = [
        Fact(
            label=_("Spending counts"),
            value=_("%(first)s to %(last)s")
            % {"first": day(campaign.regulated_from), "last": day(campaign.regulated_last)},
        ),
        Fact(label=_("Electors"), value=campaign.electorate, note=campaign.electorate_source),
        Fact(label=_("Agent"), value=campaign.agent_name, note=campaign.agent_address),
        Fact(label=_("Result declared"), value=campaign.result_on),
    ]
    if campaign.long_from:
        facts.insert(0, Fact(label=_("Long campaign from"), value=campaign.long_from))
    other = _others_limit(campaign)
    if other is not None:
        facts.append(other)
    return facts


def _others_limit(campaign: Campaign) -> Fact | None:
    """What others may spend locally for or against the candidate without authority (s. 75)."""
    if campaign.kind != CampaignKind.CANDIDATE or campaign.electorate is None:
        return None
    election = "parl" if campaign.election_type.startswith("parl") else "local"
    limit = local_non_party_limit(
        election="parl" if election == "parl" else "local",
        electors=campaign.electorate,
        poll_on=campaign.poll_on,
    )
    return Fact(
        label=_("Others may spend without authority"),
        value=pounds(limit.limit_pence),
        note=" ".join((limit.formula, *limit.warnings)),
    )


def row_of(item: Item) -> Row:
    """One item as a row of the table."""
    expense = item.expense
    badge = Badge(text=_("settled"), tone="good")
    if item.is_planned:
        badge = Badge(text=_("planned"), tone="info")
    elif expense.excluded_for:
        badge = Badge(text=_("does not count"), tone="plain")
    elif item.is_personal:
        badge = Badge(text=_("beside the total"), tone="plain")
    elif item.disputed_pence:
        badge = Badge(text=_("disputed"), tone="bad")
    elif item.unpaid_pence:
        badge = Badge(text=_("to be paid"), tone="warn")
    counts = item.planned_pence if item.is_planned else item.counts_pence
    why = item.split.said.told(_) if item.split.is_split else ""
    return Row(
        url=reverse("money_desk:item", args=[expense.pk]),
        what=expense.what,
        supplier=expense.supplier_name,
        category=str(Category(expense.category).label),
        badge=badge,
        ordered=day(expense.committed_on),
        full=pounds(expense.value_pence),
        counts=pounds(counts),
        unpaid=pounds(item.unpaid_pence) if item.unpaid_pence and not item.is_planned else "",
        why=why,
    )


@needs(Right.SEE_MONEY)
@require_safe
def headroom_picture(request: DeskRequest, pk: int) -> HttpResponse:
    """Spending against the limit over time, as SVG."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    items = items_of(campaign=campaign)
    room = headroom_of(campaign=campaign, items=items)[-1]
    spent, forecast = course_of(campaign=campaign, items=items, today=clock().today_in_uk())
    svg = headroom_chart(
        spent=spent,
        forecast=forecast,
        limit_pence=room.limit_pence,
        is_confirmed=room.is_confirmed,
        period=(campaign.regulated_from, campaign.poll_on),
    )
    answer = HttpResponse(svg, content_type="image/svg+xml")
    answer["Cache-Control"] = "private, no-store"
    return answer


@needs(Right.SEE_MONEY)
@require_safe
def items_csv(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Every item of a campaign as CSV, in pence, with what counts and why."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    columns = (
        Column(key="what", label="what", value="expense.what"),
        Column(key="category", label="category", value="expense.category"),
        Column(key="supplier", label="supplier", value="expense.supplier_name"),
        Column(key="address", label="supplier_address", value="expense.supplier_address"),
        Column(key="ordered", label="committed_on", value="expense.committed_on"),
        Column(key="first", label="first_use_on", value="expense.first_use_on"),
        Column(key="last", label="last_use_on", value="expense.last_use_on"),
        Column(key="amount", label="amount_pence", value="expense.amount_pence"),
        Column(key="value", label="value_pence", value="expense.value_pence"),
        Column(key="share", label="share_pence", value="share.share_pence"),
        Column(key="counts", label="counts_pence", value="counts_pence"),
        Column(key="planned", label="planned_pence", value="planned_pence"),
        Column(key="paid", label="paid_pence", value="paid_pence"),
        Column(key="unpaid", label="unpaid_pence", value="unpaid_pence"),
        Column(key="disputed", label="disputed_pence", value="disputed_pence"),
        Column(key="notional", label="notional_pence", value="notional_pence"),
        Column(key="excluded", label="excluded_for", value="expense.excluded_for"),
        Column(key="why", label="how_it_was_split", value=lambda item: str(item.split.said)),
        Column(key="assessment", label="assessment", value="share.assessment"),
    )
    answer = HttpResponse(
        "".join(csv_lines(columns=columns, rows=items_of(campaign=campaign))),
        content_type="text/csv; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="items-{pk}.csv"'
    return answer
