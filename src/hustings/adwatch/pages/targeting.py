"""Who saw the ads, as far as the archive says."""

from datetime import date
from typing import cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.adwatch.access import need_whole
from hustings.adwatch.pictures import share_bars
from hustings.adwatch.queries.targeting import What, targeting
from hustings.platform.pages.parts import Action, Callout
from hustings.platform.words import number, percent


class TargetingForm(forms.Form):
    """Which trait, whose ads, when."""

    what = forms.ChoiceField(
        label=gettext_lazy("By"),
        required=False,
        choices=[
            ("age", gettext_lazy("age")),
            ("gender", gettext_lazy("gender")),
            ("region", gettext_lazy("region")),
        ],
    )
    page = forms.CharField(label=gettext_lazy("Page or payer"), required=False, max_length=120)
    first_on = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_on = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@needs(Right.SEE_ADS)
@require_safe
def targeting_page(request: DeskRequest) -> HttpResponse:
    """Shares of impressions by age, gender or region, each with its least and greatest possible value."""
    need_whole(scope=request.scope)
    form = TargetingForm(request.GET or None)
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = targeting(
        what=cast(What, values.get("what") or "age"),
        page=str(values.get("page") or ""),
        first_on=cast(date | None, values.get("first_on")),
        last_on=cast(date | None, values.get("last_on")),
    )
    lines = [
        (one.group, one.share.low or 0.0, one.share.high or 0.0)
        for one in found.groups
        if one.share.high is not None
    ]
    high = found.silent_shown.high
    silent = _(
        "For %(ads)s ads, shown %(low)s to %(high)s times, the archive says nothing about who saw them."
    ) % {
        "ads": number(found.silent_ads),
        "low": number(found.silent_shown.low),
        "high": number(high) if high is not None else _("any number of"),
    }
    return render(
        request,
        "adwatch/targeting.html",
        {
            "title": _("Who saw the ads"),
            "icon": "group",
            "back": Action(label=_("Other people’s ads"), url=reverse("adwatch_desk:overview")),
            "form": form,
            "found": found,
            "picture": share_bars(
                lines=lines, title=_("Share of the impressions, from the least to the most possible")
            )
            if lines
            else "",
            "lines": [
                {
                    "group": one.group,
                    "low": percent(one.share.low, places=1),
                    "high": percent(one.share.high, places=1),
                    "shown": f"{number(one.shown_low)} – {number(one.shown_high) if one.shown_high is not None else '…'}",
                }
                for one in found.groups
            ],
            "silence": Callout(text=silent, tone="warn" if found.silent_ads else "info"),
        },
    )
