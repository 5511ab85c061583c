"""Desk pages on which a gift is written down, anew, in another's place, or as the gift in kind that an item is too."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import campaign_for, expense_for, gift_for
from hustings.money.models import Campaign, DonorKind, Expense, Gift, Route
from hustings.money.pages.gift_files import keep_file
from hustings.money.pages.gift_forms import GiftForm
from hustings.money.pages.gift_words import pounds
from hustings.money.queries.books import notional_of
from hustings.money.usecases.add_evidence import NotEvidence
from hustings.money.usecases.find_split_gifts import find_split_gifts
from hustings.money.usecases.record_gift import record_gift
from hustings.platform.pages.parts import Action


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Write a gift down."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    return _gift_form(request, campaign, None)


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Write a new row in a gift's place."""
    gift = gift_for(scope=request.scope, pk=pk)
    return _gift_form(request, gift.campaign, gift)


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def add_of_item(request: DeskRequest, pk: int, campaign: int) -> HttpResponseBase:
    """Write notional spending down as the gift in kind that it is too; the item's facts stand ready."""
    return _gift_form(
        request,
        campaign_for(scope=request.scope, pk=campaign),
        None,
        item=expense_for(scope=request.scope, pk=pk),
    )


def _gift_form(
    request: DeskRequest, campaign: Campaign, gift: Gift | None, *, item: Expense | None = None
) -> HttpResponseBase:
    form = GiftForm(
        request.POST or None,
        request.FILES or None,
        gift=gift,
        initial=_start(gift, item),
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                written = record_gift(
                    campaign=campaign,
                    donor=form.donor,
                    facts=form.facts,
                    replaces=gift,
                    correction_reason=form.cleaned_data.get("correction_reason", ""),
                    of_item=item,
                    by=request.user,
                    now=clock().now(),
                )
                if form.cleaned_data["file"]:
                    keep_file(gift=written, file=form.cleaned_data["file"], by=request.user)
        except NotEvidence as refusal:
            form.add_error("file", refusal.told(_))
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.told(_))
        else:
            found = find_split_gifts(campaign=campaign, by=request.user, now=clock().now())
            messages.success(request, _("The gift is written down."))
            if any(written.pk in set(flag.gifts.values_list("pk", flat=True)) for flag in found):
                messages.warning(request, _("It belongs to gifts that may be parts of one: see the flag."))
            return redirect("money_desk:gift", pk=written.pk)
    back = Action(label=_("Gifts"), url=reverse("money_desk:gifts"))
    if gift:
        back = Action(label=_("The gift"), url=reverse("money_desk:gift", args=[gift.pk]))
    elif item:
        back = Action(label=item.what, url=reverse("money_desk:item", args=[item.pk]))
    return render(
        request,
        "money/gift_form.html",
        {
            "title": _("Correct a gift") if gift else _("Record a gift"),
            "icon": "edit" if gift else "plus",
            "subtitle": _("to %(campaign)s") % {"campaign": campaign},
            "intro": _intro(gift, item),
            "form": form,
            "submit_label": _("Write it down"),
            "cancel_url": back.url,
            "back": back,
            "actions": []
            if gift or item
            else [
                Action(
                    label=_("Bring in a spreadsheet"),
                    url=reverse("money_desk:gift_sheet", args=[campaign.pk]),
                    icon="upload",
                )
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _start(gift: Gift | None, item: Expense | None) -> dict[str, object]:
    """What stands in the form at first: of a correction what was written, of notional spending what the item says."""
    if gift:
        return {}
    if item is None:
        return {"received_on": clock().today_in_uk()}
    first, _space, last = item.supplier_name.rpartition(" ")
    giver: dict[str, object] = (
        {"kind": DonorKind.INDIVIDUAL, "given_name": first, "family_name": last}
        if item.is_supplier_private
        else {"kind": DonorKind.COMPANY, "organisation": item.supplier_name}
    )
    return {
        **giver,
        "address": item.supplier_address,
        "amount": notional_of(expense=item),
        "received_on": item.first_use_on or item.committed_on or clock().today_in_uk(),
        "route": Route.IN_KIND,
        "what": item.what,
        "value_basis": _("Commercial value %(value)s less %(paid)s paid")
        % {"value": pounds(item.value_pence), "paid": pounds(item.amount_pence)},
        "evidence": _("Notional spending, item %(number)d of the books") % {"number": item.root_id},
    }


def _intro(gift: Gift | None, item: Expense | None) -> str:
    if gift:
        return _("The first row stays as it is; a new one takes its place.")
    if item:
        return _(
            "What was given free or at a discount is a gift too. Check who gave it, and the day it was received."
        )
    return ""
