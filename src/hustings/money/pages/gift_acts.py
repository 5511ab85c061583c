"""Desk pages on which something is done with gifts: strike out, check, decide."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import gift_for
from hustings.money.models import CheckOutcome, DonorKind, Gift, GiftAct
from hustings.money.pages.gift_forms import CheckForm, DecideForm, ReasonForm
from hustings.money.pages.gift_words import clock_words, donor_name, pounds, standing
from hustings.money.queries.body_register import is_looked_up, look_up
from hustings.money.queries.donor_register import NoEntitlement, register_answer
from hustings.money.queries.ledger import with_state
from hustings.money.queries.pending import pending_on
from hustings.money.rules.permissibility import questions_for
from hustings.money.usecases.check_donor import check_donor
from hustings.money.usecases.decide_gift import decide_gift
from hustings.money.usecases.record_gift import cancel_gift
from hustings.platform.pages.parts import Action, Callout, Fact


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
