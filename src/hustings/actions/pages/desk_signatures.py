"""Signatures on the desk: the list and its export, one signature, keying sheets and calls."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.actions.access import petition_for, petitions_for, signature_for, signatures_for
from hustings.actions.models import Petition, PetitionState, Signature, SignatureSource, SignatureState
from hustings.actions.pages.desk_forms import KeyForm, ReasonForm
from hustings.actions.usecases.key_signature import key_signature
from hustings.actions.usecases.strike_out_signature import strike_out_signature
from hustings.basics.clock import clock
from hustings.people.models import ConsentWording
from hustings.platform.audit import record
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Empty, Fact, Tone

_TONES: dict[str, Tone] = {
    SignatureState.PENDING: "info",
    SignatureState.CONFIRMED: "good",
    SignatureState.WITHDRAWN: "warn",
}


@needs(Right.SEE_PEOPLE)
@require_safe
def signature_list(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The signatures under one petition, as a page or as CSV."""
    petition = petition_for(scope=request.scope, pk=pk)
    rows = signatures_for(scope=request.scope, petition=petition)
    key = Action(
        label=_("Key signatures"),
        url=reverse("actions_desk:key", args=[petition.pk]),
        icon="edit",
        is_allowed=may(request, Right.KEY_SIGNATURES) and petition.opens_at is not None,
    )
    return list_page(
        request,
        Listing(
            title=_("Signatures under “%(title)s”") % {"title": petition.title},
            icon="list-ul",
            back=Action(label=petition.title, url=reverse("actions_desk:petition", args=[petition.pk])),
            rows=rows,
            columns=_columns(petition),
            search=("given_name", "family_name", "postcode", "canonical_email"),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(value, str(label)) for value, label in SignatureState.choices],
                    field="state",
                ),
                ChoiceFilter(
                    key="source",
                    label=_("How"),
                    choices=[(value, str(label)) for value, label in SignatureSource.choices],
                    field="source",
                ),
                ChoiceFilter(key="ward", label=_("Ward"), choices=_wards(rows), field="ward"),
                DateFilter(key="signed", label=_("Signed"), field="signed_at"),
            ),
            order="-signed",
            left_out=_("Signatures that nobody confirmed in 30 days have been erased."),
            empty=Empty(
                title=_("Nobody has signed yet"),
                text=_("Pass the petition on, or key a sheet."),
                actions=(key,),
            ),
            actions=(key,),
            export=Export(
                file_name=f"signatures-{petition.slug}",
                is_allowed=_may_export(request, petition),
                note=lambda narrowed: _note_export(request, petition, narrowed),
            ),
        ),
    )


def _columns(petition: Petition) -> tuple[Column, ...]:
    def address(row: Signature) -> str:
        return reverse("actions_desk:signature", args=[petition.pk, row.pk])

    return (
        Column(
            key="name",
            label=_("Name"),
            value=lambda row: f"{row.given_name} {row.family_name}".strip() or _("erased"),
            link=address,
            sort=("family_name", "given_name"),
        ),
        Column(key="postcode", label=_("Postcode"), value="postcode", sort=("postcode",)),
        Column(key="ward", label=_("Ward"), value="ward.name", sort=("ward__name",), is_minor=True),
        Column(
            key="state",
            label=_("State"),
            value=lambda row: Badge(text=row.get_state_display(), tone=_TONES[row.state]),
            sort=("state",),
        ),
        Column(key="source", label=_("How"), value="get_source_display", sort=("source",), is_minor=True),
        Column(key="signed", label=_("Signed"), value="signed_at", sort=("signed_at",)),
        Column(key="confirmed", label=_("Confirmed"), value="confirmed_at", is_export_only=True),
        Column(key="address", label=_("House and street"), value="address_line", is_export_only=True),
        Column(key="email", label=_("Email"), value="email", is_export_only=True),
        Column(key="phone", label=_("Telephone"), value="phone", is_export_only=True),
        Column(key="version", label=_("Version of the words"), value="version.number", is_export_only=True),
    )


def _wards(rows: Any) -> list[tuple[str, str]]:
    found = rows.exclude(ward=None).order_by("ward__name").values_list("ward", "ward__name").distinct()
    return [(code, name) for code, name in found]


def _may_export(request: DeskRequest, petition: Petition) -> bool:
    """The right to take people's details away, for this very place, and a second factor: the list itself asks for less."""
    scope = scope_of(user=request.user, right=Right.EXPORT_PEOPLE, on=clock().today_in_uk())
    return scope.covers(code=petition.area_id) and is_mfa_enabled(request.user)


def _note_export(request: DeskRequest, petition: Petition, narrowed: str) -> None:
    record(
        now=clock().now(),
        actor=request.user,
        verb="exported the signatures of",
        subject_type="petition",
        subject_id=petition.pk,
        area_code=petition.area_id or "",
        narrowed=narrowed,
    )


@needs(Right.SEE_PEOPLE)
@require_safe
def signature_page(request: DeskRequest, pk: int, signature_pk: int) -> HttpResponse:
    """One signature with the words it was made under."""
    petition = petition_for(scope=request.scope, pk=pk)
    signature = signature_for(scope=request.scope, petition=petition, pk=signature_pk)
    wordings = ConsentWording.objects.in_bulk(
        [consent["wording"] for consent in signature.choices.get("consents", [])]
    )
    strike = Action(
        label=_("Strike out"),
        url=reverse("actions_desk:strike_out", args=[petition.pk, signature.pk]),
        icon="cross",
        is_danger=True,
        is_allowed=may(request, Right.EDIT_PETITIONS) and signature.state != SignatureState.WITHDRAWN,
    )
    return render(
        request,
        "actions/desk/signature.html",
        {
            "title": f"{signature.given_name} {signature.family_name}".strip() or _("An erased signature"),
            "icon": "user",
            "back": Action(label=_("Signatures"), url=reverse("actions_desk:signatures", args=[petition.pk])),
            "subtitle": petition.title,
            "actions": [strike] if strike.is_allowed else [],
            "facts": _facts(signature),
            "signature": signature,
            "wordings": [
                wordings[consent["wording"]]
                for consent in signature.choices.get("consents", [])
                if consent["wording"] in wordings
            ],
        },
    )


def _facts(signature: Signature) -> list[Fact]:
    facts = [
        Fact(label=_("State"), value=signature.get_state_display(), tone=_TONES[signature.state]),
        Fact(label=_("How"), value=signature.get_source_display()),
        Fact(label=_("Email"), value=signature.email),
        Fact(label=_("Telephone"), value=signature.phone),
        Fact(label=_("House and street"), value=signature.address_line),
        Fact(label=_("Postcode"), value=signature.postcode),
        Fact(label=_("Ward"), value=signature.ward.name if signature.ward else ""),
        Fact(label=_("Signed"), value=signature.signed_at),
        Fact(label=_("Confirmed"), value=signature.confirmed_at),
        Fact(label=_("No longer counts since"), value=signature.withdrawn_at),
        Fact(label=_("Keyed by"), value=str(signature.keyed_by) if signature.keyed_by else ""),
    ]
    names = {
        "evidence": _("Evidence"),
        "line": _("Line on the sheet"),
        "struck_out": _("Struck out because"),
        "withdrawn": _("Taken back"),
        "replaced_by": _("Replaced by signature"),
    }
    facts += [
        Fact(label=label, value=signature.evidence[key])
        for key, label in names.items()
        if signature.evidence.get(key)
    ]
    return [fact for fact in facts if fact.value not in {None, ""}]


@needs(Right.EDIT_PETITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def strike_out(request: DeskRequest, pk: int, signature_pk: int) -> HttpResponseBase:
    """Ask for a reason, then let the signature count no more."""
    petition = petition_for(scope=request.scope, pk=pk)
    signature = signature_for(scope=request.scope, petition=petition, pk=signature_pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        strike_out_signature(
            signature=signature, reason=form.cleaned_data["reason"], by=request.user, now=clock().now()
        )
        return redirect("actions_desk:signature", pk=petition.pk, signature_pk=signature.pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Strike out this signature"),
            "icon": "cross",
            "question": _("It will no longer count. The reason stays with it."),
            "form": form,
            "confirm_label": _("Strike out"),
            "cancel_url": reverse("actions_desk:signature", args=[petition.pk, signature.pk]),
            "is_danger": True,
        },
        status=422 if form.errors else 200,
    )


@needs(Right.KEY_SIGNATURES)
@require_safe
def keying(request: DeskRequest) -> HttpResponseBase:
    """The petitions whose sheets can be keyed."""
    return list_page(
        request,
        Listing(
            title=_("Key signatures"),
            icon="edit",
            intro=_("Choose the petition on the sheet."),
            rows=petitions_for(scope=request.scope).exclude(opens_at=None).exclude(state=PetitionState.DRAFT),
            columns=(
                Column(
                    key="title",
                    label=_("Petition"),
                    value="title",
                    link=lambda row: reverse("actions_desk:key", args=[row.pk]),
                    sort=("title",),
                ),
                Column(key="place", label=_("Place"), value="area.name", sort=("area__name",)),
                Column(key="opened", label=_("Opened"), value="opens_at", sort=("opens_at",)),
            ),
            search=("title",),
            order="-opened",
            empty=Empty(
                title=_("No petition to key"), text=_("Sheets can be keyed once a petition is open.")
            ),
        ),
    )


@needs(Right.KEY_SIGNATURES)
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Key one signature after another; what is the same for a whole sheet stays filled in.

    The answer is the same whether or not the person had signed before: whoever keys a sheet does not learn who has.
    """
    petition = petition_for(scope=request.scope, pk=pk)
    if petition.opens_at is None or petition.state == PetitionState.DRAFT:
        return redirect("actions_desk:keying")
    organisation = Organisation.objects.get()
    form = KeyForm(request.POST or None, petition=petition, organisation=organisation, initial=_kept(request))
    if request.method == "POST" and form.is_valid():
        key_signature(form=form.keyed(), by=request.user, now=clock().now())
        messages.success(request, _("Kept. Somebody who had signed already is still counted once."))
        request.session[_SHEET] = {
            name: request.POST.get(name, "") for name in ("source", "signed_on", "version", "evidence")
        }
        return redirect("actions_desk:key", pk=petition.pk)
    if form.unknown_postcode:
        # Shown once as unknown; sent again it is believed.
        sent = request.POST.copy()
        sent["known_postcode"] = form.unknown_postcode
        form.data = sent
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Key a signature"),
            "subtitle": petition.title,
            "icon": "edit",
            "back": Action(label=_("Key signatures"), url=reverse("actions_desk:keying")),
            "form": form,
            "submit_label": _("Keep, and key the next"),
            "cancel_url": reverse("actions_desk:keying"),
        },
        status=422 if form.errors else 200,
    )


_SHEET = "actions_sheet"


def _kept(request: DeskRequest) -> dict[str, Any]:
    """What the last sheet's entry said of the sheet."""
    kept = request.session.get(_SHEET, {})
    return {name: value for name, value in kept.items() if value}
