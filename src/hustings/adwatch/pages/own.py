"""Our own ads beside what the archives show of them."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.adwatch.access import need_whole, own_ad_for, own_ads_for
from hustings.adwatch.models import OwnAd
from hustings.adwatch.queries.own import own_ads_against_archive, paid_materials_without_ad
from hustings.adwatch.usecases.note_own_ad import AdBuy, CannotNote, note_own_ad
from hustings.basics.clock import clock
from hustings.basics.money import NotAnAmount, format_pence, parse_pounds
from hustings.clearance.models import Material
from hustings.platform.pages.parts import Action
from hustings.platform.words import pounds


@needs(Right.SEE_ADS)
@require_safe
def own_list(request: DeskRequest) -> HttpResponse:
    """Every ad that we placed, and how the archive differs."""
    need_whole(scope=request.scope)
    states = own_ads_against_archive(ads=list(own_ads_for(scope=request.scope)[:200]))
    return render(
        request,
        "adwatch/own.html",
        {
            "title": _("Our own ads in the archives"),
            "icon": "view",
            "actions": (
                Action(
                    label=_("Note an ad"),
                    url=reverse("adwatch_desk:note_own"),
                    icon="plus",
                    is_primary=True,
                    is_allowed=may(request, Right.CODE_ADS),
                ),
            ),
            "lines": [
                {
                    "ad": state.ad,
                    "paid": pounds(state.ad.spent_pence),
                    "snapshot": state.snapshot,
                    "differences": state.differences,
                }
                for state in states
            ],
            "missing": paid_materials_without_ad(),
            "may_edit": may(request, Right.CODE_ADS),
        },
    )


class OwnAdForm(forms.ModelForm[OwnAd]):
    """An ad as we placed it."""

    spent = forms.CharField(
        label=gettext_lazy("What we paid"), max_length=20, help_text=gettext_lazy("In pounds.")
    )

    class Meta:
        """What people enter."""

        model = OwnAd
        fields = ("material", "platform", "ad_id", "page", "disclaimer", "placed_on", "ended_on")
        widgets = {
            "placed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ended_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        material = cast(forms.ModelChoiceField[Material], self.fields["material"])
        material.queryset = Material.objects.filter(is_paid=True).order_by("title")
        if self.instance.pk:
            self.initial["spent"] = format_pence(self.instance.spent_pence)

    def clean_spent(self) -> int:
        """Pounds as people type them."""
        try:
            found = parse_pounds(self.cleaned_data["spent"])
        except NotAnAmount as problem:
            raise forms.ValidationError(problem.told(_)) from problem
        return found

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins; the use case says so too, but not at which field."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("placed_on"), cleaned.get("ended_on")
        if first and last and last < first:
            self.add_error("ended_on", _("The last day lies before the first. Swap the two."))
        return cleaned


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: DeskRequest) -> HttpResponseBase:
    """Note an ad that we placed."""
    need_whole(scope=request.scope)
    return _edit(request, OwnAd(), _("Note an ad that we placed"))


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Correct one, for instance once its id in the archive is known."""
    return _edit(request, own_ad_for(scope=request.scope, pk=pk), _("Correct what we noted"))


def _edit(request: DeskRequest, ad: OwnAd, title: str) -> HttpResponseBase:
    form = OwnAdForm(request.POST or None, instance=ad)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            note_own_ad(
                buy=AdBuy(spent_pence=said.pop("spent"), **said),
                by=request.user,
                now=clock().now(),
                corrects=own_ad_for(scope=request.scope, pk=ad.pk) if ad.pk else None,
            )
        except CannotNote as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("Noted."))
            return redirect("adwatch_desk:own")
    return render(
        request,
        "desk/form.html",
        {
            "title": title,
            "icon": "view",
            "intro": _(
                "The approved copy of the material is our own proof of what the ad said; here is what the platform was told."
            ),
            "form": form,
            "cancel_url": reverse("adwatch_desk:own"),
        },
        status=422 if form.is_bound else 200,
    )
