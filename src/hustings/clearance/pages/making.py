"""Desk pages that make a leaflet or a card from a material, and that let its imprint stand behind a link."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right, Scope
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.access import material_for, promoters_for
from hustings.clearance.models import LinkedImprint, Material, Promoter
from hustings.clearance.rules.placing import platforms
from hustings.clearance.usecases.link_imprint import link_imprint, look_at_link, unlink_imprint
from hustings.clearance.usecases.make_printed import COLOUR, make_printed
from hustings.platform.pages.parts import Action


class LeafletForm(forms.Form):
    """What stands large on it, and who prints it."""

    heading = forms.CharField(
        label=gettext_lazy("Heading"), help_text=gettext_lazy("Stands large at the top."), max_length=120
    )
    printer = forms.ModelChoiceField(
        label=gettext_lazy("Printer"),
        queryset=Promoter.objects.none(),
        help_text=gettext_lazy("The firm, or yourselves if you print it."),
    )
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        initial=COLOUR,
        widget=forms.TextInput(attrs={"type": "color"}),
        max_length=7,
    )

    def __init__(self, *args: Any, scope: Scope, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["printer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = promoters_for(scope=scope).order_by("-is_printer", "name")
        field.initial = material.printer_id
        self.fields["heading"].initial = material.title


class CardForm(forms.Form):
    """What stands on the picture."""

    heading = forms.CharField(
        label=gettext_lazy("Heading"), help_text=gettext_lazy("A few words, large."), max_length=120
    )
    words = forms.CharField(
        label=gettext_lazy("Words below it"),
        help_text=gettext_lazy("Left empty, the first paragraph of the material."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        initial=COLOUR,
        widget=forms.TextInput(attrs={"type": "color"}),
        max_length=7,
    )

    def __init__(self, *args: Any, scope: Scope, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heading"].initial = material.title


class LinkForm(forms.Form):
    """Where the imprint stands instead, and why."""

    platform = forms.ChoiceField(label=gettext_lazy("It is shown in"))
    reason = forms.CharField(
        label=gettext_lazy("Why the imprint cannot be in it"),
        help_text=gettext_lazy(
            "A technical limit of the place. Looks, effect and want of time do not count."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    url = forms.URLField(
        label=gettext_lazy("Page that holds the imprint"),
        help_text=gettext_lazy("One click away, open to everyone without a login."),
        assume_scheme="https",
    )
    clicks = forms.IntegerField(label=gettext_lazy("Clicks to reach it"), min_value=0, max_value=9, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platform = cast(forms.ChoiceField, self.fields["platform"])
        platform.choices = [(entry.key[0], entry.text("limit")) for entry in platforms().entries]


def _make(request: DeskRequest, pk: int, *, shape: str) -> HttpResponseBase:
    material = material_for(scope=request.scope, pk=pk)
    kind = LeafletForm if shape == "leaflet" else CardForm
    form = kind(request.POST or None, scope=request.scope, material=material)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_printed(
                material=material,
                shape="leaflet" if shape == "leaflet" else "card",
                **form.cleaned_data,
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Made, with its imprint in it. Look at the file, then approve it."))
            return redirect("clearance_desk:material", pk=made.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Make a leaflet") if shape == "leaflet" else _("Make a picture for social media"),
            "icon": "doc-full" if shape == "leaflet" else "image",
            "intro": _(
                "One A5 sheet as PDF, set from the words of “%(title)s”. The imprint is part of the page."
            )
            % {"title": material.title}
            if shape == "leaflet"
            else _(
                "1080 by 1080 as PNG. The imprint is burnt in, so that it stays when the picture is shared."
            ),
            "form": form,
            "submit_label": _("Make it"),
            "cancel_url": reverse("clearance_desk:material", args=[pk]),
            "back": Action(label=material.title, url=reverse("clearance_desk:material", args=[pk])),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def leaflet(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Make a leaflet of the words."""
    return _make(request, pk, shape="leaflet")


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Make a card of the words."""
    return _make(request, pk, shape="card")


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Name the page that holds the imprint; it is looked at before the answer comes."""
    material = material_for(scope=request.scope, pk=pk)
    linked = LinkedImprint.objects.filter(material=material, ended_at=None).first()
    initial = (
        {"platform": linked.platform, "reason": linked.reason, "url": linked.url, "clicks": linked.clicks}
        if linked
        else None
    )
    form = LinkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        now = clock().now()
        try:
            linked = link_imprint(material=material, **form.cleaned_data, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            look = look_at_link(link=linked, now=now)
            if look.trouble:
                messages.error(request, _("The page was looked at. %(trouble)s") % {"trouble": look.trouble})
            else:
                messages.success(
                    request,
                    _("The page answers to everyone and holds the imprint. It is watched from now on."),
                )
            return redirect("clearance_desk:material", pk=pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Imprint behind a link"),
            "icon": "link",
            "intro": _(
                "Only where the place has a technical limit that leaves no room. Where it could be in the material, a link is an "
                "offence. The page is looked at now, and every six hours until the material is withdrawn."
            ),
            "form": form,
            "submit_label": _("Save and look"),
            "cancel_url": reverse("clearance_desk:material", args=[pk]),
            "back": Action(label=material.title, url=reverse("clearance_desk:material", args=[pk])),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["POST"])
def look_again(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Look at the page now."""
    material = material_for(scope=request.scope, pk=pk)
    linked = LinkedImprint.objects.filter(material=material, ended_at=None).first()
    if linked is None:
        raise Http404
    look = look_at_link(link=linked, now=clock().now())
    if look.trouble:
        messages.error(request, _("The page was looked at. %(trouble)s") % {"trouble": look.trouble})
    else:
        messages.success(request, _("The page answers to everyone and holds the imprint."))
    return redirect("clearance_desk:material", pk=pk)


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["POST"])
def unlink(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Put the imprint into the material again."""
    material = material_for(scope=request.scope, pk=pk)
    unlink_imprint(material=material, by=request.user, now=clock().now())
    messages.success(request, _("The imprint is written under the words again."))
    return redirect("clearance_desk:material", pk=pk)
