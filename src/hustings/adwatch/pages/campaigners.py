"""Campaigners without a registration that could be found: the search, and a finding's way to publication."""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.adwatch.access import entity_for, finding_for, findings_for, need_whole
from hustings.adwatch.models import CampaignerFinding, StepKind
from hustings.adwatch.pictures import interval_bars
from hustings.adwatch.queries.campaigners import likely_unregistered, registrations_by_year
from hustings.adwatch.queries.evidence import evidence_pack
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.rules.campaigner_numbers import numbers_by_poll
from hustings.adwatch.rules.finding_steps import state_after
from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.rules.periods import CAMPAIGNS
from hustings.adwatch.rules.thresholds import NoThreshold
from hustings.adwatch.usecases.draw_up_finding import draw_up_finding
from hustings.adwatch.usecases.step_finding import step_finding
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Action, Callout, Fact, Moment
from hustings.platform.words import day, pounds

READINGS = {
    "above": gettext_lazy("above, whatever the true amount is"),
    "may-be-above": gettext_lazy("perhaps above: only the upper end is"),
}


class PollForm(forms.Form):
    """A general election, or any other poll day the table of thresholds knows."""

    poll_on = forms.DateField(
        label=gettext_lazy("Polling day of a general election"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who"),
        required=False,
        choices=[
            ("", gettext_lazy("campaigners")),
            ("others", gettext_lazy("charities, companies and others too")),
        ],
    )


@needs(Right.SEE_ADS)
@require_safe
def search(request: DeskRequest) -> HttpResponse:
    """Look for campaigners above the threshold for whom no registration is found."""
    need_whole(scope=request.scope)
    last = max(CAMPAIGNS.values(), key=lambda days: days[1])[1]
    form = PollForm(request.GET or None, initial={"poll_on": last})
    found, problem = None, ""
    if form.is_bound and form.is_valid():
        codes = ("campaigner", "charity", "company", "other") if form.cleaned_data["who"] else ("campaigner",)
        try:
            found = likely_unregistered(poll_on=form.cleaned_data["poll_on"], codes=codes)
        except NoThreshold as none:
            problem = none.told(_)
    may_publish = may(request, Right.PUBLISH_FINDINGS)
    lines = [
        {
            "entity": one.entity,
            "spend": spend_words(one.spend.low, one.spend.high),
            "reading": READINGS[one.reading],
            "is_coded": one.is_coded,
            "links": ", ".join(f"{link.get_register_display()}: {link.status}" for link in one.links)
            or _("none"),
            "draw_up": f"{reverse('adwatch_desk:draw_up', args=[one.entity.pk])}?poll_on={form.cleaned_data['poll_on']}"
            if may_publish
            else "",
        }
        for one in (found.found if found else ())
    ]
    by_year = registrations_by_year()
    return render(
        request,
        "adwatch/campaigners.html",
        {
            "title": _("Campaigners without a registration found"),
            "icon": "search",
            "form": form,
            "problem": Callout(text=problem, tone="bad") if problem else None,
            "found": found,
            "lines": lines[:100],
            "period": f"{day(found.threshold.first_on)} – {day(found.threshold.last_on)}" if found else "",
            "threshold": pounds(found.threshold.pence) if found else "",
            "source": found.threshold.entry.source if found else "",
            "cautions": Callout(
                text="\n".join(found.cautions), title=_("Before you say anything about anybody"), tone="warn"
            )
            if found
            else None,
            "picture": interval_bars(
                lines=[(one.entity.name, one.spend) for one in found.found[:12]],
                title=_("Spend in the regulated period: dark is certain, light is possible"),
            )
            if found and found.found
            else "",
            "findings": findings_for(scope=request.scope)[:50],
            "numbers": [
                {
                    "poll": poll,
                    "registered": entry.integer(),
                    "source": entry.source,
                    "warning": entry.warning,
                    "in_register": by_year.get(int(poll)),
                }
                for poll, entry in numbers_by_poll()
            ],
        },
    )


@needs(Right.PUBLISH_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def draw_up(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Draw up a finding about an entity and a poll."""
    entity = entity_for(scope=request.scope, pk=pk)
    form = PollForm(request.POST or None, initial={"poll_on": request.GET.get("poll_on", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = draw_up_finding(
                entity=entity,
                poll_on=cast(date, form.cleaned_data["poll_on"]),
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            return redirect("adwatch_desk:finding", pk=made.pk)
    del form.fields["who"]
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Draw up a finding: %(name)s") % {"name": entity.name},
            "icon": "search",
            "intro": _(
                "A draft with today’s figures. Nothing is public: somebody else reviews it, the campaigner is invited to reply, "
                "and only then may it be published."
            ),
            "form": form,
            "submit_label": _("Draw it up"),
            "cancel_url": reverse("adwatch_desk:entity", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )


def reply_address(finding: CampaignerFinding) -> str:
    """The address at which the campaigner replies."""
    return f"{settings.HUSTINGS_ADDRESS}{reverse('adwatch:reply', args=[finding.reply_token])}"


def finding_facts(finding: CampaignerFinding) -> list[Fact]:
    """A finding's figures, in words."""
    return [
        Fact(label=_("Who"), value=finding.entity.name, note=str(finding.entity.get_code_display())),
        Fact(label=_("What"), value=_("no registration found")),
        Fact(
            label=_("Poll"),
            value=day(finding.poll_on),
            note=_("regulated period %(first)s to %(last)s")
            % {"first": day(finding.period_from), "last": day(finding.period_until)},
        ),
        Fact(
            label=_("Spend in these days"),
            value=spend_words(finding.spend_low_pence, finding.spend_high_pence),
        ),
        Fact(
            label=_("Threshold"),
            value=pounds(finding.threshold_pence),
            note=str(READINGS.get(finding.reading, finding.reading)),
        ),
        Fact(
            label=_("Registers searched"),
            value="\n".join(
                f"{one['file']} ({_('newest entry')} {one['newest_entry_on']})" for one in finding.registers
            ),
        ),
        Fact(label=_("Archives"), value="\n".join(f"{one['label']}" for one in finding.basis)),
    ]


_STEPS: tuple[tuple[StepKind, Any, bool], ...] = (
    (StepKind.REVIEW, gettext_lazy("Review it"), True),
    (StepKind.INVITATION, gettext_lazy("Note the invitation to reply"), True),
    (StepKind.REPLY, gettext_lazy("Note a reply"), False),
    (StepKind.PUBLICATION, gettext_lazy("Publish it"), True),
    (StepKind.DROP, gettext_lazy("Drop it"), False),
)


@needs(Right.SEE_ADS)
@require_safe
def finding_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One finding, its figures, its steps, and what comes next."""
    finding = finding_for(scope=request.scope, pk=pk)
    may_publish = may(request, Right.PUBLISH_FINDINGS)
    return render(
        request,
        "desk/detail.html",
        {
            "title": str(finding),
            "subtitle": finding.get_state_display(),
            "icon": "search",
            "back": Action(label=_("Campaigners"), url=reverse("adwatch_desk:campaigners")),
            "actions": (
                *(
                    Action(
                        label=str(label),
                        url=reverse("adwatch_desk:step", args=[pk, kind.value]),
                        is_primary=is_main,
                        is_allowed=may_publish and state_after(state=finding.state, step=kind) is not None,
                    )
                    for kind, label, is_main in _STEPS
                ),
                Action(
                    label=_("Evidence pack"),
                    url=reverse("adwatch_desk:pack", args=[pk]),
                    icon="download",
                    is_allowed=may_publish,
                ),
            ),
            "callouts": [
                Callout(text="\n".join(finding.cautions), title=_("What to bear in mind"), tone="warn"),
                *(
                    (
                        Callout(
                            text=_(
                                "Send this address with the invitation; the reply then comes straight here: %(url)s"
                            )
                            % {"url": reply_address(finding)},
                        ),
                    )
                    if finding.state in {"reviewed", "invited"} and may_publish
                    else ()
                ),
            ],
            "facts": finding_facts(finding),
            "moments": [
                Moment(at=finding.drawn_up_at, title=_("Drawn up"), by=_who(finding.drawn_up_by)),
                *(
                    Moment(
                        at=step.at,
                        title=str(step.get_kind_display()).capitalize(),
                        text=step.words,
                        by=step.signed or _who(step.by),
                    )
                    for step in finding.steps.select_related("by")
                ),
            ],
        },
    )


def _who(user: Any) -> str:
    return "" if user is None else (user.get_full_name() or user.email)


class StepForm(forms.Form):
    """What was done, in words that are kept."""

    words = forms.CharField(label=gettext_lazy("In your words"), widget=forms.Textarea(attrs={"rows": 6}))
    signed = forms.CharField(label=gettext_lazy("Who replied"), max_length=160, required=False)


_ASKS: dict[str, Any] = {
    StepKind.REVIEW: gettext_lazy(
        "Say what you checked: who this is, that the ads are theirs, the registers, the days, the amounts. "
        "Your name stands with it."
    ),
    StepKind.INVITATION: gettext_lazy(
        "Say when, how and to which address the invitation went. The campaigner then has seven days before it may be published."
    ),
    StepKind.REPLY: gettext_lazy("Copy the reply in full. It is shown with the finding as it stands."),
    StepKind.PUBLICATION: gettext_lazy(
        "Say why it is of public interest. The finding, the review, your words and every reply become public."
    ),
    StepKind.DROP: gettext_lazy("Say why. Dropped findings are not public, and are kept."),
}


@needs(Right.PUBLISH_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: DeskRequest, pk: int, kind: str) -> HttpResponseBase:
    """Take a finding one step on."""
    finding = finding_for(scope=request.scope, pk=pk)
    chosen = StepKind(kind)
    form = StepForm(request.POST or None)
    if chosen != StepKind.REPLY:
        del form.fields["signed"]
    if request.method == "POST" and form.is_valid():
        try:
            step_finding(
                finding=finding,
                kind=chosen,
                words=form.cleaned_data["words"],
                signed=form.cleaned_data.get("signed", ""),
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("Kept."))
            return redirect("adwatch_desk:finding", pk=pk)
    label = next(label for one, label, _main in _STEPS if one == chosen)
    return render(
        request,
        "desk/form.html",
        {
            "title": f"{label}: {finding.entity.name}",
            "icon": "search",
            "intro": str(_ASKS[chosen]),
            "form": form,
            "submit_label": str(label),
            "is_danger": chosen == StepKind.PUBLICATION,
            "cancel_url": reverse("adwatch_desk:finding", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.PUBLISH_FINDINGS)
@require_safe
def pack(request: DeskRequest, pk: int) -> HttpResponse:
    """The evidence as one zip, for the regulator."""
    finding = finding_for(scope=request.scope, pk=pk)
    organisation = Organisation.objects.first()
    answer = HttpResponse(
        evidence_pack(
            finding=finding, organisation=organisation.name if organisation else "", now=clock().now()
        ),
        content_type="application/zip",
    )
    answer["Content-Disposition"] = f'attachment; filename="finding-{pk}-evidence.zip"'
    return answer


def picture_of_finding(finding: CampaignerFinding) -> str:
    """The spend beside the threshold, both as bars."""
    return interval_bars(
        lines=[
            (finding.entity.name, Interval(finding.spend_low_pence, finding.spend_high_pence)),
            (_("threshold"), Interval(finding.threshold_pence, finding.threshold_pence)),
        ],
        title=_("Spend and threshold: dark is certain, light is possible"),
    )
