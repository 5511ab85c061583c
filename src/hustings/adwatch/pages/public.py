"""What is published: findings with every reply, and the page on which a campaigner replies."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hustings.adwatch.access import published_findings
from hustings.adwatch.models import CampaignerFinding, StepKind
from hustings.adwatch.pages.findings import finding_facts, picture_of_finding
from hustings.adwatch.rules.finding_steps import state_after
from hustings.adwatch.usecases.step_finding import step_finding
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.client_address import network_of
from hustings.platform.rate_limit import Allowance, limits

#: A reply is written once or twice; more from one network is somebody trying addresses.
_REPLYING = Allowance(burst=20, per_minute=1)


@require_safe
def finding_list(request: HttpRequest) -> HttpResponse:
    """Every published finding, newest first."""
    return render(
        request,
        "adwatch/public_list.html",
        {"findings": published_findings().order_by("-published_at", "-pk")[:200]},
    )


@require_safe
def finding_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One published finding with its figures, its review, and every reply in full."""
    finding = get_object_or_404(published_findings(), pk=pk)
    steps = list(finding.steps.select_related("by"))
    return render(
        request,
        "adwatch/public_finding.html",
        {
            "finding": finding,
            "facts": finding_facts(finding),
            "picture": picture_of_finding(finding),
            "review": next((step for step in steps if step.kind == StepKind.REVIEW), None),
            "why": next((step for step in steps if step.kind == StepKind.PUBLICATION), None),
            "invitation": next((step for step in steps if step.kind == StepKind.INVITATION), None),
            "replies": [step for step in steps if step.kind == StepKind.REPLY],
        },
    )


class ReplyForm(forms.Form):
    """A reply in full, and who gives it."""

    signed = forms.CharField(label=gettext_lazy("Your name and position"), max_length=160)
    words = forms.CharField(
        label=gettext_lazy("Your reply"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "It is published with the finding, in full and unchanged, should the finding be published."
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Reply to a finding, by the address that came with the invitation."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    wait = limits().take(
        key=f"finding reply {network_of(address=address)}", allowance=_REPLYING, at=clock().now().timestamp()
    )
    if wait:
        answer = render(request, "429.html", status=429)
        answer["Retry-After"] = str(max(1, round(wait)))
        return answer
    finding = get_object_or_404(CampaignerFinding.objects.select_related("entity"), reply_token=token)
    if state_after(state=finding.state, step=StepKind.REPLY) is None:
        raise Http404
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            step_finding(
                finding=finding,
                kind=StepKind.REPLY,
                words=form.cleaned_data["words"],
                signed=form.cleaned_data["signed"],
                by=None,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            return redirect("adwatch:replied", token=token)
    answer = render(
        request,
        "adwatch/reply.html",
        {"finding": finding, "facts": finding_facts(finding), "form": form, "is_done": False},
        status=422 if form.is_bound else 200,
    )
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@never_cache
@require_safe
def replied(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the reply has arrived."""
    finding = get_object_or_404(CampaignerFinding.objects.select_related("entity"), reply_token=token)
    return render(
        request,
        "adwatch/reply.html",
        {"finding": finding, "is_done": True, "replies": finding.steps.filter(kind=StepKind.REPLY)},
    )
