"""The page that answers a form: the same for everybody but for the address that was entered.

In a surge it is most of what the server has to say, and it always says the same. So it is drawn once for each petition and
language and kept for some seconds; only the address (and the nonce of the page's one style rule) are put in each time. What
is kept decides nothing: whether the petition is open is asked for every form.
"""

import time
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from hustings.actions.pages.resident_view import imprint_by
from hustings.actions.queries import Signable
from hustings.actions.rules.standing import DAYS_TO_CONFIRM

_KEPT_SECONDS = 5.0
_MOST_KEPT = 64
_ADDRESS = "address-goes-here@petition.invalid"
_NONCE = "nonce-goes-here"


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A drawn page and when it was drawn."""

    html: str
    drawn_at: float
    has_nonce: bool


_kept: dict[tuple[str, ...], _Kept] = {}


def answer_page(*, request: HttpRequest, found: Signable, email: str) -> HttpResponse:
    """Say that the form was taken, and what to do now."""
    imprint = imprint_by(promoter=found.promoter, on_behalf_of=found.on_behalf_of)
    key = (
        str(found.petition.public_id),
        found.petition.title,
        found.organisation_name,
        imprint,
        get_language() or "",
    )
    page = _kept.get(key)
    now = time.monotonic()
    if page is None or now - page.drawn_at > _KEPT_SECONDS:
        if page is not None:
            # One request draws it again; the others of this moment take what there is, as nobody gains by their waiting.
            _kept[key] = replace(page, drawn_at=now)
        page = _drawn(request, found, imprint)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = page
    html = page.html.replace(_ADDRESS, escape(email))
    if page.has_nonce:
        html = html.replace(_NONCE, str(request.csp_nonce))  # type: ignore[attr-defined]  # django-csp sets it
    return HttpResponse(html, headers={"Cache-Control": "no-store"})


def _drawn(request: HttpRequest, found: Signable, imprint: str) -> _Kept:
    html: str = render_to_string(
        "actions/signed.html",
        {
            "petition": found.petition,
            "email": _ADDRESS,
            "days": DAYS_TO_CONFIRM,
            "petition_imprint": imprint,
        },
        request=request,
    )
    nonce = str(getattr(request, "csp_nonce", "")) if "nonce=" in html else ""
    if nonce:
        html = html.replace(nonce, _NONCE)
    return _Kept(html=html, drawn_at=time.monotonic(), has_nonce=bool(nonce))
