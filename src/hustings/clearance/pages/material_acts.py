"""Desk pages that approve, withdraw and override."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.access import material_for
from hustings.clearance.pages.forms import ReasonForm
from hustings.clearance.pages.words import kept_findings, lines_of
from hustings.clearance.queries import imprint_of, publish_on
from hustings.clearance.usecases import approve_material, override_finding, withdraw_material
from hustings.platform.pages.parts import Callout, Fact


@needs(Right.APPROVE_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Ask once more, then approve."""
    material = material_for(scope=request.scope, pk=pk)
    callouts = []
    if request.method == "POST":
        try:
            approve_material(material=material, by=request.user, now=clock().now())
        except Refusal as refusal:
            callouts.append(Callout(text=refusal.told(_), tone="bad"))
        else:
            messages.success(request, _("Approved. It may go out now, and it stands in the public record."))
            return redirect("clearance_desk:material", pk=pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Approve “%(title)s”?") % {"title": material.title},
            "icon": "check",
            "question": _(
                "The words, the imprint and the checks are kept as they stand and can never be changed. "
                "The copy and its imprint go into the public record at once."
            ),
            "confirm_label": _("Approve"),
            "is_danger": False,
            "callouts": callouts,
            "cancel_url": reverse("clearance_desk:material", args=[pk]),
            "facts": [
                Fact(label=_("Imprint"), value=imprint_of(material=material)),
                Fact(label=_("Rules of"), value=publish_on(material=material, now=clock().now())),
                Fact(label=_("May go out until"), value=material.use_until or _("it is withdrawn")),
            ],
        },
        status=422 if callouts else 200,
    )


@needs(Right.APPROVE_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Withdraw every copy, with a reason."""
    material = material_for(scope=request.scope, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_material(
                material=material, reason=form.cleaned_data["reason"], by=request.user, now=clock().now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Withdrawn. Nothing of it goes out any more."))
            return redirect("clearance_desk:material", pk=pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Withdraw “%(title)s”?") % {"title": material.title},
            "icon": "cross",
            "question": _(
                "Messages that have not left yet are stopped. What has left cannot be called back. "
                "The reason stands in the public record: name nobody in it."
            ),
            "confirm_label": _("Withdraw"),
            "is_danger": True,
            "form": form,
            "cancel_url": reverse("clearance_desk:material", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def override(request: DeskRequest, pk: int, code: str) -> HttpResponseBase:
    """Let the agent set one finding aside, with a reason."""
    material = material_for(scope=request.scope, pk=pk)
    line = next(
        (one for one in lines_of(kept_findings(material.checks)) if one.code == code and one.is_stopping),
        None,
    )
    if line is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            override_finding(
                material=material,
                code=code,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            return redirect("clearance_desk:material", pk=pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Set this aside?"),
            "icon": "warning",
            "question": f"{line.text}\n\n"
            + _(
                "Your name and reason are kept, and hold for exactly these words. Publishing without what "
                "the law asks is an offence."
            ),
            "confirm_label": _("Set aside"),
            "is_danger": True,
            "form": form,
            "facts": [Fact(label=_("Rule"), value=line.rule)],
            "cancel_url": reverse("clearance_desk:material", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )
