"""Desk pages of items: one item with both figures and why, the form, bills, evidence."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import (
    campaign_for,
    campaigns_for,
    evidence_for,
    expense_for,
    first_campaign,
)
from hustings.money.models import Campaign, ClaimEventKind, Expense
from hustings.money.pages.expense_form import ExpenseForm, initial_of
from hustings.money.pages.item_parts import facts_of, moments_of, notional_rows
from hustings.money.pages.small_forms import ClaimForm, EvidenceForm, WhyForm
from hustings.money.queries.books import items_of, notional_of
from hustings.money.queries.open_tasks import is_paid_late
from hustings.money.queries.return_donations import gift_of_item
from hustings.money.usecases.add_evidence import LARGEST_FILE, add_evidence
from hustings.money.usecases.cancel_expense import cancel_expense
from hustings.money.usecases.record_expense import record_expense
from hustings.money.usecases.settle_claim import settle_claim
from hustings.money.usecases.weigh_expense import WarningNotSeen, WouldBreakLimit
from hustings.platform.pages.parts import Action, Callout


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Write down a new item; the limit is asked before it is stored."""
    return _form(request, campaign_for(scope=request.scope, pk=pk), None)


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_item(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Correct an item: a new row takes its place, the old one stays."""
    expense = expense_for(scope=request.scope, pk=pk)
    return _form(request, first_campaign(expense=expense, scope=request.scope), expense)


def _form(request: DeskRequest, campaign: Campaign, expense: Expense | None) -> HttpResponseBase:
    form = ExpenseForm(
        request.POST or None,
        campaign=campaign,
        scope=request.scope,
        corrects=expense,
        initial=initial_of(expense=expense, campaign=campaign) if expense else None,
    )
    if "has_seen_warning" in request.POST or "warned" in request.POST:
        form.add_confirmation()
    if "override_reason" in request.POST:
        form.add_override()
    callouts: list[Callout] = []
    if request.method == "POST" and form.is_valid():
        try:
            written = record_expense(
                facts=form.facts(),
                sharing=form.sharing(),
                by=request.user,
                now=clock().now(),
                has_seen_warning=form.cleaned_data.get("has_seen_warning", False),
                override_reason=form.cleaned_data.get("override_reason", ""),
                replaces=expense,
                correction_reason=form.cleaned_data.get("correction_reason", ""),
            )
        except WouldBreakLimit as refusal:
            callouts = _broken(request, refusal, form)
        except WarningNotSeen as refusal:
            callouts = [_warned(refusal)]
            form.add_confirmation()
        except Refusal as refusal:
            _place(form, refusal)
        else:
            messages.success(request, _("Saved. Here is what counts of it, and why."))
            return redirect("money_desk:item", pk=written.pk)
    back_url = (
        reverse("money_desk:item", args=[expense.pk])
        if expense
        else reverse("money_desk:campaign", args=[campaign.pk])
    )
    return render(
        request,
        "desk/grouped_form.html",
        {
            "title": _("Correct “%(what)s”") % {"what": expense.what} if expense else _("Add an item"),
            "icon": "edit",
            "form": form,
            "callouts": callouts,
            "submit_label": _("Save the correction") if expense else _("Ask the limit and save"),
            "cancel_url": back_url,
            "back": Action(label=expense.what if expense else campaign.name, url=back_url),
        },
        status=422 if form.is_bound else 200,
    )


def _broken(request: DeskRequest, refusal: WouldBreakLimit, form: ExpenseForm) -> list[Callout]:
    """What is over, of whom; and for the agent a place for the reason."""
    agent_may = all(
        scope_of(user=request.user, right=Right.OVERRIDE, on=clock().today_in_uk()).covers(
            code=one.campaign.area_id
        )
        for one in refusal.verdicts
    )
    if agent_may and "override_reason" not in form.fields:
        form.add_override()
    next_step = (
        _("As agent you may let it pass: give your reason below. It is kept.")
        if agent_may
        else _("Cut it, share it or drop it; only the agent may let it pass, with a reason.")
    )
    return [
        Callout(
            title=_("This would break the limit"),
            text=" ".join(
                [*(f"{one.campaign.name}: {one.verdict.said.told(_)}" for one in refusal.verdicts), next_step]
            ),
            tone="bad",
        )
    ]


def _warned(refusal: WarningNotSeen) -> Callout:
    sentences = [f"{one.campaign.name}: {one.verdict.said.told(_)}" for one in refusal.verdicts]
    return Callout(
        title=_("Before you commit to this"),
        text=" ".join([*sentences, _("Tick the box below if you want it all the same.")]),
        tone="warn",
    )


_FIELDS = {
    "assessment": "assessment",
    "time-note": "time_note",
    "value": "value",
    "use": "last_use_on",
    "time": "time_part",
    "authority": "authority",
    "authority-amount": "authority",
    "reason": "correction_reason",
}


def _place(form: ExpenseForm, refusal: Refusal) -> None:
    """Put the refusal beside the field that it is about."""
    name = _FIELDS.get(refusal.code)
    form.add_error(name if name in form.fields else None, refusal.told(_))


@needs(Right.SEE_MONEY)
@require_safe
def item_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One item: the full figure, what counts and why, its bills, files and corrections."""
    expense = expense_for(scope=request.scope, pk=pk)
    campaign = first_campaign(expense=expense, scope=request.scope)
    newer = Expense.objects.filter(replaces=expense).first()
    is_current = newer is None and not expense.is_cancelled
    may_edit = is_current and scope_of(
        user=request.user, right=Right.EDIT_MONEY, on=clock().today_in_uk()
    ).covers(code=campaign.area_id)
    mine = campaigns_for(scope=request.scope)
    items = [
        (share.campaign, item)
        for share in expense.shares.filter(campaign__in=mine).select_related("campaign")
        for item in items_of(campaign=share.campaign)
        if item.expense.pk == expense.pk
    ]
    return render(
        request,
        "money/item.html",
        {
            "title": expense.what,
            "icon": "doc-full",
            "subtitle": f"{expense.get_category_display()} · {expense.supplier_name}",
            "back": Action(label=campaign.name, url=reverse("money_desk:campaign", args=[campaign.pk])),
            "actions": (
                Action(
                    label=_("Invoice, payment or dispute"),
                    url=reverse("money_desk:settle", args=[pk]),
                    is_primary=True,
                    is_allowed=may_edit and expense.committed_on is not None,
                ),
                Action(
                    label=_("Add a receipt"),
                    url=reverse("money_desk:add_evidence", args=[pk]),
                    icon="upload",
                    is_allowed=may_edit,
                ),
                Action(
                    label=_("Correct"),
                    url=reverse("money_desk:correct_item", args=[pk]),
                    icon="edit",
                    is_allowed=may_edit,
                ),
                Action(
                    label=_("Take it back"),
                    url=reverse("money_desk:cancel_item", args=[pk]),
                    is_danger=True,
                    is_allowed=may_edit,
                ),
            ),
            "callouts": _item_callouts(expense, newer),
            "facts": facts_of(expense=expense),
            "items": items,
            "tests": notional_rows(expense=expense),
            "gifts": [
                (one, gift_of_item(expense=expense, campaign=one), may_edit)
                for one, _item in items
                if notional_of(expense=expense)
            ],
            "moments": moments_of(expense=expense),
            "papers": expense.__class__.objects.get(pk=expense.root_id).evidence.defer("content"),
        },
    )


def _item_callouts(expense: Expense, newer: Expense | None) -> list[Callout]:
    if expense.is_cancelled:
        return [
            Callout(
                title=_("Taken back"),
                text=_("It no longer counts. %(why)s") % {"why": expense.correction_reason},
                tone="info",
            )
        ]
    if newer is not None:
        return [
            Callout(
                text=_("This entry was corrected. What it says no longer counts."),
                tone="warn",
                actions=(
                    Action(label=_("Open the newer entry"), url=reverse("money_desk:item", args=[newer.pk])),
                ),
            )
        ]
    if expense.committed_on is None:
        return [
            Callout(
                title=_("A plan"),
                text=_(
                    "It is in the forecast and does not count yet. Correct it with the day it is ordered, once it is."
                ),
                tone="info",
            )
        ]
    return []


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Write down an invoice, a payment or a dispute."""
    expense = expense_for(scope=request.scope, pk=pk)
    form = ClaimForm(
        request.POST or None, initial={"amount": expense.amount_pence, "on": clock().today_in_uk()}
    )

    def act(given: dict[str, Any]) -> None:
        settle_claim(
            expense=expense,
            kind=given["kind"],
            on=given["on"],
            amount_pence=given["amount"],
            payer=given["payer"],
            note=given["note"],
            by=request.user,
            now=clock().now(),
        )
        if given["kind"] == ClaimEventKind.PAID and is_paid_late(expense=expense, on=given["on"]):
            messages.warning(
                request,
                _(
                    "That payment came after the last day for paying invoices. Late payment needs leave: ask the returning "
                    "officer, and keep the order with the receipt."
                ),
            )

    return _small(request, expense, form, act, title=_("Invoice, payment or dispute"))


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Keep an invoice or a receipt."""
    expense = expense_for(scope=request.scope, pk=pk)
    form = EvidenceForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> None:
        file = given["file"]
        # A file over the limit is refused by its size, without reading more than that.
        add_evidence(
            expense=expense,
            name=file.name,
            content=file.read(LARGEST_FILE + 1),
            by=request.user,
            now=clock().now(),
        )

    return _small(request, expense, form, act, title=_("Add a receipt"))


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Take an item back, with a reason."""
    expense = expense_for(scope=request.scope, pk=pk)
    form = WhyForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        cancel_expense(expense=expense, reason=given["reason"], by=request.user, now=clock().now())

    return _small(
        request, expense, form, act, title=_("Take “%(what)s” back") % {"what": expense.what}, is_danger=True
    )


def _small(
    request: DeskRequest, expense: Expense, form: Any, act: Any, *, title: str, is_danger: bool = False
) -> HttpResponseBase:
    """A short form about an item: one act, its refusals above the fields, back to the item."""
    url = reverse("money_desk:item", args=[expense.pk])
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Saved."))
            return redirect(url)
    return render(
        request,
        "desk/form.html",
        {
            "title": title,
            "icon": "edit",
            "form": form,
            "is_danger": is_danger,
            "cancel_url": url,
            "back": Action(label=expense.what, url=url),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.SEE_MONEY)
@require_safe
def evidence_file(request: DeskRequest, pk: int) -> HttpResponse:
    """A receipt as it was uploaded; as a file and never in the page."""
    kept = evidence_for(scope=request.scope, pk=pk)
    return download(content=bytes(kept.content), media_type=kept.media_type, name=kept.name)


def download(*, content: bytes, media_type: str, name: str) -> HttpResponse:
    """Bytes as a file that the browser saves and never runs under our address."""
    answer = HttpResponse(content, content_type=media_type)
    safe = "".join(letter for letter in name if letter.isalnum() or letter in "._- ")
    answer["Content-Disposition"] = f'attachment; filename="{safe or "file"}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
