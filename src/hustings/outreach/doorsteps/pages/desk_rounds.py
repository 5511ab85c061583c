"""One round on the desk: its streets and people, who walks it, its sheet, and keying the sheet in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.outreach.doorsteps.access import round_for, rounds_for
from hustings.outreach.doorsteps.models import CanvassState, Round
from hustings.outreach.doorsteps.pages.forms import CodeForm, GiveForm
from hustings.outreach.doorsteps.pages.keying import SheetKeying
from hustings.outreach.doorsteps.queries import sight_of
from hustings.outreach.doorsteps.usecases.give_round import give_round, return_round, take_back_round
from hustings.outreach.doorsteps.usecases.print_sheet import print_sheet
from hustings.platform.pages.asking import acted
from hustings.platform.pages.parts import Action, Callout, Fact


@needs(Right.SEE_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def round_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """A round street by street, and the form that gives it to somebody."""
    held = round_for(scope=request.scope, pk=pk)
    now = clock().now()
    volunteers = scope_of(user=request.user, right=Right.SEE_VOLUNTEERS, on=uk_date(now))
    form = GiveForm(request.POST or None, scope=volunteers, round=held, on=uk_date(now))
    if request.method == "POST" and form.is_valid():
        try:
            give_round(round=held, **form.cleaned_data, by=request.user, now=now)
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("The round is given out. They find it under “My rounds”."))
            return redirect("doorsteps_desk:round", pk=pk)
    sight = sight_of(round=held, now=now)
    callouts = []
    if sight.left_out:
        callouts.append(
            Callout(
                text=_(
                    "%(count)s of its people are not shown: they asked not to be visited, moved away, or we may no longer read "
                    "the register."
                )
                % {"count": sight.left_out},
                tone="warn",
            )
        )
    is_open = held.canvass.state == CanvassState.OPEN
    back = reverse("doorsteps_desk:canvass", args=[held.canvass_id])
    return render(
        request,
        "outreach/doorsteps/round.html",
        {
            "title": _("Round %(number)s, %(code)s") % {"number": held.number, "code": held.code},
            "icon": "home",
            "back": Action(label=held.canvass.title, url=back),
            "round": held,
            "streets": sight.streets,
            "form": form if is_open and held.returned_at is None else None,
            "is_open": is_open,
            "callouts": callouts,
            "facts": [
                Fact(label=_("Walked by"), value=_walkers(held) or _("nobody yet")),
                Fact(label=_("Day"), value=held.walk_on or "–"),
                Fact(label=_("Came back"), value=held.returned_at or "–"),
                Fact(label=_("Doors"), value=len({(line.street, line.house) for line in sight.lines})),
                Fact(label=_("People"), value=len(sight.lines)),
            ],
            "actions": _actions(held, is_open=is_open, has_lines=bool(sight.lines)),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEE_REGISTER)
@require_POST
def round_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the round back from whoever has it."""
    return _do(request, pk, take_back_round, _("The round is free again."))


@needs(Right.SEE_REGISTER)
@require_POST
def round_returned(request: DeskRequest, pk: int) -> HttpResponse:
    """Note that the sheet came back."""
    return _do(request, pk, return_round, _("The round has come back. Key its sheet in, then destroy it."))


@needs(Right.SEE_REGISTER)
@require_safe
def round_sheet(request: DeskRequest, pk: int) -> HttpResponse:
    """The walk sheet as PDF; the gate is asked again, and the printing is noted."""
    held = round_for(scope=request.scope, pk=pk)
    try:
        made = print_sheet(round=held, by=request.user, now=clock().now())
    except Refusal as problem:
        messages.error(request, problem.told(_))
        return redirect("doorsteps_desk:round", pk=pk)
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="round-{held.code}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.SEE_REGISTER)
@require_safe
def find_sheet(request: DeskRequest) -> HttpResponse:
    """Find a round by the code of its sheet."""
    form = CodeForm(request.GET or None)
    if request.GET and form.is_valid():
        code = form.cleaned_data["code"].strip().upper()
        found = rounds_for(scope=request.scope).filter(code=code).first()
        if found is not None:
            return redirect("doorsteps_desk:round_key", pk=found.pk)
        form.add_error("code", _("No round of yours has this code. Look at the top right of the sheet."))
    back = reverse("doorsteps_desk:canvasses")
    return render(
        request,
        "outreach/doorsteps/find_sheet.html",
        {
            "title": _("Key in a sheet"),
            "icon": "edit",
            "form": form,
            "back": Action(label=_("Door rounds"), url=back),
            "cancel_url": back,
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEE_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def round_key(request: DeskRequest, pk: int) -> HttpResponse:
    """All lines of a sheet on one page; what is right is kept, a faulty line stays as it was typed."""
    held = round_for(scope=request.scope, pk=pk)
    now = clock().now()
    keying = SheetKeying(round=held, data=request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST":
        done = keying.save(by=request.user)
        if done.recorded:
            messages.success(request, _("%(count)s lines were recorded.") % {"count": done.recorded})
        for sentence in done.not_kept:
            messages.warning(request, sentence)
        if not done.has_faults:
            return redirect("doorsteps_desk:round_key", pk=pk)
    back = reverse("doorsteps_desk:round", args=[pk])
    return render(
        request,
        "outreach/doorsteps/keying.html",
        {
            "title": _("Sheet %(code)s") % {"code": held.code},
            "icon": "edit",
            "back": Action(label=_("Round %(number)s") % {"number": held.number}, url=back),
            "round": held,
            "keying": keying,
            "cancel_url": back,
        },
        status=422 if keying.has_faults else 200,
    )


def _walkers(round: Round) -> str:
    return ", ".join(str(who) for who in (round.volunteer, round.partner) if who is not None)


def _actions(round: Round, *, is_open: bool, has_lines: bool) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"doorsteps_desk:{name}", args=[round.pk])

    return [
        Action(
            label=_("Walk sheet (PDF)"),
            url=to("round_sheet"),
            is_primary=True,
            is_allowed=is_open and has_lines,
        ),
        Action(label=_("Key in its sheet"), url=to("round_key")),
        Action(
            label=_("It has come back"),
            url=to("round_returned"),
            is_post=True,
            is_allowed=round.given_at is not None and round.returned_at is None,
        ),
        Action(
            label=_("Take it back"), url=to("round_back"), is_post=True, is_allowed=round.given_at is not None
        ),
    ]


def _do(request: DeskRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    held, now = round_for(scope=request.scope, pk=pk), clock().now()
    return acted(
        request,
        act=lambda: act(round=held, by=request.user, now=now),
        done=done,
        to=reverse("doorsteps_desk:round", args=[pk]),
    )
