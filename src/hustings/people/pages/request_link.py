"""The page behind the link sent to a person's own address: download everything held, or have it erased.

Having the mailbox is how the person is known to be themselves. Following the link changes nothing; a press does.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.people.models import RightsRequest, RightsRequestKind
from hustings.people.pages.resident import dead_link, private, too_many, wait_to_look
from hustings.people.queries.links import REQUEST_LINK_DAYS, LinkExpired, NotALink, request_of_token
from hustings.people.usecases.confirm_own_request import NotAskedFor, download_own_data, erase_self
from hustings.platform import audit


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def request_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was asked for; a press carries it out."""
    now = clock().now()
    if seconds := wait_to_look(request, now):
        return too_many(request, seconds)
    try:
        asked = request_of_token(token=token, now=now)
    except (NotALink, LinkExpired):
        return dead_link(request)
    if request.method == "POST":
        try:
            return private(_carry_out(request, asked, now))
        except NotAskedFor:
            return dead_link(request)
    return private(_shown(request, asked))


def _carry_out(request: HttpRequest, asked: RightsRequest, now: datetime) -> HttpResponse:
    if asked.kind == RightsRequestKind.ACCESS:
        export = download_own_data(request=asked, now=now)
        audit.record(
            now=now,
            actor=None,
            verb="downloaded by the person",
            subject_type="people.Person",
            subject_id=export.person_id,
        )
        response = HttpResponse(export.as_zip(), content_type="application/zip")
        response["Content-Disposition"] = 'attachment; filename="your-data.zip"'
        return response
    erase_self(request=asked, now=now)
    asked.refresh_from_db()
    return _shown(request, asked)


def _shown(request: HttpRequest, asked: RightsRequest) -> HttpResponse:
    person = asked.person
    if person is None or asked.kind not in {RightsRequestKind.ACCESS, RightsRequestKind.ERASURE}:
        return dead_link(request)
    is_erased = asked.kind == RightsRequestKind.ERASURE and asked.answered_at is not None
    if person.erased_at is not None and not is_erased:
        return dead_link(request)
    values = {"asked": asked, "person": person, "is_erased": is_erased, "days": REQUEST_LINK_DAYS}
    return render(request, "people/request_link.html", values)
