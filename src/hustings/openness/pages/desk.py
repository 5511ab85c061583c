"""Desk pages of the record: every entry of one's places, corrections, and withholding."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.filters import area_filter
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.openness.access import document_for, entries_for, entry_for
from hustings.openness.models import EntryKind, Seal
from hustings.openness.queries.entries import DocumentView, view_of
from hustings.openness.usecases import correct_entry, withhold_document
from hustings.places.models import AreaKind
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Empty, Fact, Tone

_STATES: dict[str, Tone] = {"open": "good", "dated": "info", "sealed": "plain", "withheld": "bad"}


@needs(Right.EDIT_RECORD)
@require_safe
def entry_list(request: DeskRequest) -> HttpResponseBase:
    """Every entry of the places of whoever asks."""
    return list_page(
        request,
        Listing(
            title=_("Public record"),
            icon="list-ol",
            intro=_(
                "What the public sees of our campaign. Entries are only ever added: mistakes are corrected by further entries."
            ),
            rows=entries_for(scope=request.scope),
            columns=(
                Column(
                    key="title",
                    label=_("Title"),
                    value=lambda one: one.title or _("Entry %(number)d") % {"number": one.number},
                    link=lambda one: reverse("openness_desk:entry", args=[one.number]),
                    sort=("title",),
                    export="title",
                ),
                Column(key="number", label=_("Number"), value="number", sort=("number",)),
                Column(key="kind", label=_("What happened"), value="get_kind_display", sort=("kind",)),
                Column(key="place", label=_("Place"), value="area.name", sort=("area__name",)),
                Column(key="recorded", label=_("Recorded"), value="recorded_at", sort=("recorded_at",)),
                Column(key="opens", label=_("Numbers open on"), value="opens_on", sort=("opens_on",)),
                Column(key="hash", label=_("Hash"), value="leaf_hash", is_export_only=True),
            ),
            search=("title",),
            filters=(
                ChoiceFilter(
                    key="kind",
                    label=_("What happened"),
                    choices=[(str(value), str(label)) for value, label in EntryKind.choices],
                    field="kind",
                ),
                area_filter(
                    scope=request.scope, kinds=(AreaKind.WARD, AreaKind.CONSTITUENCY, AreaKind.DISTRICT)
                ),
                DateFilter(key="recorded", label=_("Recorded"), field="recorded_at"),
            ),
            order="-number",
            left_out=""
            if request.scope.is_everything
            else _(
                "Entries about other places stand in the public record; they are corrected by those who look after them."
            ),
            empty=Empty(
                title=_("Nothing was recorded yet"),
                text=_("Approve a material, and its first entry stands here and on the public page."),
            ),
            actions=(
                Action(
                    label=_("Record what left another way"),
                    url=reverse("openness_desk:record_by_hand"),
                    icon="plus",
                    is_primary=True,
                ),
                Action(label=_("See the public page"), url=reverse("openness:record"), icon="view"),
            ),
            export=Export(file_name="record"),
        ),
    )


@needs(Right.EDIT_RECORD)
@require_safe
def entry_page(request: DeskRequest, number: int) -> HttpResponse:
    """One entry with the state of each of its documents, and what can be done."""
    entry = entry_for(scope=request.scope, number=number)
    view = view_of(entry=entry, on=clock().today_in_uk())
    return render(
        request,
        "openness/desk_entry.html",
        {
            "title": entry.title or _("Entry %(number)d") % {"number": number},
            "icon": "list-ol",
            "back": Action(label=_("Public record"), url=reverse("openness_desk:entries")),
            "actions": (
                Action(
                    label=_("Correct"), url=reverse("openness_desk:correct", args=[number]), is_primary=True
                ),
                Action(
                    label=_("See the public page"), url=reverse("openness:entry", args=[number]), icon="view"
                ),
            ),
            "facts": [
                Fact(label=_("Number"), value=number),
                Fact(label=_("What happened"), value=entry.get_kind_display()),
                Fact(label=_("Recorded"), value=entry.recorded_at),
                Fact(label=_("Place"), value=entry.area.name if entry.area else _("The whole organisation")),
                Fact(label=_("Numbers open on"), value=entry.opens_on),
                Fact(label=_("Hash of the leaf"), value=entry.leaf_hash),
            ],
            "entry": entry,
            "documents": [(one, _badge(one)) for one in view.documents],
        },
    )


def _badge(document: DocumentView) -> Badge:
    words = {
        "open": _("open"),
        "dated": _("opens by date"),
        "sealed": _("sealed"),
        "withheld": _("withheld"),
    }
    return Badge(text=words[document.state], tone=_STATES[document.state])


class CorrectionForm(forms.Form):
    """What was wrong and what is right."""

    was = forms.CharField(label=gettext_lazy("The record says"), widget=forms.Textarea(attrs={"rows": 2}))
    is_now = forms.CharField(label=gettext_lazy("Right is"), widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(
        label=gettext_lazy("How the mistake came about"), widget=forms.Textarea(attrs={"rows": 2})
    )


class WithholdingForm(forms.Form):
    """Why a document must go."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stands in the public record for good: name nobody in it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@needs(Right.EDIT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: DeskRequest, number: int) -> HttpResponseBase:
    """Add a correction."""
    entry = entry_for(scope=request.scope, number=number)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_entry(entry=entry, **form.cleaned_data, by=request.user, now=clock().now())
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("The correction stands in the public record."))
            return redirect("openness_desk:entry", number=number)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Correct entry %(number)d") % {"number": number},
            "icon": "edit",
            "intro": _(
                "The entry stays as it is. Your correction becomes an entry of its own, shown beside it at once."
            ),
            "form": form,
            "submit_label": _("Add the correction"),
            "cancel_url": reverse("openness_desk:entry", args=[number]),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def withhold(request: DeskRequest, number: int, name: str) -> HttpResponseBase:
    """Take a document away for good, with a reason."""
    document = document_for(scope=request.scope, number=number, name=name)
    if document.withheld_at is not None or document.seal == Seal.SEALED:
        raise Http404
    form = WithholdingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withhold_document(
                document=document, reason=form.cleaned_data["reason"], by=request.user, now=clock().now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Withheld. The reason stands in its place."))
            return redirect("openness_desk:entry", number=number)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Withhold “%(name)s” of entry %(number)d?") % {"name": name, "number": number},
            "icon": "warning",
            "question": _(
                "The document is deleted and cannot be brought back. Its commitment, your reason and an entry that says so "
                "stay. "
                "Use it for what must not stay public, such as a home address or a court’s order."
            ),
            "confirm_label": _("Withhold for good"),
            "is_danger": True,
            "form": form,
            "cancel_url": reverse("openness_desk:entry", args=[number]),
        },
        status=422 if form.is_bound else 200,
    )
