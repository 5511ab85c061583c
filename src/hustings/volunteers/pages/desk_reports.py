"""Reports on the desk: the queue, one report, taking it up, answering it; and the conduct rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import NotAllowed, Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import ChoiceFilter, Column, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Moment, Tone
from hustings.volunteers.access import report_for, reports_for
from hustings.volunteers.models import Report, ReportKind, ReportState, Volunteer
from hustings.volunteers.queries.conduct import rules_in_force
from hustings.volunteers.usecases.answer_report import answer_report, take_report
from hustings.volunteers.usecases.publish_conduct_rules import publish_conduct_rules, shipped_rules

_TONES: dict[str, Tone] = {ReportState.NEW: "bad", ReportState.TAKEN: "warn", ReportState.ANSWERED: "good"}


def _words(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in choices]


@needs(Right.EDIT_VOLUNTEERS)
@require_safe
def report_list(request: DeskRequest) -> HttpResponseBase:
    """The queue, the one that waits longest first."""
    return list_page(
        request,
        Listing(
            title=_("Reports"),
            icon="warning",
            rows=reports_for(scope=request.scope),
            columns=(
                Column(
                    key="kind",
                    label=_("About"),
                    value="get_kind_display",
                    link=lambda row: reverse("volunteers_desk:report", args=[row.pk]),
                    sort=("kind",),
                ),
                Column(key="subject", label=_("Where"), value="subject_label", sort=("subject_label",)),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda row: Badge(text=row.get_state_display(), tone=_TONES[row.state]),
                    sort=("state",),
                ),
                Column(key="at", label=_("Since"), value="at", sort=("at",)),
                Column(key="place", label=_("Place"), value="area.name", is_minor=True),
            ),
            filters=(
                ChoiceFilter(
                    key="state", label=_("State"), choices=_words(ReportState.choices), field="state"
                ),
                ChoiceFilter(key="kind", label=_("About"), choices=_words(ReportKind.choices), field="kind"),
            ),
            order="at",
            left_out=""
            if request.scope.is_everything
            else _(
                "Reports that belong to no place, or to other places, are shown to those who look after them."
            ),
            empty=Empty(title=_("No report"), text=_("Every public page has a link to report something.")),
        ),
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_safe
def report_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One report."""
    report = report_for(scope=request.scope, pk=pk)
    is_open = report.state != ReportState.ANSWERED
    moments = [Moment(at=report.at, title=_("Reported"))]
    if report.taken_at:
        moments.append(Moment(at=report.taken_at, title=_("Taken up"), by=str(report.taken_by or "")))
    if report.answered_at:
        moments.append(
            Moment(
                at=report.answered_at,
                title=_("Answered"),
                text=report.answer,
                by=str(report.answered_by or ""),
                tone="good",
            )
        )
    danger = Callout(
        title=_("Somebody may not be safe"),
        text=_("If it is happening now, call 999 first. Then ring whoever is near."),
        tone="bad",
    )
    return render(
        request,
        "desk/detail.html",
        {
            "title": report.get_kind_display().capitalize(),
            "icon": "warning",
            "back": Action(label=_("Reports"), url=reverse("volunteers_desk:reports")),
            "callouts": [danger] if report.kind == ReportKind.DANGER and is_open else [],
            "actions": [
                Action(
                    label=_("Take it up"),
                    url=reverse("volunteers_desk:take_report", args=[pk]),
                    is_post=True,
                    is_allowed=report.state == ReportState.NEW,
                ),
                Action(
                    label=_("Answer"),
                    url=reverse("volunteers_desk:answer_report", args=[pk]),
                    is_primary=True,
                    is_allowed=is_open,
                ),
            ],
            "facts": [
                Fact(label=_("What was said"), value=report.details),
                Fact(label=_("About"), value=report.subject_label, url=report.subject_url),
                Fact(label=_("Place"), value=str(report.area or _("the whole organisation"))),
                Fact(label=_("Reported by"), value=_reporter(report)),
                Fact(label=_("State"), value=report.get_state_display(), tone=_TONES[report.state]),
            ],
            "moments": sorted(moments, key=lambda moment: moment.at, reverse=True),
        },
    )


def _reporter(report: Report) -> str:
    if isinstance(report.reporter, Volunteer):
        return str(report.reporter)
    return report.reply_to or _("somebody who did not say")


@needs(Right.EDIT_VOLUNTEERS)
@require_POST
def take(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Say that one looks at it."""
    report = report_for(scope=request.scope, pk=pk)
    try:
        take_report(report=report, by=request.user, now=clock().now())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
    return redirect("volunteers_desk:report", pk=pk)


class AnswerForm(forms.Form):
    """What was found, and done."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("Whoever reported reads this. Name nobody else in it."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Answer a report; the answer is kept, and whoever left an address is told."""
    report = report_for(scope=request.scope, pk=pk)
    form, back = AnswerForm(request.POST or None), reverse("volunteers_desk:report", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            answer_report(
                report=report, answer=form.cleaned_data["answer"], by=request.user, now=clock().now()
            )
        except Refusal as problem:
            form.add_error("answer", problem.told(_))
        else:
            messages.success(request, _("Answered."))
            return redirect(back)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Answer a report"),
            "form": form,
            "intro": report.details,
            "submit_label": _("Answer"),
            "cancel_url": back,
        },
    )


class RulesForm(forms.Form):
    """The conduct rules' words."""

    text = forms.CharField(
        label=gettext_lazy("What volunteers promise"),
        help_text=gettext_lazy(
            "Markdown. A change makes a new version, which every volunteer is asked to accept."
        ),
        widget=forms.Textarea(attrs={"rows": 24}),
    )


@needs(Right.EDIT_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def conduct_rules(request: DeskRequest) -> HttpResponseBase:
    """The conduct rules in force, and a form for a new version; for whoever looks after the whole organisation."""
    if not request.scope.is_everything:
        raise NotAllowed("The conduct rules hold for the whole organisation.")
    rules = rules_in_force()
    form = RulesForm(request.POST or None, initial={"text": rules.text if rules else shipped_rules()})
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_conduct_rules(text=form.cleaned_data["text"], by=request.user, now=clock().now())
        except Refusal as problem:
            form.add_error("text", problem.told(_))
        else:
            messages.success(request, _("Version %(number)d is in force.") % {"number": made.version})
            return redirect("volunteers_desk:conduct_rules")
    accepted = Volunteer.objects.filter(
        left_at=None, conduct_version=rules.version if rules else None
    ).count()
    intro = (
        _("Version %(number)d is in force; %(accepted)d volunteers have accepted it.")
        % {"number": rules.version, "accepted": accepted}
        if rules
        else _(
            "No rules are in force yet. Until there are, no invite link is released. These words come with Hustings: change what "
            "you like, then publish them."
        )
    )
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Conduct rules"),
            "icon": "doc-full",
            "form": form,
            "intro": intro,
            "submit_label": _("Publish a new version"),
            "cancel_url": reverse("volunteers_desk:volunteers") if may(request, Right.SEE_VOLUNTEERS) else "",
        },
    )
