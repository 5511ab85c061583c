"""The page behind the link in a confirmation message: confirm, see what was signed, take it back.

Mail scanners follow every link in a message before its reader does, so following it changes nothing: the page shows what is
about to be confirmed, and one press of its button does it. The link is the secret; the page sets no cookie and sends no
referrer.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.pages.resident_view import imprint_of, share_of
from hustings.actions.rules.standing import confirms_until
from hustings.actions.usecases.confirm_signature import (
    ChangedSinceShown,
    ConfirmedTooLate,
    LinkLeadsNowhere,
    confirm_signature,
)
from hustings.actions.usecases.withdraw_signature import withdraw_signature
from hustings.basics.clock import clock
from hustings.contacts.models import IntentionChoice, Issue
from hustings.elections.models import Party
from hustings.people.models import ConsentWording
from hustings.people.queries import preference_link
from hustings.platform.language import prefer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def signature_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show where the signature stands; a press confirms it or takes it back."""
    now = clock().now()
    is_changed = False
    if request.method == "POST":
        try:
            if request.POST.get("act") == "withdraw":
                withdraw_signature(token=token, now=now)
            else:
                confirm_signature(token=token, shown_at=_shown_at(request), now=now)
        except ChangedSinceShown:
            is_changed = True
        except (LinkLeadsNowhere, ConfirmedTooLate):
            is_changed = False  # The page itself says where the signature stands.
        else:
            address = reverse("actions:signature_link", args=[token])
            return _private(HttpResponseRedirect(address, status=303))
    signature = _signature(token)
    if signature is None:
        return _private(render(request, "actions/dead_link.html", status=404))
    prefer(request, language=str(signature.choices.get("language") or signature.petition.language))
    return _shown(request, signature, is_changed, now)


def _shown_at(request: HttpRequest) -> datetime | None:
    try:
        return parse_datetime(request.POST.get("shown_at", ""))
    except ValueError:
        return None


def _signature(token: str) -> Signature | None:
    return (
        Signature.objects.filter(token=token)
        .select_related("petition__promoter", "petition__on_behalf_of", "version", "person")
        .first()
    )


def _shown(request: HttpRequest, signature: Signature, is_changed: bool, now: datetime) -> HttpResponse:
    petition: Petition = signature.petition
    state, status = signature.state, 200
    if state == SignatureState.PENDING and now >= confirms_until(
        signed_at=signature.signed_at, closes_at=petition.closes_at
    ):
        state, status = "late", 410
    is_known = state == SignatureState.CONFIRMED and signature.person is not None
    values = {
        "signature": signature,
        "petition": petition,
        "state": state,
        "is_changed": is_changed,
        "said": _said(signature),
        "shown_at": signature.signed_at.isoformat(),
        "share": share_of(petition=petition),
        "preferences_url": preference_link(person=signature.person) if is_known and signature.person else "",
        "petition_imprint": imprint_of(petition=petition),
    }
    return _private(
        render(request, "actions/signature_link.html", values, status=409 if is_changed else status)
    )


def _said(signature: Signature) -> dict[str, object]:
    """What the signer agreed to and said, in the words they saw."""
    choices = signature.choices
    given = [consent["wording"] for consent in choices.get("consents", [])]
    wordings = ConsentWording.objects.in_bulk(given)
    intention = choices.get("intention") or {}
    if intention.get("party"):
        answer = str(Party.objects.filter(pk=intention["party"]).first() or "")
    else:
        answer = str(IntentionChoice(intention["choice"]).label) if intention else ""
    issues = Issue.objects.filter(pk__in=choices.get("issues", [])).order_by("name")
    return {
        "consents": [wordings[pk].text for pk in given if pk in wordings],
        "intention": answer,
        "issues": list(issues.values_list("name", flat=True)),
    }


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
