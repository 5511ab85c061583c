"""What is done with a phone bank: open, pause, carry on, close."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.clearance.pages.answer import doubt_callouts
from hustings.outreach.phonebank.access import bank_for
from hustings.outreach.phonebank.models import PhoneBank
from hustings.outreach.phonebank.queries import figures_of
from hustings.outreach.phonebank.usecases.change_bank import close_bank, pause_bank, resume_bank
from hustings.outreach.phonebank.usecases.open_bank import ask_gate, open_bank
from hustings.platform.pages.asking import acted, confirm_page
from hustings.platform.pages.parts import Action, Fact
from hustings.platform.words import number


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def bank_open(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what the gate says at this moment, then open."""
    bank = bank_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        return _do(request, bank, open_bank, _("The phone bank is open."))
    summary = ask_gate(bank=bank, by=request.user, now=clock().now())
    return _ask(
        request,
        bank,
        title=_("Open “%(title)s” now?") % {"title": bank.title},
        question=ngettext(
            "One person is put on the list. Whom it rings, and why, stands from then on.",
            "%(count)s people are put on the list. Whom it rings, and why, stands from then on.",
            summary.cleared,
        )
        % {"count": number(summary.cleared)},
        label=_("Open it"),
        facts=[
            Fact(label=_("In the audience"), value=summary.asked),
            Fact(label=_("Cleared by the gate"), value=summary.cleared),
            Fact(label=_("Refused"), value=summary.refused),
        ],
        callouts=doubt_callouts(warnings=summary.warnings),
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def bank_close(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then close for good."""
    bank = bank_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        return _do(
            request,
            bank,
            close_bank,
            _("The phone bank is closed. What it did enters the public record by itself."),
        )
    figures = figures_of(bank=bank)
    return _ask(
        request,
        bank,
        title=_("Close “%(title)s” for good?") % {"title": bank.title},
        question=_(
            "Nobody is rung any more, and how many were reached enters the public record. What callers and sheets say later is "
            "still kept, but not counted there. To go on later, pause it instead."
        ),
        label=_("Close it"),
        facts=[
            Fact(label=_("Waiting"), value=figures.waiting),
            Fact(label=_("Being rung now"), value=figures.held - figures.on_paper),
            Fact(label=_("Out on paper"), value=figures.on_paper),
        ]
        if figures
        else [],
        is_danger=True,
    )


@needs(Right.SEND)
@require_POST
def bank_pause(request: DeskRequest, pk: int) -> HttpResponse:
    """Let nobody take another call."""
    return _do(request, bank_for(scope=request.scope, pk=pk), pause_bank, _("The phone bank is paused."))


@needs(Right.SEND)
@require_POST
def bank_resume(request: DeskRequest, pk: int) -> HttpResponse:
    """Carry on."""
    return _do(request, bank_for(scope=request.scope, pk=pk), resume_bank, _("The phone bank carries on."))


def _do(request: DeskRequest, bank: PhoneBank, act: Callable[..., Any], done: str) -> HttpResponse:
    """Act, and say on the bank's page what was done or why not."""
    to = reverse("outreach_desk:phone_bank", args=[bank.pk])
    now = clock().now()
    return acted(request, act=lambda: act(bank=bank, by=request.user, now=now), done=done, to=to)


def _ask(request: DeskRequest, bank: PhoneBank, **asked: Any) -> HttpResponse:
    back = Action(label=bank.title, url=reverse("outreach_desk:phone_bank", args=[bank.pk]))
    return confirm_page(request, icon="mobile-alt", back=back, **asked)
