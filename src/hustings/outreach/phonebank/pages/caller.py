"""The page of whoever rings: small, without a script, safe to send twice on a bad line."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.outreach.conversations.pages.fields import AnswerFields
from hustings.outreach.conversations.queries import words_to_say
from hustings.outreach.phonebank.access import bank_for, banks_to_ring
from hustings.outreach.phonebank.models import BankState, Caller, CallTry, PhoneBank
from hustings.outreach.phonebank.pages.caller_forms import LaterForm, questions_of
from hustings.outreach.phonebank.queries import said_before
from hustings.outreach.phonebank.rules.hours import may_ring, next_moment
from hustings.outreach.phonebank.rules.promise import PROMISE
from hustings.outreach.phonebank.usecases.answer_call import Said, answer_call
from hustings.outreach.phonebank.usecases.take_call import (
    Taken,
    accept_words,
    give_back,
    held_call,
    hours_of,
    take_next_call,
)
from hustings.platform.words import appointment

#: Results that need no more than a press.
_PRESSED = frozenset({"no_answer", "wrong_number", "objected", "gone"})


@needs(Right.RECORD_CONTACTS)
@require_safe
def calls(request: DeskRequest) -> HttpResponse:
    """The phone banks for which the login may ring now."""
    now = clock().now()
    found = [
        (bank, "" if may_ring(at=now, hours=hours_of(bank=bank, now=now)) else _back_at(bank, now))
        for bank in banks_to_ring(scope=request.scope, now=now).order_by("title")
    ]
    return _private(render(request, "outreach/phonebank/calls.html", {"banks": found}))


@needs(Right.RECORD_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def ring(request: DeskRequest, pk: int) -> HttpResponse:
    """One bank: accept the words, take the next person, say how it ended."""
    bank = bank_for(scope=request.scope, pk=pk)
    if bank.state == BankState.DRAFT:
        raise Http404
    now = clock().now()
    answers = AnswerFields(**questions_of(bank=bank, now=now))
    later = LaterForm()
    if request.method != "POST":
        return _page(request, bank, answers, later, now)
    pressed = request.POST.get("do", "")
    try:
        if pressed == "accept":
            accept_words(bank=bank, by=request.user, now=now)
        elif pressed == "next":
            if take_next_call(bank=bank, by=request.user, now=now) is None:
                messages.info(request, _("Nobody is waiting to be rung just now. Look again later."))
        elif pressed == "skip":
            give_back(ticket=_ticket(request), by=request.user, now=now)
            messages.success(request, _("Given back. Somebody will ring them another time."))
        else:
            said = Said(result=pressed)
            if pressed == "spoke":
                answers = AnswerFields(request.POST, **questions_of(bank=bank, now=now))
                if not answers.is_valid():
                    return _page(request, bank, answers, later, now, status=422)
                said = Said(
                    result=pressed,
                    answer=answers.answer(election_id=bank.election_id or ""),
                    wish=answers.wish(),
                    agreed=answers.agreed(),
                )
            elif pressed == "later":
                later = LaterForm(request.POST)
                if not later.is_valid():
                    return _page(request, bank, answers, later, now, status=422)
                said = Said(result=pressed, later_at=later.moment())
            answered = answer_call(ticket=_ticket(request), said=said, by=request.user, now=now)
            messages.success(
                request,
                _("Kept. Thank you.") if answered.is_new else _("This was kept before; it counts once."),
            )
            for refused in answered.not_kept:
                messages.warning(request, refused.told(_))
    except Refusal as problem:
        if pressed in {"accept", "next", "skip", *_PRESSED}:
            messages.warning(request, problem.told(_))
            return redirect("outreach:ring", pk=bank.pk)
        if pressed == "later" and later.is_bound:
            later.add_error(None, problem.told(_))
        elif answers.is_bound:
            answers.refuse(problem)
        else:
            messages.warning(request, problem.told(_))
        return _page(request, bank, answers, later, now, status=422)
    return redirect("outreach:ring", pk=bank.pk)


def _ticket(request: DeskRequest) -> str:
    return request.POST.get("ticket", "")


def _page(
    request: DeskRequest,
    bank: PhoneBank,
    answers: AnswerFields,
    later: LaterForm,
    now: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    """What is due: the words to accept, when to come back, the person held, or the button for the next."""
    is_open = banks_to_ring(scope=request.scope, now=now).filter(pk=bank.pk).exists()
    has_hours = may_ring(at=now, hours=hours_of(bank=bank, now=now))
    has_accepted = Caller.objects.filter(bank=bank, user=request.user).exists()
    taken = held_call(bank=bank, by=request.user, now=now) if is_open and has_hours and has_accepted else None
    context: dict[str, Any] = {
        "bank": bank,
        "is_open": is_open,
        "has_accepted": has_accepted,
        "back_at": "" if has_hours else _back_at(bank, now),
        "promise": [_(sentence) for sentence in PROMISE],
        "privacy": words_to_say(channel="call", on=uk_date(now)),
        "taken": taken,
        "ticket": taken.ticket if taken else _ticket(request),
        "shows_form": taken is not None or answers.is_bound or later.is_bound,
        "answers": answers,
        "later": later,
        "script": bank.copy.body if bank.copy else bank.opening,
        "mine": CallTry.objects.filter(call__bank=bank, by=request.user).count(),
        **(_about(taken, request, now) if taken else {}),
    }
    return _private(render(request, "outreach/phonebank/ring.html", context, status=status))


def _about(taken: Taken, request: DeskRequest, now: datetime) -> dict[str, Any]:
    """What is known of the person that helps to ring them."""
    before = said_before(call=taken.call, user=request.user, now=now)
    said = "" if before is None else before.party.name if before.party else before.get_choice_display()
    return {
        "person": taken.call.person,
        "tel": taken.point.canonical,
        "number": taken.point.value,
        "said_before": said,
        "said_before_at": before.at if before else None,
        "last_try": taken.call.made.order_by("-at").first(),
    }


def _back_at(bank: PhoneBank, now: datetime) -> str:
    return appointment(next_moment(at=now, hours=hours_of(bank=bank, now=now)))


def _private(response: HttpResponse) -> HttpResponse:
    """Names and numbers stay out of caches."""
    response["Cache-Control"] = "no-store"
    return response
