"""What a case's team does: notes, steps, follow-ups, the team itself, closing, keeping longer, deleting, a bed for the night."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Action, Callout
from hustings.platform.words import day
from hustings.support.access import case_for
from hustings.support.models import Case
from hustings.support.pages.case_forms import (
    BedForm,
    CaseNoteForm,
    FollowUpForm,
    KeepForm,
    OutcomeForm,
    StepForm,
    TeamForm,
    WordsMixin,
)
from hustings.support.pages.desk_cases import call_999, never_alleged, others_for
from hustings.support.usecases.ask_bed import ask_bed
from hustings.support.usecases.delete_case import delete_case
from hustings.support.usecases.work_on_case import (
    add_note,
    add_to_team,
    close_case,
    follow_up,
    keep_longer,
    leave_team,
    set_next_step,
)


def _form_page(
    request: DeskRequest,
    case: Case,
    form: forms.Form,
    *,
    title: str,
    submit: str,
    callouts: list[Callout] | None = None,
) -> HttpResponse:
    address = reverse("support_desk:case", args=[case.pk])
    return render(
        request,
        "desk/form.html",
        {
            "title": title,
            "icon": "help",
            "back": Action(label=_("Case %(number)s") % {"number": case.pk}, url=address),
            "callouts": [call_999(), never_alleged()] if callouts is None else callouts,
            "form": form,
            "submit_label": submit,
            "cancel_url": address,
        },
        status=422 if form.errors else 200,
    )


def _told(form: forms.Form, fault: Refusal, field: str | None = None) -> None:
    form.add_error(field, fault.told(_))
    if fault.code == "words" and isinstance(form, WordsMixin):
        form.offer_tick()


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: DeskRequest, pk: int) -> HttpResponse:
    """Write a note."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="note", now=now)
    form = CaseNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_note(case=case, by=request.user, now=now, **form.cleaned_data)
        except Refusal as fault:
            _told(form, fault, "text")
        else:
            return redirect("support_desk:case", pk)
    return _form_page(request, case, form, title=_("Write a note"), submit=_("Keep it"))


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """What came of the step, and the next one with its clock."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="step", now=now)
    members = [member.user for member in case.members.filter(left_at=None).select_related("user")]
    form = StepForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        whose = next((user for user in members if user.pk == values["whose"]), None)
        try:
            set_next_step(
                case=case, step=values["step"], done=values["done"], whose=whose, by=request.user, now=now,
                due_at=now + timedelta(minutes=values["within"]), are_words_checked=values["are_words_checked"],
            )  # fmt: skip
        except Refusal as fault:
            _told(form, fault)
        else:
            return redirect("support_desk:case", pk)
    return _form_page(request, case, form, title=_("Next step"), submit=_("Set the clock"))


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def followed_up(request: DeskRequest, pk: int, due_pk: int) -> HttpResponse:
    """How they are, a day or a week after."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="follow-up", now=now)
    due = case.follow_ups.filter(pk=due_pk).first()
    if due is None:
        raise Http404
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            follow_up(due=due, by=request.user, now=now, **form.cleaned_data)
        except Refusal as fault:
            _told(form, fault, "outcome")
        else:
            return redirect("support_desk:case", pk)
    return _form_page(request, case, form, title=_("How are they?"), submit=_("Keep it"))


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: DeskRequest, pk: int) -> HttpResponse:
    """Somebody more for the team."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="team", now=now)
    others = others_for(user=request.user, case=case)
    form = TeamForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        chosen = next(user for user in others if user.pk == form.cleaned_data["user"])
        add_to_team(case=case, user=chosen, by=request.user, now=now)
        messages.success(request, _("%(name)s is on the team.") % {"name": chosen})
        return redirect("support_desk:case", pk)
    warning = Callout(
        text=_(
            "Whoever is on the team sees everything of this case. Add only whom the person in need would want to know."
        ),
        tone="warn",
    )
    return _form_page(
        request,
        case,
        form,
        title=_("Somebody for the team"),
        submit=_("Let them see it"),
        callouts=[call_999(), warning],
    )


@needs(Right.SEE_CASES)
@require_POST
def leave(request: DeskRequest, pk: int) -> HttpResponse:
    """Leave the team."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="leave", now=now)
    try:
        leave_team(case=case, user=request.user, now=now)
    except Refusal as fault:
        messages.error(request, fault.told(_))
        return redirect("support_desk:case", pk)
    messages.success(request, _("You have left the team, and see the case no more."))
    return redirect("support_desk:cases")


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def bed(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask the nearest hosts for a bed from tonight, in one step."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="bed", now=now)
    form = BedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = ask_bed(case=case, by=request.user, now=now, **form.cleaned_data)
        except Refusal as fault:
            _told(form, fault, "postcode")
        else:
            if count:
                words = ngettext("%d host is asked.", "%d hosts are asked.", count) % count
                messages.success(request, words + " " + _("Ring them: the list is in the case."))
            else:
                messages.warning(request, _("No host near there has a bed free. Look for another way."))
            return redirect("support_desk:case", pk)
    told = Callout(
        text=_("Hosts learn that somebody needs a bed, and the office's number: not who, and not why."),
        tone="info",
    )
    return _form_page(
        request,
        case,
        form,
        title=_("A bed for the night"),
        submit=_("Ask the hosts"),
        callouts=[call_999(), told],
    )


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Close a case."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="close", now=now)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_case(case=case, by=request.user, now=now, **form.cleaned_data)
        except Refusal as fault:
            _told(form, fault, "outcome")
        else:
            messages.success(request, _("Closed. The follow-ups stay due, and so does its deletion."))
            return redirect("support_desk:case", pk)
    return _form_page(request, case, form, title=_("Close the case"), submit=_("Close it"))


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: DeskRequest, pk: int) -> HttpResponse:
    """A later day of deletion, with a reason."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="keep longer", now=now)
    form = KeepForm(request.POST or None, initial={"delete_on": case.delete_on})
    if request.method == "POST" and form.is_valid():
        try:
            keep_longer(case=case, by=request.user, now=now, **form.cleaned_data)
        except Refusal as fault:
            _told(form, fault)
        else:
            messages.success(request, _("All of it is deleted on %(day)s.") % {"day": day(case.delete_on)})
            return redirect("support_desk:case", pk)
    return _form_page(request, case, form, title=_("Keep it longer"), submit=_("Move the day"))


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then delete all of a case."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="delete", now=now)
    if request.method == "POST":
        delete_case(case_id=case.pk, by=request.user, now=now)
        messages.success(
            request, _("Deleted. The audit log keeps that it was, and nothing of what was in it.")
        )
        return redirect("support_desk:cases")
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Delete all of it now?"),
            "question": _(
                "The case, its notes, its follow-ups and the list of who looked are deleted and cannot be brought back. "
                "Anything not done for this person must be kept somewhere else first."
            ),
            "confirm_label": _("Delete it now"),
            "cancel_url": reverse("support_desk:case", args=[pk]),
        },
    )
