"""Desk pages of materials: the list, one material with its checklist, the form, and the files."""

from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.pages.filters import area_filter
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.clearance.access import copy_for, material_for, materials_for
from hustings.clearance.models import ApprovedCopy, LinkedImprint, Material, MaterialState, Medium
from hustings.clearance.pages.forms import MaterialForm
from hustings.clearance.pages.words import choices_of, kept_findings, lines_of, state_badge
from hustings.clearance.queries import composed, imprint_of
from hustings.clearance.rules.findings import has_passed
from hustings.clearance.usecases import write_material
from hustings.clearance.usecases.override_finding import OVERRIDABLE
from hustings.people.models import Purpose
from hustings.places.models import AreaKind
from hustings.platform.pages.listing import (
    ChoiceFilter,
    Column,
    DateFilter,
    Export,
    Listing,
    YesNoFilter,
    list_page,
)
from hustings.platform.pages.parts import Action, Callout, Empty, Fact, Moment
from hustings.platform.words import pounds

#: Where a technical limit may leave no room for an imprint.
_LINKABLE = frozenset({Medium.SOCIAL, Medium.MESSAGE, Medium.WEB, Medium.IMAGE, Medium.VIDEO})


@needs(Right.EDIT_MATERIALS)
@require_safe
def material_list(request: DeskRequest) -> HttpResponseBase:
    """Every material in the places of whoever asks; CSV of what is shown."""
    add = Action(
        label=_("Write something"), url=reverse("clearance_desk:add_material"), icon="plus", is_primary=True
    )
    return list_page(
        request,
        Listing(
            title=_("Materials"),
            icon="doc-full",
            intro=_(
                "Everything the campaign says. Only an approved copy can go out, and it is in the public "
                "record."
            ),
            rows=materials_for(scope=request.scope).annotate(copy_count=Count("copies")),
            columns=(
                Column(
                    key="title",
                    label=_("Title"),
                    value="title",
                    link=lambda one: reverse("clearance_desk:material", args=[one.pk]),
                    sort=("title",),
                ),
                Column(
                    key="state", label=_("State"), value=lambda one: state_badge(one.state), sort=("state",)
                ),
                Column(key="medium", label=_("What it is"), value="get_medium_display", sort=("medium",)),
                Column(key="purpose", label=_("Purpose"), value="get_purpose_display", is_minor=True),
                Column(
                    key="promoter",
                    label=_("Promoter"),
                    value="promoter.name",
                    is_minor=True,
                    sort=("promoter__name",),
                ),
                Column(key="place", label=_("Place"), value="area.name", sort=("area__name",)),
                Column(
                    key="copies",
                    label=_("Copies"),
                    value="copy_count",
                    is_number=True,
                    is_minor=True,
                    sort=("copy_count",),
                ),
                Column(key="made", label=_("Written"), value="made_at", sort=("made_at",)),
            ),
            search=("title", "subject", "body"),
            filters=(
                ChoiceFilter(key="state", label=_("State"), choices=choices_of(MaterialState), field="state"),
                ChoiceFilter(key="medium", label=_("What it is"), choices=choices_of(Medium), field="medium"),
                ChoiceFilter(key="purpose", label=_("Purpose"), choices=choices_of(Purpose), field="purpose"),
                area_filter(
                    scope=request.scope, kinds=(AreaKind.WARD, AreaKind.CONSTITUENCY, AreaKind.DISTRICT)
                ),
                YesNoFilter(key="use", label=_("Copy in use"), yes=Q(pk__in=_in_use())),
                DateFilter(key="made", label=_("Written"), field="made_at"),
            ),
            order="-made",
            left_out=""
            if request.scope.is_everything
            else _(
                "Materials of other places, and of the whole organisation, are shown to those appointed for "
                "them."
            ),
            empty=Empty(
                title=_("Nothing has been written yet"),
                text=_("An email, a leaflet or a page begins here: write it, let it be checked, approve it."),
                actions=(add,),
            ),
            actions=(add,),
            export=Export(file_name="materials"),
        ),
    )


def _in_use() -> object:
    return ApprovedCopy.objects.filter(withdrawn_at=None).values("material")


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_material(request: DeskRequest) -> HttpResponseBase:
    """Write a new material."""
    return _form(request, None)


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_material(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change a material; copies approved before stay as they were."""
    return _form(request, material_for(scope=request.scope, pk=pk))


def _form(request: DeskRequest, material: Material | None) -> HttpResponseBase:
    form = MaterialForm(
        request.POST or None, request.FILES or None, instance=material or Material(), scope=request.scope
    )
    if request.method == "POST" and form.is_valid():
        written = form.described(user=request.user)
        write_material(
            material=written,
            joint_promoters=form.cleaned_data["joint_promoters"],
            further_principals=form.cleaned_data["further_principals"],
            campaigns=form.cleaned_data["campaigns"],
            by=request.user,
            now=clock().now(),
        )
        return redirect("clearance_desk:material", pk=written.pk)
    back_url = (
        reverse("clearance_desk:material", args=[material.pk])
        if material
        else reverse("clearance_desk:materials")
    )
    callouts = []
    if material and material.state == MaterialState.APPROVED:
        callouts.append(
            Callout(
                text=_("The approved copy stays as it is. What you change is a draft until it is approved."),
                tone="info",
            )
        )
    return render(
        request,
        "desk/grouped_form.html",
        {
            "title": material.title if material else _("Write something"),
            "icon": "doc-full",
            "form": form,
            "callouts": callouts,
            "submit_label": _("Save and check"),
            "cancel_url": back_url,
            "back": Action(label=material.title if material else _("Materials"), url=back_url),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MATERIALS)
@require_safe
def material_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One material: what it says, its checklist in plain words, its copies and its history."""
    material = material_for(scope=request.scope, pk=pk)
    findings = kept_findings(material.checks)
    copies = list(material.copies.select_related("approved_by"))
    on = clock().today_in_uk()
    may = {
        right: scope_of(user=request.user, right=right, on=on).covers(code=material.area_id)
        for right in (Right.APPROVE_MATERIALS, Right.OVERRIDE)
    }
    is_ready = bool(findings) and has_passed(findings) and material.state != MaterialState.APPROVED
    in_use = [copy for copy in copies if copy.withdrawn_at is None]
    actions = (
        Action(
            label=_("Approve"),
            url=reverse("clearance_desk:approve", args=[pk]),
            icon="check",
            is_primary=True,
            is_allowed=is_ready and may[Right.APPROVE_MATERIALS],
        ),
        Action(label=_("Change"), url=reverse("clearance_desk:edit_material", args=[pk]), icon="edit"),
        Action(
            label=_("Make a leaflet"),
            url=reverse("clearance_desk:make_leaflet", args=[pk]),
            is_allowed=bool(material.body.strip()),
        ),
        Action(
            label=_("Make a picture"),
            url=reverse("clearance_desk:make_card", args=[pk]),
            is_allowed=bool(material.body.strip()),
        ),
        Action(
            label=_("Withdraw"),
            url=reverse("clearance_desk:withdraw", args=[pk]),
            is_danger=True,
            is_allowed=bool(in_use) and may[Right.APPROVE_MATERIALS],
        ),
    )
    return render(
        request,
        "clearance/material.html",
        {
            "title": material.title,
            "icon": "doc-full",
            "back": Action(label=_("Materials"), url=reverse("clearance_desk:materials")),
            "subtitle": f"{material.get_medium_display()} · {material.get_purpose_display()}",
            "actions": actions,
            "material": material,
            "state": state_badge(material.state),
            "callouts": _callouts(material, is_ready=is_ready, may_approve=may[Right.APPROVE_MATERIALS]),
            "facts": _facts(material),
            "lines": lines_of(findings),
            "overridable": OVERRIDABLE if may[Right.OVERRIDE] else frozenset(),
            "imprint": imprint_of(material=material),
            "linked": LinkedImprint.objects.filter(material=material, ended_at=None).first(),
            "may_link": material.medium in _LINKABLE,
            "words": "" if material.upload else composed(material=material).content.decode("utf-8"),
            "copies": copies,
            "moments": _moments(material, copies),
        },
    )


def _callouts(material: Material, *, is_ready: bool, may_approve: bool) -> list[Callout]:
    if material.state == MaterialState.APPROVED:
        return [
            Callout(
                text=_("Approved. The copy below may go out, and it stands in the public record."),
                tone="good",
            )
        ]
    if material.state == MaterialState.WITHDRAWN:
        return [Callout(text=_("Withdrawn. Nothing of it may go out any more."), tone="bad")]
    if not is_ready:
        return [
            Callout(
                title=_("Not ready yet"),
                text=_("Put right what is marked below, then it can be approved."),
                tone="warn",
                actions=(
                    Action(
                        label=_("Change it"), url=reverse("clearance_desk:edit_material", args=[material.pk])
                    ),
                ),
            )
        ]
    text = (
        _("It passed every check. Read it once more, then approve it.")
        if may_approve
        else _("It passed every check. Ask somebody who may approve material here to approve it.")
    )
    return [Callout(text=text, tone="info")]


def _facts(material: Material) -> list[Fact]:
    return [
        Fact(label=_("Promoter"), value=material.promoter and material.promoter.name),
        Fact(label=_("On behalf of"), value=material.on_behalf_of and material.on_behalf_of.name),
        Fact(label=_("Published by or for"), value=material.get_publisher_display()),
        Fact(label=_("For or against"), value=material.get_about_display()),
        Fact(label=_("Election"), value=material.election and material.election.title),
        Fact(label=_("Place"), value=material.area.name if material.area else _("The whole organisation")),
        Fact(label=_("Meant for"), value=material.targeting),
        Fact(label=_("May go out from"), value=material.use_from or _("its approval")),
        Fact(label=_("May go out until"), value=material.use_until or _("it is withdrawn")),
        Fact(
            label=_("Cost"),
            value=pounds(material.cost_pence),
            note=", ".join(str(one) for one in material.campaigns.order_by("pk")),
        ),
    ]


def _moments(material: Material, copies: list[ApprovedCopy]) -> list[Moment]:
    moments = [
        Moment(at=material.made_at, title=_("Written"), by=str(material.made_by or "")),
        *(
            Moment(
                at=copy.approved_at,
                title=_("Approved"),
                text=copy.sha256,
                by=str(copy.approved_by or ""),
                url=reverse("clearance_desk:copy", args=[copy.pk]),
                tone="good",
            )
            for copy in copies
        ),
        *(
            Moment(at=copy.withdrawn_at, title=_("Withdrawn"), text=copy.withdrawn_reason, tone="bad")
            for copy in copies
            if copy.withdrawn_at
        ),
        *(
            Moment(
                at=override.at,
                title=_("The agent set a finding aside: %(rule)s") % {"rule": override.rule},
                text=override.reason,
                by=str(override.by),
                tone="warn",
            )
            for override in material.overrides.select_related("by")
        ),
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


@needs(Right.EDIT_MATERIALS)
@require_safe
def material_file(request: DeskRequest, pk: int) -> HttpResponse:
    """The file of a material, as it was uploaded."""
    material = material_for(scope=request.scope, pk=pk)
    if not material.upload:
        raise Http404
    return _download(bytes(material.upload), material.upload_type, material.upload_name or f"material-{pk}")


@needs(Right.EDIT_MATERIALS)
@require_safe
def copy_file(request: DeskRequest, pk: int) -> HttpResponse:
    """The exact bytes of an approved copy."""
    copy = copy_for(scope=request.scope, pk=pk)
    return _download(bytes(copy.content), copy.media_type, f"copy-{copy.sha256[:12]}")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    # As a file and never in the page: what was uploaded must not run under our address.
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = (
        f'attachment; filename="{"".join(c for c in name if c.isalnum() or c in "._- ")}"'
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
