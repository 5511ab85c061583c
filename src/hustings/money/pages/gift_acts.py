"""Desk pages on which something is done with gifts: write down, correct, strike out, check, decide, bring in."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import campaign_for, expense_for, gift_for
from hustings.money.importers.gift_sheet import ALIASES
from hustings.money.models import Campaign, CheckOutcome, DonorKind, Expense, Gift, GiftAct, Route
from hustings.money.pages.gift_files import keep_file
from hustings.money.pages.gift_forms import CheckForm, DecideForm, GiftForm, ReasonForm, SheetForm
from hustings.money.pages.gift_words import clock_words, donor_name, pounds, standing
from hustings.money.queries.body_register import is_looked_up, look_up
from hustings.money.queries.books import notional_of
from hustings.money.queries.donor_register import NoEntitlement, register_answer
from hustings.money.queries.ledger import with_state
from hustings.money.queries.pending import pending_on
from hustings.money.rules.permissibility import questions_for
from hustings.money.usecases.add_evidence import NotEvidence
from hustings.money.usecases.check_donor import check_donor
from hustings.money.usecases.decide_gift import decide_gift
from hustings.money.usecases.find_split_gifts import find_split_gifts
from hustings.money.usecases.record_gift import cancel_gift, record_gift
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.importing.source import UnreadableFile
from hustings.platform.pages.parts import Action, Callout, Fact

_LARGEST_SHEET = 10 * 1024 * 1024
_REJECTS_SHOWN = 50


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


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def strike_out(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Say that a gift was written down by mistake."""
    gift = gift_for(scope=request.scope, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_gift(gift=gift, reason=form.cleaned_data["reason"], by=request.user, now=clock().now())
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Struck out. The row is kept with its reason."))
            return redirect("money_desk:gifts")
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Strike out a gift"),
            "icon": "cross",
            "question": _(
                "Only what was written down by mistake is struck out. A gift that goes back is decided about."
            ),
            "facts": _short(gift),
            "form": form,
            "confirm_label": _("Strike out"),
            "is_danger": True,
            "cancel_url": reverse("money_desk:gift", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Answer the questions for this kind of donor."""
    gift = gift_for(scope=request.scope, pk=pk)
    if gift.donor is None:
        messages.warning(request, _("The source of this gift is not known, so nobody can be checked."))
        return redirect("money_desk:gift", pk=pk)
    questions = questions_for(kind=gift.donor.kind, on=gift.received_on, pending=pending_on())
    looked_up = look_up(donor=gift.donor, on=gift.received_on) if is_looked_up(donor=gift.donor) else None
    form = CheckForm(
        request.POST or None,
        questions=questions,
        initial={f"{key}_seen": words[:600] for key, words in looked_up.seen.items()} if looked_up else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = check_donor(gift=gift, answers=form.answers, by=request.user, now=clock().now())
        except Refusal as refusal:
            named = f"{refusal.code}_seen"
            form.add_error(named if named in form.fields else None, refusal.told(_))
        else:
            _say(request, found.outcome, found.finding)
            return redirect("money_desk:gift", pk=pk)
    return render(
        request,
        "money/check.html",
        {
            "title": _("Check the donor"),
            "icon": "check",
            "subtitle": donor_name(gift),
            "back": Action(label=_("The gift"), url=reverse("money_desk:gift", args=[pk])),
            "facts": [*_short(gift), Fact(label=_("Address"), value=_address(gift))],
            "form": form,
            "gift": gift,
            "looked_up": looked_up,
            "asks_register": gift.donor.kind == DonorKind.INDIVIDUAL,
            "callouts": _pending_callouts(gift, questions),
            "submit_label": _("Keep this check"),
            "cancel_url": reverse("money_desk:gift", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MONEY)
@require_POST
def look_on_register(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Hold an individual against the register, under an entitlement that covers it, and keep what it says."""
    gift = gift_for(scope=request.scope, pk=pk)
    if gift.donor is None or gift.donor.kind != DonorKind.INDIVIDUAL:
        messages.warning(request, _("Only a known individual is looked for on the register."))
        return redirect("money_desk:gift", pk=pk)
    now = clock().now()
    try:
        answer = register_answer(campaign=gift.campaign, donor=gift.donor, on=clock().today_in_uk())
        found = check_donor(gift=gift, answers={}, register_answer=answer, by=request.user, now=now)
    except NoEntitlement as problem:
        messages.error(request, str(problem))
        return redirect("money_desk:check_gift", pk=pk)
    except Refusal as refusal:
        messages.error(request, refusal.told(_))
        return redirect("money_desk:check_gift", pk=pk)
    _say(request, found.outcome, answer.sentence)
    return redirect("money_desk:gift", pk=pk)


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Accept a gift, return it or send it on."""
    gift_for(scope=request.scope, pk=pk)
    gift = with_state(gifts=Gift.objects.filter(pk=pk)).select_related("campaign", "donor").get()
    newest = gift.checks.first()
    is_refused = newest is not None and newest.outcome == CheckOutcome.IMPERMISSIBLE
    form = DecideForm(
        request.POST or None,
        initial={
            "done_on": clock().today_in_uk(),
            "act": GiftAct.RETURNED_DONOR if is_refused else GiftAct.ACCEPTED,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision = decide_gift(gift=gift, **form.cleaned_data, by=request.user, now=clock().now())
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.told(_))
        else:
            messages.success(request, _("Decided: %(act)s.") % {"act": decision.get_act_display()})
            if decision.is_late:
                messages.warning(
                    request,
                    _(
                        "This was after the thirty days. Tell the Electoral Commission if the donor was not permissible."
                    ),
                )
            return redirect("money_desk:gift", pk=pk)
    words = clock_words(found=standing(gift=gift, today=clock().today_in_uk()))
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Decide about a gift"),
            "icon": "check",
            "subtitle": _("%(amount)s from %(donor)s")
            % {"amount": pounds(gift.amount_pence), "donor": donor_name(gift)},
            "back": Action(label=_("The gift"), url=reverse("money_desk:gift", args=[pk])),
            "callouts": [Callout(text=words, tone="warn")] if words else [],
            "form": form,
            "submit_label": _("Keep this decision"),
            "cancel_url": reverse("money_desk:gift", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Bring in a spreadsheet of gifts; what cannot be used is listed with its line and reason."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    rejected: list[dict[str, object]] = []
    callouts: list[Callout] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > _LARGEST_SHEET:
            form.add_error("file", _("The file is larger than 10 MB. Divide it."))
        else:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"gifts{Path(upload.name).suffix.lower()}"
                path.write_bytes(upload.read())
                try:
                    run = run_import(
                        path=path,
                        now=clock().now(),
                        slug="gift-sheet",
                        options=Options(values={"campaign": campaign.pk}),
                        started_by=request.user,
                    )
                except (ImportRefused, UnreadableFile) as problem:
                    form.add_error("file", str(problem))
                except KeyError as problem:
                    form.add_error("file", _("The file has no column %(name)s.") % {"name": problem})
                else:
                    flags = find_split_gifts(campaign=campaign, by=request.user, now=clock().now())
                    messages.success(
                        request,
                        _(
                            "%(accepted)d gifts written down, %(unchanged)d stood there already, %(rejected)d could not be used."
                        )
                        % {"accepted": run.accepted, "unchanged": run.unchanged, "rejected": run.rejected},
                    )
                    if flags:
                        messages.warning(
                            request,
                            ngettext(
                                "One new flag: gifts that may be parts of one.",
                                "%(count)d new flags: gifts that may be parts of one.",
                                len(flags),
                            )
                            % {"count": len(flags)},
                        )
                    if not run.rejected:
                        return redirect("money_desk:gifts")
                    rejected = _rejects(run.rejects_path)
    return render(
        request,
        "money/gift_sheet.html",
        {
            "title": _("Bring in a spreadsheet of gifts"),
            "icon": "upload",
            "subtitle": _("to %(campaign)s") % {"campaign": campaign},
            "back": Action(label=_("Record a gift"), url=reverse("money_desk:add_gift", args=[campaign.pk])),
            "form": form,
            "callouts": callouts,
            "rejected": rejected,
            "columns": [(name, ", ".join(others[1:])) for name, others in ALIASES.items()],
            "submit_label": _("Bring it in"),
            "cancel_url": reverse("money_desk:gifts"),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _rejects(path: str) -> list[dict[str, object]]:
    import csv

    from django.conf import settings

    full = Path(settings.HUSTINGS_HOME) / path
    if not path or not full.is_file():
        return []
    with full.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row, _number in zip(csv.DictReader(file), range(_REJECTS_SHOWN), strict=False)]


def _say(request: DeskRequest, outcome: str, sentence: str) -> None:
    if outcome == CheckOutcome.PERMISSIBLE:
        messages.success(request, sentence)
    elif outcome == CheckOutcome.IMPERMISSIBLE:
        messages.error(request, sentence)
    else:
        messages.warning(request, sentence)


def _short(gift: Gift) -> list[Fact]:
    return [
        Fact(label=_("From"), value=donor_name(gift)),
        Fact(label=_("Amount"), value=pounds(gift.amount_pence)),
        Fact(label=_("Received"), value=gift.received_on),
    ]


def _address(gift: Gift) -> str:
    donor = gift.donor
    return ", ".join(filter(None, (donor.address, donor.postcode))) if donor else ""


def _pending_callouts(gift: Gift, questions: tuple[str, ...]) -> list[Callout]:
    callouts = []
    if not questions:
        callouts.append(
            Callout(
                text=_(
                    "This kind of giver is not named in the law and may not give more than the floor. Keep the check, then "
                    "return the gift."
                ),
                tone="bad",
            )
        )
    if pending_on():
        callouts.append(
            Callout(
                text=_(
                    "Questions marked “Proposed” are asked because a proposed rule is switched on. They warn and never refuse."
                ),
                tone="info",
            )
        )
    return callouts
