"""Desk pages of promoters and printers."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.access import promoter_for, promoters_for
from hustings.clearance.models import Promoter
from hustings.clearance.pages.forms import EvidenceForm, PromoterForm
from hustings.clearance.usecases import verify_promoter, write_promoter
from hustings.platform.pages.listing import Column, Export, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact


@needs(Right.EDIT_MATERIALS)
@require_safe
def promoter_list(request: DeskRequest) -> HttpResponseBase:
    """Who may be named in imprints."""
    add = Action(
        label=_("Add a promoter"), url=reverse("clearance_desk:add_promoter"), icon="plus", is_primary=True
    )
    return list_page(
        request,
        Listing(
            title=_("Promoters and printers"),
            icon="user",
            intro=_(
                "Imprints name people and organisations from this list, once their name and address were "
                "verified."
            ),
            rows=promoters_for(scope=request.scope).select_related("area", "verified_by"),
            columns=(
                Column(
                    key="name",
                    label=_("Name"),
                    value="name",
                    link=lambda one: reverse("clearance_desk:promoter", args=[one.pk]),
                    sort=("name",),
                ),
                Column(key="address", label=_("Address"), value="full_address"),
                Column(
                    key="verified",
                    label=_("Verified"),
                    value=lambda one: (
                        Badge(text=_("verified"), tone="good")
                        if one.is_verified
                        else Badge(text=_("not yet"), tone="warn")
                    ),
                    sort=("verified_at",),
                ),
                Column(key="by", label=_("By"), value=lambda one: str(one.verified_by or ""), is_minor=True),
                Column(
                    key="printer", label=_("Printer"), value="is_printer", is_minor=True, sort=("is_printer",)
                ),
                Column(key="place", label=_("Place"), value="area.name", is_minor=True, sort=("area__name",)),
            ),
            search=("name", "address", "postcode"),
            filters=(
                YesNoFilter(key="verified", label=_("Verified"), yes=Q(verified_at__isnull=False)),
                YesNoFilter(key="printer", label=_("Printer"), yes=Q(is_printer=True)),
            ),
            order="name",
            left_out=""
            if request.scope.is_everything
            else _("Promoters of other places are shown to those who look after them."),
            empty=Empty(
                title=_("Nobody yet"),
                text=_("Add whoever causes your material to be published."),
                actions=(add,),
            ),
            actions=(add,),
            export=Export(file_name="promoters"),
        ),
    )


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_promoter(request: DeskRequest) -> HttpResponseBase:
    """Add somebody who may be named."""
    return _form(request, None)


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_promoter(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change name or address; that takes the verification away."""
    return _form(request, promoter_for(scope=request.scope, pk=pk))


def _form(request: DeskRequest, promoter: Promoter | None) -> HttpResponseBase:
    is_ours = promoter is None or request.scope.covers(code=promoter.area_id)
    if request.method == "POST" and not is_ours:
        raise NotAllowed("This promoter belongs to the whole organisation.")
    form = PromoterForm(request.POST or None, instance=promoter, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        kept = Promoter.objects.get(pk=promoter.pk) if promoter else None
        written = write_promoter(promoter=kept, **form.cleaned_data, by=request.user, now=clock().now())
        messages.success(request, _("Saved."))
        return redirect("clearance_desk:promoter", pk=written.pk)
    if not is_ours:
        for field in form.fields.values():
            field.disabled = True
    return render(
        request,
        "clearance/promoter.html",
        {
            "title": promoter.name if promoter else _("Add a promoter"),
            "icon": "user",
            "form": form,
            "is_ours": is_ours,
            "callouts": _callouts(request, promoter, is_ours=is_ours),
            "facts": _verification(promoter),
            "cancel_url": reverse("clearance_desk:promoters"),
            "back": Action(label=_("Promoters and printers"), url=reverse("clearance_desk:promoters")),
        },
        status=422 if form.is_bound else 200,
    )


def _callouts(request: DeskRequest, promoter: Promoter | None, *, is_ours: bool) -> list[Callout]:
    if promoter is None:
        return []
    found = []
    if not is_ours:
        found.append(
            Callout(text=_("This promoter belongs to the whole organisation. Ask the agent to change it."))
        )
    may = scope_of(user=request.user, right=Right.VERIFY_PROMOTERS, on=clock().today_in_uk())
    if not promoter.is_verified:
        found.append(
            Callout(
                text=_(
                    "Nobody has verified this name and address yet, so no material that names it can be "
                    "approved."
                ),
                tone="warn",
                actions=(
                    Action(
                        label=_("Verify"),
                        url=reverse("clearance_desk:verify_promoter", args=[promoter.pk]),
                        is_primary=True,
                        is_allowed=may.covers(code=promoter.area_id),
                    ),
                ),
            )
        )
    elif is_ours:
        found.append(Callout(text=_("Changing the name or the address takes the verification away.")))
    return found


def _verification(promoter: Promoter | None) -> list[Fact]:
    if promoter is None or not promoter.is_verified:
        return []
    return [
        Fact(label=_("Verified"), value=promoter.verified_at),
        Fact(label=_("By"), value=str(promoter.verified_by or "")),
        Fact(label=_("Evidence"), value=promoter.evidence),
    ]


@needs(Right.VERIFY_PROMOTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Keep how name and address were checked."""
    promoter = promoter_for(scope=request.scope, pk=pk)
    form = EvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verify_promoter(
                promoter=promoter, evidence=form.cleaned_data["evidence"], by=request.user, now=clock().now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(
                request,
                _("Verified. Material that names %(name)s can be approved now.") % {"name": promoter.name},
            )
            return redirect("clearance_desk:promoter", pk=pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Verify %(name)s") % {"name": promoter.name},
            "icon": "check",
            "question": _(
                "You vouch that this person or organisation can be reached by letter at this address."
            ),
            "facts": [
                Fact(label=_("Name"), value=promoter.name),
                Fact(label=_("Address"), value=promoter.full_address),
            ],
            "form": form,
            "confirm_label": _("Verify"),
            "is_danger": False,
            "cancel_url": reverse("clearance_desk:promoter", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )
