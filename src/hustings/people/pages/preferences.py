"""A person's own page, by their signed link: every receipt, every choice, one press to stop all, and what else they may ask.

Following the link changes nothing, as mail scanners follow every link; only a press does. The link is the secret: the page
sets no cookie and sends no referrer. It shows addresses half hidden, as a forwarded message carries the link with it.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.people.models import Person, RightsRequestKind
from hustings.people.pages.choices import Choices, choices_of
from hustings.people.pages.resident import dead_link, private, too_many, wait_to_ask, wait_to_look
from hustings.people.queries.links import PREVIEW_TOKEN, LinkExpired, NotALink, person_of_link
from hustings.people.queries.receipts import receipts, standing_objections
from hustings.people.usecases.change_preferences import SOURCE, change_preferences
from hustings.people.usecases.open_rights_request import open_rights_request
from hustings.people.usecases.record_objections import NothingToHoldOn
from hustings.people.usecases.stop_everything import stop_everything
from hustings.platform.language import prefer

_MOST_RECEIPTS = 25
_KINDS = {
    "access": RightsRequestKind.ACCESS,
    "erasure": RightsRequestKind.ERASURE,
    "rectification": RightsRequestKind.RECTIFICATION,
    "complaint": RightsRequestKind.COMPLAINT,
}
_NOTICES = frozenset({"saved", "unchanged", "stopped", "nothing", *_KINDS})


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page; a press changes something and comes back to it."""
    if token == PREVIEW_TOKEN:
        return private(render(request, "people/preview_link.html"))
    now = clock().now()
    if seconds := wait_to_look(request, now):
        return too_many(request, seconds)
    try:
        person = person_of_link(token=token, now=now)
    except (NotALink, LinkExpired):
        return dead_link(request)
    prefer(request, language=person.language)
    choices = choices_of(person=person, now=now)
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in _KINDS and (seconds := wait_to_ask(request, now, key=str(person.public_id))):
            return too_many(request, seconds)
        notice = _do(act, request, person, choices, now)
        address = reverse("people:preferences", args=[token])
        return private(HttpResponseRedirect(f"{address}?did={notice}", status=303))
    return private(render(request, "people/preferences.html", _shown(request, person, choices)))


def _do(act: str, request: HttpRequest, person: Person, choices: Choices, now: datetime) -> str:
    """Carry out what was pressed; returns the notice to show."""
    if act == "stop":
        try:
            stop_everything(person=person, source=SOURCE, now=now)
        except NothingToHoldOn:
            return "nothing"
        return "stopped"
    if act in _KINDS:
        open_rights_request(
            kind=_KINDS[act],
            source=SOURCE,
            now=now,
            person=person,
            details=request.POST.get("words", "")[:5000],
            # What only asks for an answer to the address on file needs no further proof of who asks.
            is_identity_known=act in {"rectification", "complaint"},
        )
        return act
    if act != "save":
        return ""
    changed = change_preferences(
        person=person,
        choices=choices.ticked(request.POST.getlist("choice")),
        never=choices.never_ticked(request.POST.getlist("never")),
        evidence={"page": SOURCE, "by": "their own signed link"},
        now=now,
    )
    return "saved" if changed else "unchanged"


def _shown(request: HttpRequest, person: Person, choices: Choices) -> dict[str, Any]:
    did = request.GET.get("did", "")
    every = list(receipts(person_id=person.pk)[: _MOST_RECEIPTS + 1])
    return {
        "person": person,
        "choices": choices,
        "did": did if did in _NOTICES else "",
        "receipts": every[:_MOST_RECEIPTS],
        "has_more_receipts": len(every) > _MOST_RECEIPTS,
        "objections": [one for one in standing_objections(person_id=person.pk) if one.is_sure],
        "has_email": choices.has_email,
    }
