"""Stopping marketing by email: one click for mail programs (RFC 8058), one button for people.

Looking at the page changes nothing, because mail scanners follow every link; only a POST does. The token is the authority:
there is no login and no cookie, so there is nothing that a forged request could borrow, and the check against those is off.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.people.queries import NotALink, preference_link, read_unsubscribe_token
from hustings.people.queries.links import PREVIEW_TOKEN
from hustings.platform.language import prefer
from hustings.postroom.usecases.stop_by_link import person_to_stop, stop_by_link


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on POST record the objection. A link that was cut short gets a page that says so."""
    if token == PREVIEW_TOKEN:
        return render(request, "people/preview_link.html")
    try:
        choice = read_unsubscribe_token(token=token)
    except NotALink:
        return render(request, "postroom/not_a_link.html", status=404)
    is_done = request.method == "POST"
    if is_done:
        stop_by_link(choice=choice, now=clock().now())
    person = person_to_stop(choice=choice)
    prefer(request, language=person.language if person is not None else "")
    context = {
        "is_done": is_done,
        "preferences_url": preference_link(person=person) if person is not None else "",
    }
    return render(request, "postroom/unsubscribe.html", context)
