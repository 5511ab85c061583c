"""The public page of a petition: read it, sign it, see how far it is."""

import logging
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from hustings.actions.models import Petition
from hustings.actions.pages.answer_page import answer_page
from hustings.actions.pages.form_stamp import Stamp, StampUnreadable, read_stamp
from hustings.actions.pages.resident_view import page_values
from hustings.actions.pages.sign_form import SignForm
from hustings.actions.queries import as_json, public_petitions, signable, standing_of
from hustings.actions.rules.allowances import (
    ADDRESS_BURST,
    ADDRESS_PER_MINUTE,
    NETWORK_BURST,
    NETWORK_PER_MINUTE,
)
from hustings.actions.rules.standing import Standing
from hustings.actions.usecases.take_signature import FormFilledIn, take_signature
from hustings.basics.clock import clock
from hustings.platform.client_address import network_of
from hustings.platform.group_commit import NotStored
from hustings.platform.language import prefer
from hustings.platform.rate_limit import Allowance, limits

logger = logging.getLogger(__name__)

_ADDRESS = Allowance(burst=ADDRESS_BURST, per_minute=ADDRESS_PER_MINUTE)
_NETWORK = Allowance(burst=NETWORK_BURST, per_minute=NETWORK_PER_MINUTE)


@gzip_page
@require_safe
def petition_list(request: HttpRequest) -> HttpResponse:
    """Every petition that is open, then those that were, with what came of them."""
    now = clock().now()
    petitions = list(public_petitions().select_related("area").order_by("-opens_at", "-pk"))
    standings = {petition.pk: standing_of(petition=petition, now=now) for petition in petitions}
    return render(
        request,
        "actions/petitions.html",
        {
            "open": [petition for petition in petitions if standings[petition.pk] == Standing.OPEN],
            "closed": [petition for petition in petitions if standings[petition.pk] == Standing.CLOSED],
        },
    )


# No cookie and no session stand behind this form, so there is nothing to forge; see form_stamp.py.
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def petition_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, and the form that is sent to it."""
    now = clock().now()
    if request.method == "POST":
        return _answer(request, slug, now)
    petition = _petition(slug)
    prefer(request, language=petition.language)
    return render(request, "actions/petition.html", page_values(petition=petition, now=now))


@require_safe
def petition_json(request: HttpRequest, slug: str) -> JsonResponse:
    """The petition's public figures, for anybody's page."""
    response = JsonResponse(as_json(petition=_petition(slug), now=clock().now()))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=10"
    return response


def _petition(slug: str) -> Petition:
    found = public_petitions().select_related("promoter", "on_behalf_of").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, slug: str, now: datetime) -> HttpResponse:
    """Take the form, or show it again with everything entered and the reason why it was not taken."""
    found = signable(slug=slug)
    if found is None:
        raise Http404
    petition = found.petition
    prefer(request, language=petition.language)
    if standing_of(petition=petition, now=now) != Standing.OPEN:
        values = page_values(petition=_petition(slug), now=now)
        return render(request, "actions/petition.html", values, status=409)
    form = SignForm(request.POST, petition=petition, is_registered_party=found.is_registered_party)
    if wait := _wait(request, now):
        minutes = max(1, round(wait / 60))
        said = _(
            "Many forms have come from your network. Nothing is lost: send this one again in %(minutes)d min."
        )
        response = _again(request, form, now, said % {"minutes": minutes}, status=429)
        response["Retry-After"] = str(int(wait) + 1)
        return response
    stamp, complaint = _stamp(request, petition, now)
    if stamp is None or complaint:
        return _again(request, form, now, complaint, stamp=stamp)
    if not form.is_valid():
        return _again(request, form, now, "", stamp=stamp)
    try:
        take_signature(form=_filled_in(form, petition, stamp), now=now)
    except (NotStored, DatabaseError):
        logger.exception("A signature could not be stored.")
        said = _(
            "We could not keep your signature just now. Send the form again in a moment; it counts once."
        )
        return _again(request, form, now, said, stamp=stamp, status=503)
    return answer_page(request=request, found=found, email=form.cleaned_data["email"].address)


def _wait(request: HttpRequest, now: datetime) -> float:
    """Seconds to wait before this address or its network may send another form; 0 for no wait."""
    address = request.META.get("REMOTE_ADDR", "")
    at = now.timestamp()
    table = limits()
    return table.take(key=f"sign {address}", allowance=_ADDRESS, at=at) or table.take(
        key=f"sign net {network_of(address=address)}", allowance=_NETWORK, at=at
    )


def _stamp(request: HttpRequest, petition: Petition, now: datetime) -> tuple[Stamp | None, str]:
    """The form's stamp, and what is wrong with how the form was sent, if anything is."""
    try:
        stamp = read_stamp(text=request.POST.get("stamp", ""), petition_id=petition.pk)
    except StampUnreadable:
        return None, _("This form was made elsewhere or is damaged. Look it over, and send it again.")
    if stamp.is_too_old(now=now):
        return None, _(
            "This form was open for a long time. Look it over, as its words may have changed, and send it again."
        )
    if request.POST.get("website", ""):
        return stamp, _("Leave the box “Website” empty and send the form again: only programs fill it in.")
    if stamp.is_too_fast(now=now):
        return stamp, _("That was faster than we expected. Look it over, and send it again.")
    return stamp, ""


def _again(
    request: HttpRequest,
    form: SignForm,
    now: datetime,
    complaint: str,
    *,
    stamp: Stamp | None = None,
    status: int = 422,
) -> HttpResponse:
    """The page with the form as it was sent and what to do about it."""
    petition = _petition(form.petition.slug)
    values: dict[str, Any] = page_values(petition=petition, now=now, form=form, complaint=complaint)
    if stamp is not None:
        values["stamp"] = request.POST["stamp"]
    response = render(request, "actions/petition.html", values, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _filled_in(form: SignForm, petition: Petition, stamp: Stamp) -> FormFilledIn:
    cleaned = form.cleaned_data
    return FormFilledIn(
        petition=petition,
        version_id=stamp.version_id,
        given_name=cleaned["given_name"],
        family_name=cleaned["family_name"],
        email=cleaned["email"],
        postcode=cleaned["postcode"],
        address_line=cleaned["address_line"],
        phone=cleaned["phone"],
        choices=cleaned["choices"],
        language=get_language() or "en-gb",
    )
