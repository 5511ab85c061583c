"""A finding's own pages: its figures and steps, the invitation to reply, publication, and the evidence as a file."""

from typing import Any

from django import forms
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
from hustings.adwatch.access import finding_for
from hustings.adwatch.models import CampaignerFinding, FindingState, FindingStep, StepKind
from hustings.adwatch.pages.campaigners import READINGS
from hustings.adwatch.pictures import interval_bars
from hustings.adwatch.queries.evidence import evidence_pack
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.rules.finding_steps import state_after
from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.usecases.invite_to_reply import invite_to_reply, reply_address
from hustings.adwatch.usecases.step_finding import step_finding
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Action, Callout, Fact, Moment
from hustings.platform.words import day, pounds


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
    (StepKind.INVITATION, gettext_lazy("Note an invitation by letter"), False),
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
                Action(
                    label=_("Invite by email"),
                    url=reverse("adwatch_desk:invite", args=[pk]),
                    icon="mail",
                    is_primary=finding.state == FindingState.REVIEWED,
                    is_allowed=may_publish
                    and state_after(state=finding.state, step=StepKind.INVITATION) is not None,
                ),
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
                                "An invitation by letter gives this address; the reply then comes straight here: %(url)s"
                            )
                            % {"url": reply_address(finding=finding)},
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
                        text=f"{step.words} {_fate(step)}".strip(),
                        by=step.signed or _who(step.by),
                    )
                    for step in finding.steps.select_related("by", "message")
                ),
            ],
        },
    )


def _fate(step: FindingStep) -> str:
    """What became of an invitation by email."""
    if step.message is None:
        return ""
    if step.message.bounced_at is not None:
        return _("It came back.")
    return _("State of the message: %(state)s.") % {"state": step.message.get_state_display()}


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
        "For an invitation by post: say when, how and to which address it went. The campaigner then has seven days before it "
        "may be published."
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


class InvitationForm(forms.Form):
    """Where the invitation goes, and what is added to the letter's own words."""

    address = forms.EmailField(
        label=gettext_lazy("Email address of the campaigner"),
        max_length=254,
        help_text=gettext_lazy("The one it gives in public, such as on its page or with its ads."),
    )
    words = forms.CharField(
        label=gettext_lazy("Further words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The figures, the days and the address for the reply are in the letter already."
        ),
    )


@needs(Right.PUBLISH_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Send the invitation to reply by email."""
    finding = finding_for(scope=request.scope, pk=pk)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_to_reply(
                finding=finding,
                address=form.cleaned_data["address"],
                words=form.cleaned_data["words"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("adwatch_desk:finding", pk=pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Invite to reply: %(name)s") % {"name": finding.entity.name},
            "icon": "mail",
            "intro": _(
                "The letter names the figures, the days and the threshold, and asks what is wrong or missing. The campaigner has "
                "seven days from today; if the letter does not arrive, nothing can be published."
            ),
            "form": form,
            "submit_label": _("Send it"),
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
