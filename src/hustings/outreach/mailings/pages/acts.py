"""What is done with a mailing: approve, test, send, schedule, pause, carry on, stop."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.outreach.mailings.access import mailing_for
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.pages.forms import ScheduleForm, TextTestForm
from hustings.outreach.mailings.pages.overview import cost_facts
from hustings.outreach.mailings.pages.preview import chosen_reader, filled_for
from hustings.outreach.mailings.pages.views import shown
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.change_mailing import pause_mailing, resume_mailing, stop_mailing
from hustings.outreach.mailings.usecases.schedule_mailing import schedule_mailing, unschedule_mailing
from hustings.outreach.mailings.usecases.send_test import send_test
from hustings.outreach.mailings.usecases.send_test_text import send_test_text
from hustings.outreach.mailings.usecases.start_mailing import ask_gate, start_mailing
from hustings.people.models import Person
from hustings.platform.pages.asking import confirm_page
from hustings.platform.pages.parts import Action, Fact
from hustings.platform.words import number
from hustings.postroom.usecases.change_dispatch import DispatchNotInThatState

_REFUSED = (Refusal, ValueError, DispatchNotInThatState)


@needs(Right.APPROVE_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_approve(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then approve the words as they stand; from then on they cannot be changed."""
    mailing = mailing_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        return _do(request, mailing, approve_mailing, _("The mailing is approved."))
    return _ask(
        request,
        mailing,
        title=_("Approve “%(title)s”?") % {"title": mailing.title},
        question=_(
            "The words, the imprint and the checks they pass are kept as they stand, and shown in the public record. They "
            "cannot be changed afterwards."
        ),
        label=_("Approve"),
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_send(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what the gate says at this moment, then send."""
    mailing = mailing_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        return _do(request, mailing, start_mailing, _("The mailing is on its way."))
    summary = ask_gate(mailing=mailing, by=request.user, now=clock().now())
    return _ask(
        request,
        mailing,
        title=_("Send “%(title)s” now?") % {"title": mailing.title},
        question=ngettext(
            "It goes to one person. Messages that have left cannot be called back.",
            "It goes to %(count)s people. Messages that have left cannot be called back.",
            summary.cleared,
        )
        % {"count": number(summary.cleared)},
        label=_("Send it"),
        facts=[
            Fact(label=_("In the audience"), value=summary.asked),
            Fact(label=_("Cleared by the gate"), value=summary.cleared),
            Fact(label=_("Refused"), value=summary.refused),
            *(
                cost_facts(mailing=mailing, summary=summary, now=clock().now())
                if mailing.is_text
                else [Fact(label=_("Replies go to"), value=mailing.reply_to)]
            ),
        ],
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_schedule(request: DeskRequest, pk: int) -> HttpResponse:
    """Choose when it begins."""
    mailing = mailing_for(scope=request.scope, pk=pk)
    form = ScheduleForm(request.POST or None, initial={"send_at": mailing.send_at})
    if request.method == "POST" and form.is_valid():
        try:
            schedule_mailing(
                mailing=mailing, send_at=form.cleaned_data["send_at"], by=request.user, now=clock().now()
            )
        except Refusal as problem:
            form.add_error("send_at", problem.told(_))
        else:
            messages.success(request, _("The mailing begins by itself at that moment."))
            return redirect("outreach_desk:mailing", pk=pk)
    back = reverse("outreach_desk:mailing", args=[pk])
    return render(
        request,
        "desk/form.html",
        {
            "title": _("When does it begin?"),
            "icon": "time",
            "form": form,
            "submit_label": _("Schedule"),
            "cancel_url": back,
            "back": Action(label=mailing.title, url=back),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_stop(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then stop for good."""
    mailing = mailing_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        return _do(request, mailing, stop_mailing, _("The mailing was stopped."))
    return _ask(
        request,
        mailing,
        title=_("Stop “%(title)s” for good?") % {"title": mailing.title},
        question=_(
            "What has not left yet is withdrawn, and cannot be taken up again. To go on later, pause it instead."
        ),
        label=_("Stop it"),
        is_danger=True,
    )


@needs(Right.SEND)
@require_POST
def mailing_pause(request: DeskRequest, pk: int) -> HttpResponse:
    """Hold the sending."""
    return _do(request, mailing_for(scope=request.scope, pk=pk), pause_mailing, _("The mailing is paused."))


@needs(Right.SEND)
@require_POST
def mailing_resume(request: DeskRequest, pk: int) -> HttpResponse:
    """Carry on."""
    return _do(request, mailing_for(scope=request.scope, pk=pk), resume_mailing, _("The mailing carries on."))


@needs(Right.SEND)
@require_POST
def mailing_unschedule(request: DeskRequest, pk: int) -> HttpResponse:
    """Take it off the schedule."""
    return _do(
        request,
        mailing_for(scope=request.scope, pk=pk),
        unschedule_mailing,
        _("The mailing does not begin by itself any more."),
    )


@needs(Right.SEND)
@require_POST
def mailing_test(request: DeskRequest, pk: int) -> HttpResponse:
    """Send it as it stands to whoever asks, as one person of the sample would get it, and to nobody else.

    An email goes to the login's address; for a text they give their own number, which is not kept with the login.
    """
    mailing = mailing_for(scope=request.scope, pk=pk)
    wanted = request.POST.get("person", "nobody")
    person = chosen_reader(mailing=mailing, wanted=wanted, now=clock().now())
    if mailing.is_text:
        return _test_text(request, mailing, person, wanted)

    def act(*, mailing: Mailing, by: Any, now: datetime) -> None:
        filled = filled_for(mailing=mailing, person=person, on=uk_date(now))
        send_test(mailing=mailing, written=filled.written, values=filled.values, by=by, now=now)

    return _do(request, mailing, act, _("A test goes to %(address)s.") % {"address": request.user.email})


def _test_text(request: DeskRequest, mailing: Mailing, person: Person | None, wanted: str) -> HttpResponse:
    form = TextTestForm(request.POST)
    now = clock().now()
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            filled = filled_for(mailing=mailing, person=person, on=uk_date(now))
            send_test_text(
                mailing=mailing, written=filled.written, values=filled.values, number=number, by=request.user, now=now
            )  # fmt: skip
        except _REFUSED as problem:
            form.add_error("number", problem.told(_) if isinstance(problem, Refusal) else str(problem))
        else:
            messages.success(request, _("A test goes to %(address)s.") % {"address": number})
            return redirect("outreach_desk:mailing", pk=mailing.pk)
    return shown(request, mailing, wanted=wanted, test_form=form)


def _do(request: DeskRequest, mailing: Mailing, act: Callable[..., Any], done: str) -> HttpResponse:
    """Act, and say on the mailing's page what was done or why not."""
    try:
        act(mailing=mailing, by=request.user, now=clock().now())
    except _REFUSED as problem:
        messages.error(request, problem.told(_) if isinstance(problem, Refusal) else str(problem))
    else:
        messages.success(request, done)
    return redirect("outreach_desk:mailing", pk=mailing.pk)


def _ask(request: DeskRequest, mailing: Mailing, **asked: Any) -> HttpResponse:
    back = Action(label=mailing.title, url=reverse("outreach_desk:mailing", args=[mailing.pk]))
    return confirm_page(request, icon="mail", back=back, **asked)
