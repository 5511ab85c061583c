"""Which register copies are held, under which entitlement, and recording a new one."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import NotAllowed, Right, Scope
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.elections.models import Election
from hustings.places.models import Area, AreaKind
from hustings.platform.pages.listing import Column, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Empty
from hustings.register.access import entitlements_for, is_in_force, versions_for
from hustings.register.models import EntitlementKind, RegisterVersion
from hustings.register.usecases.record_entitlement import (
    EntitlementIncomplete,
    EntitlementNotOpen,
    record_entitlement,
)

_AREA_KINDS = (AreaKind.DISTRICT, AreaKind.CONSTITUENCY, AreaKind.WARD, AreaKind.COUNTY)


@needs(Right.SEE_REGISTER)
@require_safe
def versions(request: DeskRequest) -> HttpResponseBase:
    """The copies held now and before."""
    on = clock().today_in_uk()
    return list_page(
        request,
        Listing(
            title=_("Electoral registers"),
            icon="folder-open-inverse",
            intro=_(
                "Each file a council supplied, with the right under which it is held. When that right ends the copy cannot "
                "be read any more, and four weeks later it is destroyed."
            ),
            rows=versions_for(scope=request.scope),
            columns=(
                Column(key="area", label=_("Area"), value="area.name", sort=("area__name",)),
                Column(key="as_of", label=_("As of"), value="as_of", sort=("as_of",)),
                Column(
                    key="entries",
                    label=_("Entries"),
                    value=lambda version: version.import_run.accepted + version.import_run.unchanged,
                    is_number=True,
                ),
                Column(
                    key="rejected",
                    label=_("Rejected"),
                    value="import_run.rejected",
                    is_number=True,
                    is_minor=True,
                ),
                Column(key="holder", label=_("Held for"), value="entitlement.holder"),
                Column(
                    key="until",
                    label=_("Until"),
                    value="entitlement.valid_until",
                    sort=("entitlement__valid_until",),
                ),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda version: _state(version, on=on),
                    export=lambda version: _state(version, on=on).text,
                ),
            ),
            order="-as_of",
            left_out=""
            if request.scope.is_everything
            else _("Registers of other places are shown to those who look after them."),
            empty=Empty(
                title=_("No register yet"),
                text=_("Record an entitlement, then have the data officer import the council's file."),
                actions=_actions(request),
            ),
            actions=_actions(request),
            export=Export(file_name="registers"),
        ),
    )


@needs(Right.SEE_REGISTER)
@require_safe
def entitlements(request: DeskRequest) -> HttpResponseBase:
    """Who may hold a register, for what and until when."""
    on = clock().today_in_uk()
    return list_page(
        request,
        Listing(
            title=_("Entitlements to the register"),
            icon="key",
            rows=entitlements_for(scope=request.scope),
            columns=(
                Column(key="holder", label=_("Who"), value="holder", sort=("holder",)),
                Column(key="kind", label=_("As"), value=lambda one: str(one.get_kind_display())),
                Column(key="for", label=_("For"), value=lambda one: str(one.election or one.office)),
                Column(key="area", label=_("Area"), value="area.name", sort=("area__name",)),
                Column(key="from", label=_("From"), value="valid_from", sort=("valid_from",)),
                Column(key="until", label=_("Until"), value="valid_until", sort=("valid_until",)),
                Column(key="evidence", label=_("Evidence"), value="evidence", is_minor=True),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda one: (
                        Badge(text=_("in force"), tone="good")
                        if is_in_force(entitlement=one, on=on)
                        else Badge(text=_("not in force"), tone="plain")
                    ),
                ),
            ),
            order="-until",
            left_out=""
            if request.scope.is_everything
            else _("Entitlements for other places are shown to those who look after them."),
            empty=Empty(
                title=_("None recorded"),
                text=_("No register file is accepted before an entitlement is on record."),
                actions=_actions(request)[1:],
            ),
            actions=_actions(request)[1:],
            export=Export(file_name="entitlements"),
            back=Action(label=_("Electoral registers"), url=reverse("register_desk:versions")),
        ),
    )


@needs(Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_entitlement(request: DeskRequest) -> HttpResponseBase:
    """Record an entitlement."""
    form = EntitlementForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        area = form.cleaned_data["area"]
        if not request.scope.covers(code=area.pk):
            raise NotAllowed("This place belongs to somebody else.")
        try:
            record_entitlement(**form.cleaned_data, now=clock().now(), recorded_by=request.user)
        except (EntitlementIncomplete, EntitlementNotOpen) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Recorded. A register file of this area can now be imported."))
            return redirect("register_desk:entitlements")
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Record an entitlement"),
            "icon": "key",
            "intro": _(
                "The full register may be held by candidates, registered parties and elected representatives, for electoral "
                "purposes, on written request. Record here who asked, for what, and until when."
            ),
            "form": form,
            "submit_label": _("Record"),
            "cancel_url": reverse("register_desk:entitlements"),
            "back": Action(label=_("Entitlements"), url=reverse("register_desk:entitlements")),
        },
        status=422 if form.is_bound else 200,
    )


class EntitlementForm(forms.Form):
    """Who, for what, where, from when until when, and what shows it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Held as"), choices=EntitlementKind.choices, widget=forms.RadioSelect
    )
    holder = forms.CharField(
        label=gettext_lazy("Who is entitled"),
        max_length=160,
        help_text=gettext_lazy("The candidate, the party or the elected representative."),
    )
    election = forms.ModelChoiceField(
        label=gettext_lazy("Election"),
        queryset=Election.objects.none(),
        required=False,
        empty_label=gettext_lazy("no election: held for an office or a party"),
        help_text=gettext_lazy("For a candidate: the election they stand at."),
    )
    office = forms.CharField(
        label=gettext_lazy("Office or right"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("For a representative: the office. For a party: the regulation relied on."),
    )
    area = forms.ModelChoiceField(
        label=gettext_lazy("Area the register covers"),
        queryset=Area.objects.none(),
        empty_label=gettext_lazy("Choose an area"),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The first day on which it may no longer be read."),
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The date of the written request, and of the council's answer."),
    )

    def __init__(self, *arguments: Any, scope: Scope, **named: Any) -> None:
        super().__init__(*arguments, **named)
        areas = scope.filter(Area.objects.filter(kind__in=_AREA_KINDS), "code")
        area = cast(forms.ModelChoiceField[Area], self.fields["area"])
        area.queryset = areas.order_by("kind", "name")
        election = cast(forms.ModelChoiceField[Election], self.fields["election"])
        election.queryset = Election.objects.order_by("-poll_on", "title")


def _state(version: RegisterVersion, *, on: date) -> Badge:
    if version.destroyed_at is not None:
        return Badge(text=_("destroyed"), tone="plain")
    if not is_in_force(entitlement=version.entitlement, on=on):
        return Badge(text=_("may not be read"), tone="bad")
    return (
        Badge(text=_("in use"), tone="good")
        if version.is_current
        else Badge(text=_("replaced"), tone="plain")
    )


def _actions(request: DeskRequest) -> tuple[Action, ...]:
    return (
        Action(label=_("Entitlements"), url=reverse("register_desk:entitlements"), icon="key"),
        Action(
            label=_("Record an entitlement"),
            url=reverse("register_desk:add_entitlement"),
            icon="plus",
            is_primary=True,
            is_allowed=may(request, Right.IMPORT),
        ),
    )
