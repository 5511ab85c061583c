"""Snapshots on the desk: the list, one with its faults, every fault, and comparing two."""

from typing import Any, cast

from django import forms
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.adwatch.access import faults_for, snapshot_for, snapshots_for
from hustings.adwatch.models import ArchiveFault, FaultKind, Severity, Snapshot, SnapshotKind
from hustings.adwatch.queries.comparing import changes_since
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.store.files import home_path
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Tone

_TONES: dict[str, Tone] = {"serious": "bad", "minor": "warn", "note": "info"}


def _badge(fault: ArchiveFault) -> Badge:
    return Badge(text=str(fault.get_severity_display()), tone=_TONES[fault.severity])


def _days(one: Snapshot) -> str:
    if one.covers_from is None and one.covers_until is None:
        return _("not known")
    return f"{one.covers_from or '…'} – {one.covers_until or '…'}"


@needs(Right.SEE_ADS)
@require_safe
def snapshot_list(request: DeskRequest) -> HttpResponseBase:
    """Every snapshot."""
    add = Action(
        label=_("Bring in a file"),
        url=reverse("adwatch_desk:import"),
        icon="upload",
        is_primary=True,
        is_allowed=may(request, Right.CODE_ADS),
    )
    return list_page(
        request,
        Listing(
            title=_("Snapshots of archives"),
            icon="history",
            intro=_(
                "Each file as it came on its day, kept for ever with its hash. Nothing in a snapshot is ever changed."
            ),
            rows=snapshots_for(scope=request.scope),
            columns=(
                Column(
                    key="label",
                    label=_("File"),
                    value="label",
                    link=lambda one: reverse("adwatch_desk:snapshot", args=[one.pk]),
                    sort=("label",),
                ),
                Column(key="platform", label=_("Platform"), value="get_platform_display", sort=("platform",)),
                Column(key="kind", label=_("Holds"), value="get_kind_display", sort=("kind",)),
                Column(key="days", label=_("Days"), value=_days, sort=("covers_from", "covers_until")),
                Column(key="rows", label=_("Rows"), value="rows", is_number=True, sort=("rows",)),
                Column(key="ads", label=_("Ads"), value="ads", is_number=True, sort=("ads",)),
                Column(
                    key="spend",
                    label=_("Spend"),
                    value=lambda one: spend_words(one.spend_low_pence, one.spend_high_pence),
                    sort=("spend_low_pence",),
                ),
                Column(
                    key="taken", label=_("Came in"), value="taken_in_at", sort=("taken_in_at",), is_minor=True
                ),
                Column(key="sha256", label=_("SHA-256"), value="sha256", is_export_only=True),
            ),
            search=("label", "sha256"),
            filters=(
                ChoiceFilter(key="kind", label=_("Holds"), choices=SnapshotKind.choices, field="kind"),  # type: ignore[arg-type]  # labels are lazy until drawn
            ),
            order="-taken",
            empty=Empty(
                title=_("No archive was taken in yet"),
                text=_("Bring in a report of the Meta Ad Library, pages of its API, or Google’s bundle."),
                actions=(add,),
            ),
            actions=(
                add,
                Action(label=_("Compare two"), url=reverse("adwatch_desk:compare"), icon="doc-full"),
            ),
            export=Export(file_name="snapshots"),
        ),
    )


@needs(Right.SEE_ADS)
@require_safe
def snapshot_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One snapshot: where it comes from, what it adds up to, and its faults."""
    one = snapshot_for(scope=request.scope, pk=pk)
    faults = list(faults_for(scope=request.scope).filter(snapshot=one).order_by("id"))
    order = {Severity.SERIOUS: 0, Severity.MINOR: 1, Severity.NOTE: 2}
    faults.sort(key=lambda fault: order[Severity(fault.severity)])
    doubt = (
        ""
        if one.covers_until
        else _("The days it covers are not known, so it counts in no report of chosen days.")
    )
    if one.dates_said_by.endswith("at the widest"):
        doubt = _("Its days are taken at the widest that its name allows. Say them exactly if you know them.")
    return render(
        request,
        "adwatch/snapshot.html",
        {
            "title": one.label,
            "icon": "history",
            "back": Action(label=_("Snapshots"), url=reverse("adwatch_desk:snapshots")),
            "actions": (
                Action(
                    label=_("See its report"),
                    url=f"{reverse('adwatch_desk:overview')}?snapshot={one.pk}&by=entity",
                    icon="view",
                    is_primary=True,
                    is_allowed=one.kind in {"totals", "weekly", "ads"},
                ),
                Action(
                    label=_("Say its days"),
                    url=reverse("adwatch_desk:date", args=[one.pk]),
                    icon="calendar",
                    is_allowed=may(request, Right.CODE_ADS),
                ),
                Action(
                    label=_("Original file"),
                    url=reverse("adwatch_desk:original", args=[one.pk]),
                    icon="download",
                ),
            ),
            "callouts": [Callout(text=doubt, tone="warn")] if doubt else [],
            "facts": [
                Fact(label=_("Platform"), value=one.get_platform_display()),
                Fact(label=_("Holds"), value=one.get_kind_display()),
                Fact(label=_("Days"), value=_days(one), note=one.dates_said_by),
                Fact(label=_("Rows"), value=one.rows),
                Fact(label=_("Pages with their disclaimer"), value=one.pages),
                Fact(label=_("Ads"), value=one.ads),
                Fact(label=_("Spend"), value=spend_words(one.spend_low_pence, one.spend_high_pence)),
                Fact(label=_("Came in"), value=one.taken_in_at),
                Fact(label=_("SHA-256 of the file"), value=one.sha256),
            ],
            "faults": [(fault, _badge(fault)) for fault in faults],
        },
    )


@needs(Right.SEE_ADS)
@require_safe
def original(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The file as it came."""
    one = snapshot_for(scope=request.scope, pk=pk)
    path = home_path(one.original)
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@needs(Right.SEE_ADS)
@require_safe
def fault_list(request: DeskRequest) -> HttpResponseBase:
    """Every fault of every snapshot."""
    return list_page(
        request,
        Listing(
            title=_("Faults of the archives"),
            icon="warning",
            intro=_(
                "What contradicts itself, is missing, or calls for careful reading. Each was found by a rule, with its evidence."
            ),
            rows=faults_for(scope=request.scope),
            columns=(
                Column(
                    key="severity",
                    label=_("Weight"),
                    value=_badge,
                    export="severity",
                    sort=("severity",),
                ),
                Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
                Column(
                    key="sentence",
                    label=_("What was found"),
                    value="sentence",
                    link=lambda one: reverse("adwatch_desk:snapshot", args=[one.snapshot_id]),
                ),
                Column(
                    key="snapshot",
                    label=_("Snapshot"),
                    value="snapshot.label",
                    is_minor=True,
                    sort=("snapshot",),
                ),
                Column(
                    key="evidence",
                    label=_("Evidence"),
                    value=lambda one: str(one.evidence),
                    is_export_only=True,
                ),
            ),
            search=("sentence", "subject"),
            filters=(
                ChoiceFilter(key="severity", label=_("Weight"), choices=Severity.choices, field="severity"),  # type: ignore[arg-type]  # labels are lazy until drawn
                ChoiceFilter(key="kind", label=_("Kind"), choices=FaultKind.choices, field="kind"),  # type: ignore[arg-type]  # labels are lazy until drawn
            ),
            order="-snapshot",
            empty=Empty(title=_("No faults"), text=_("They are looked for whenever a file comes in.")),
            export=Export(file_name="archive-faults"),
        ),
    )


class CompareForm(forms.Form):
    """Two snapshots of one kind."""

    older = forms.ModelChoiceField(label=gettext_lazy("Older"), queryset=Snapshot.objects.none())
    newer = forms.ModelChoiceField(label=gettext_lazy("Newer"), queryset=Snapshot.objects.none())

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            cast(forms.ModelChoiceField[Snapshot], self.fields[name]).queryset = rows


@needs(Right.SEE_ADS)
@require_safe
def compare(request: DeskRequest) -> HttpResponse:
    """What is gone, fell, or came between two snapshots."""
    rows = snapshots_for(scope=request.scope).filter(kind__in=("totals", "ads"))
    form = CompareForm(request.GET or None, rows=rows)
    changes = None
    if form.is_bound and form.is_valid():
        changes = changes_since(snapshot=form.cleaned_data["newer"], older=form.cleaned_data["older"])
    return render(
        request,
        "adwatch/compare.html",
        {
            "title": _("Compare two snapshots"),
            "icon": "doc-full",
            "back": Action(label=_("Snapshots"), url=reverse("adwatch_desk:snapshots")),
            "form": form,
            "changes": changes,
            "gone_words": spend_words(changes.gone_low_pence, changes.gone_high_pence) if changes else "",
            "pages": [
                {
                    "page": one.page,
                    "disclaimer": one.disclaimer,
                    "before": spend_words(one.low_before, one.high_before),
                    "now": spend_words(one.low_now, one.high_now),
                    "ads_before": one.ads_before,
                    "ads_now": one.ads_now,
                }
                for one in (changes.pages if changes else ())
            ],
        },
    )
