"""Campaigners without a registration that could be found: the search, and drawing up a finding."""

from datetime import date
from typing import cast

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.adwatch.access import entity_for, findings_for, need_whole
from hustings.adwatch.pictures import interval_bars
from hustings.adwatch.queries.campaigners import likely_unregistered, registrations_by_year
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.rules.campaigner_numbers import numbers_by_poll
from hustings.adwatch.rules.periods import CAMPAIGNS
from hustings.adwatch.rules.thresholds import NoThreshold
from hustings.adwatch.usecases.draw_up_finding import draw_up_finding
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Callout
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
