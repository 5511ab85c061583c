"""Desk pages of gifts: the list, and one gift with its clock, checks and decisions."""

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.money.access import campaigns_for, gift_for, gifts_for
from hustings.money.models import DonorCheck, Gift, Route
from hustings.money.pages.gift_words import (
    clock_words,
    donor_name,
    pounds,
    standing,
    state_badge,
    why_no_check,
)
from hustings.money.queries.books import newest_row
from hustings.money.queries.gift_files import gift_files
from hustings.money.queries.ledger import standing_gifts, with_state
from hustings.money.rules.gift_state import GiftState
from hustings.platform.pages.listing import (
    ChoiceFilter,
    Column,
    DateFilter,
    Export,
    Listing,
    YesNoFilter,
    list_page,
)
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Moment


@needs(Right.SEE_MONEY)
@require_safe
def gift_list(request: DeskRequest) -> HttpResponseBase:
    """Every gift that stands, of the campaigns one looks after."""
    today = clock().today_in_uk()
    campaigns = list(campaigns_for(scope=request.scope))
    add = Action(
        label=_("Record a gift"),
        url=reverse("money_desk:choose_books"),
        icon="plus",
        is_primary=True,
        is_allowed=may(request, Right.EDIT_MONEY),
    )
    return list_page(
        request,
        Listing(
            title=_("Gifts"),
            icon="pick",
            intro=_(
                "Every gift of any size, with who gave it, how the giver was checked and what was decided."
            ),
            rows=with_state(gifts=standing_gifts())
            .filter(pk__in=gifts_for(scope=request.scope).values("pk"))
            .select_related("campaign", "donor"),
            columns=(
                Column(
                    key="donor",
                    label=_("From"),
                    value=donor_name,
                    link=lambda gift: reverse("money_desk:gift", args=[gift.pk]),
                    sort=("donor__organisation", "donor__family_name", "donor__given_name"),
                ),
                Column(
                    key="amount",
                    label=_("Amount"),
                    value=lambda gift: pounds(gift.amount_pence),
                    export="amount_pence",
                    sort=("amount_pence",),
                    is_number=True,
                ),
                Column(key="received", label=_("Received"), value="received_on", sort=("received_on",)),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda gift: _badges(gift, today),
                ),
                Column(
                    key="route", label=_("How"), value="get_route_display", sort=("route",), is_minor=True
                ),
                Column(
                    key="campaign",
                    label=_("To"),
                    value="campaign.name",
                    sort=("campaign__name",),
                    is_minor=True,
                ),
                Column(key="evidence", label=_("Evidence"), value="evidence", is_export_only=True),
                Column(
                    key="donor_kind",
                    label=_("Kind of donor"),
                    value="donor.get_kind_display",
                    is_export_only=True,
                ),
            ),
            search=(
                "donor__given_name",
                "donor__family_name",
                "donor__organisation",
                "donor__postcode",
                "evidence",
            ),
            filters=(
                ChoiceFilter(
                    key="campaign",
                    label=_("To"),
                    choices=[(str(one.pk), str(one)) for one in campaigns],
                    field="campaign",
                ),
                ChoiceFilter(
                    key="route",
                    label=_("How"),
                    choices=[(str(value), str(label)) for value, label in Route.choices],
                    field="route",
                ),
                YesNoFilter(key="decided", label=_("Decided"), yes=Q(act__isnull=False)),
                YesNoFilter(key="flagged", label=_("Flagged"), yes=Q(is_flagged=True)),
                DateFilter(key="received", label=_("Received"), field="received_on"),
            ),
            order="-received",
            left_out=_("Rows that were corrected or struck out are kept with the row that replaced them."),
            empty=Empty(
                title=_("No gifts yet"),
                text=_("Record each gift as it comes, whatever its size, or bring in a spreadsheet."),
                actions=(add,),
            ),
            actions=(
                add,
                Action(label=_("Flags"), url=reverse("money_desk:flags"), icon="warning"),
                Action(label=_("Proposed rules"), url=reverse("money_desk:proposed"), icon="time"),
            ),
            export=Export(file_name="gifts"),
        ),
    )


def _badges(gift: Gift, today: object) -> object:
    badge = state_badge(gift=gift, today=clock().today_in_uk())
    if gift.is_flagged:  # type: ignore[attr-defined]  # an annotation of the query
        return (badge, Badge(text=_("flagged"), tone="warn"))
    return badge


@needs(Right.EDIT_MONEY)
@require_safe
def choose_books(request: DeskRequest) -> HttpResponseBase:
    """To whom was it given? Straight on where there is one campaign."""
    campaigns = list(campaigns_for(scope=request.scope))
    if len(campaigns) == 1:
        return redirect("money_desk:add_gift", pk=campaigns[0].pk)
    return render(
        request,
        "money/choose_books.html",
        {
            "title": _("To whom was it given?"),
            "icon": "pick",
            "campaigns": campaigns,
            "back": Action(label=_("Gifts"), url=reverse("money_desk:gifts")),
            "empty": Empty(
                title=_("No books are kept yet"),
                text=_("A gift belongs to the books of a campaign. Open the books first."),
                actions=(Action(label=_("Campaign books"), url=reverse("money_desk:campaigns")),),
            ),
        },
    )


@needs(Right.SEE_MONEY)
@require_safe
def gift_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One gift with what must be done about it."""
    gift_for(scope=request.scope, pk=pk)
    gift = (
        with_state(gifts=Gift.objects.filter(pk=pk))
        .select_related("campaign", "donor", "made_by", "expense")
        .get()
    )
    today = clock().today_in_uk()
    found = standing(gift=gift, today=today)
    stands = standing_gifts().filter(pk=pk).exists()
    may_edit = may(request, Right.EDIT_MONEY) and stands
    return render(
        request,
        "money/gift.html",
        {
            "title": _("%(amount)s from %(donor)s")
            % {"amount": pounds(gift.amount_pence), "donor": donor_name(gift)},
            "icon": "pick",
            "subtitle": _("to %(campaign)s") % {"campaign": gift.campaign},
            "back": Action(label=_("Gifts"), url=reverse("money_desk:gifts")),
            "badge": state_badge(gift=gift, today=today),
            "actions": _actions(gift, found.state, may_edit=may_edit),
            "callouts": _callouts(gift, stands=stands),
            "facts": _facts(gift),
            "moments": _moments(gift),
            "files": gift_files(gift=gift),
            "flags": gift.split_flags.prefetch_related("verdicts"),
        },
    )


def _actions(gift: Gift, state: GiftState, *, may_edit: bool) -> list[Action]:
    to_decide = {GiftState.TO_ACCEPT, GiftState.TO_RETURN}
    return [
        Action(
            label=_("Check the donor"),
            url=reverse("money_desk:check_gift", args=[gift.pk]),
            icon="check",
            is_primary=state in {GiftState.TO_CHECK, GiftState.UNCLEAR},
            is_allowed=may_edit and gift.donor is not None,
        ),
        Action(
            label=_("Decide"),
            url=reverse("money_desk:decide_gift", args=[gift.pk]),
            icon="check",
            is_primary=state in to_decide,
            is_allowed=may_edit,
        ),
        Action(
            label=_("Add a file"),
            url=reverse("money_desk:add_gift_evidence", args=[gift.pk]),
            icon="upload",
            is_allowed=may_edit,
        ),
        Action(
            label=_("Correct"),
            url=reverse("money_desk:correct_gift", args=[gift.pk]),
            icon="edit",
            is_allowed=may_edit,
        ),
        Action(
            label=_("Strike out"),
            url=reverse("money_desk:strike_out_gift", args=[gift.pk]),
            icon="cross",
            is_allowed=may_edit,
        ),
    ]


def _callouts(gift: Gift, *, stands: bool) -> list[Callout]:
    found = standing(gift=gift, today=clock().today_in_uk())
    if not stands:
        newer = Gift.objects.filter(replaces=gift).first()
        if newer is None:
            return [
                Callout(
                    text=_("This gift was struck out: %(why)s") % {"why": gift.correction_reason}, tone="warn"
                )
            ]
        return [
            Callout(
                text=_("This row was corrected. The row that replaced it stands now."),
                tone="warn",
                actions=(Action(label=_("Go to it"), url=reverse("money_desk:gift", args=[newer.pk])),),
            )
        ]
    callouts = []
    if words := clock_words(found=found):
        callouts.append(
            Callout(text=words, tone="bad" if found.is_over else "warn" if found.is_soon else "info")
        )
    if found.state == GiftState.TO_RETURN:
        callouts.append(
            Callout(
                text=_("The donor may not give. Return the gift within the time, and write down how."),
                tone="bad",
            )
        )
    if found.state == GiftState.SMALL:
        callouts.append(Callout(text=why_no_check(gift=gift), tone="plain"))
    if gift.donor is None:
        callouts.append(
            Callout(
                text=_(
                    "The source is not known. Return the gift to whoever passed it on; failing that to the bank it came from; "
                    "failing "
                    "that to the Electoral Commission."
                ),
                tone="bad",
            )
        )
    for warning in dict.fromkeys(line for check in gift.checks.all()[:1] for line in check.warnings):
        callouts.append(Callout(text=warning, tone="warn"))
    return callouts


def _facts(gift: Gift) -> list[Fact]:
    donor = gift.donor
    facts = [
        Fact(
            label=_("From"),
            value=donor_name(gift),
            url=reverse("money_desk:donor", args=[donor.pk]) if donor else "",
            note=donor.get_kind_display() if donor else "",
        ),
        Fact(label=_("Amount"), value=pounds(gift.amount_pence)),
        Fact(label=_("Received"), value=gift.received_on),
        Fact(label=_("How"), value=gift.get_route_display(), note=gift.platform),
    ]
    if gift.funds_arrived_on:
        facts.append(
            Fact(
                label=_("The platform's money arrived"),
                value=gift.funds_arrived_on,
                note=_("the thirty days begin here"),
            )
        )
    if gift.what:
        facts.append(Fact(label=_("What was given"), value=gift.what, note=gift.value_basis))
    if gift.through:
        facts.append(Fact(label=_("Passed on by"), value=gift.through))
    if gift.expense is not None:
        facts.append(
            Fact(
                label=_("The same thing as spending"),
                value=gift.expense.what,
                url=reverse("money_desk:item", args=[newest_row(expense=gift.expense).pk]),
            )
        )
    facts += [
        Fact(label=_("Evidence"), value=gift.evidence),
        Fact(
            label=_("Card or account"),
            value=_("fingerprint kept") if gift.token else _("not known"),
            note=_("from abroad") if gift.is_foreign_account else "",
        ),
        Fact(label=_("Standing order"), value=gift.is_standing),
    ]
    return facts


def _moments(gift: Gift) -> list[Moment]:
    moments = [
        Moment(
            at=gift.made_at,
            title=_("Corrected: %(why)s") % {"why": gift.correction_reason}
            if gift.replaces_id
            else _("Written down"),
            by=str(gift.made_by or ""),
            url=reverse("money_desk:gift", args=[gift.replaces_id]) if gift.replaces_id else "",
        )
    ]
    for check in gift.checks.select_related("by", "entitlement"):
        moments.append(
            Moment(
                at=check.at,
                title=_("Donor checked: %(outcome)s") % {"outcome": check.get_outcome_display()},
                text="\n".join(_told(check)),
                by=str(check.by or ""),
                tone="good"
                if check.outcome == "permissible"
                else "bad"
                if check.outcome == "impermissible"
                else "warn",
            )
        )
    for decision in gift.decisions.select_related("by"):
        late = " " + _("This was after the thirty days.") if decision.is_late else ""
        moments.append(
            Moment(
                at=decision.at,
                title=decision.get_act_display().capitalize(),
                text=f"{decision.reason}{late}",
                by=str(decision.by or ""),
                tone="good" if decision.act == "accepted" else "plain",
            )
        )
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _told(check: DonorCheck) -> list[str]:
    """What a check found, what the registers had, and where each answer was seen, each said once."""
    seen = [str(answer.get("seen", "")) for answer in check.answers.values()]
    told = [check.finding, str(check.looked_up.get("sentence", "")), *seen]
    return list(dict.fromkeys(line for line in told if line))
