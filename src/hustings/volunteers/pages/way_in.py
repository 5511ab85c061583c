"""The way in for volunteers: an emailed link that works once, a session that remembers it, and the guard of their pages.

A login that belongs to a volunteer counts too. Following the link changes nothing, as mail scanners follow every link; a press
of the button on its page uses it up.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from hustings.basics.clock import clock
from hustings.volunteers.models import Volunteer
from hustings.volunteers.pages.forms import WayInForm
from hustings.volunteers.pages.resident import private, too_many, wait_to_ask, wait_to_look
from hustings.volunteers.usecases.ask_way_in import LINK_MINUTES, ask_way_in
from hustings.volunteers.usecases.use_way_in import WayInClosed, use_way_in, way_in_of

#: The session's entry: the volunteer's public id.
SESSION_KEY = "volunteer"

#: How long the browser remembers a volunteer.
SESSION_DAYS = 60


class VolunteerRequest(HttpRequest):
    """A request that has passed the guard: `volunteer` is whose page it is."""

    volunteer: Volunteer


def for_volunteers(
    view: Callable[Concatenate[VolunteerRequest, ...], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, ...], HttpResponseBase]:
    """Let a view be reached by volunteers alone; the view finds `request.volunteer` and shows nothing of anybody else's.

    Whoever is not let in yet is asked for their address first, and comes back here. The guarded view carries
    `is_for_volunteers`, which a test reads for every address.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        volunteer = volunteer_of(request)
        if volunteer is None:
            return HttpResponseRedirect(
                f"{reverse('volunteers:ask_way_in')}?{urlencode({'next': _back(request)})}"
            )
        mine = cast(VolunteerRequest, request)
        mine.volunteer = volunteer
        response = view(mine, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    guarded.is_for_volunteers = True  # type: ignore[attr-defined]  # a mark that a test reads
    return guarded


def volunteer_of(request: HttpRequest) -> Volunteer | None:
    """The volunteer whose browser this is, by the link they came in with or by their login; none where nobody is known."""
    volunteers = Volunteer.objects.select_related("person", "area").filter(
        left_at=None, person__erased_at=None
    )
    known = request.session.get(SESSION_KEY)
    if known:
        return volunteers.filter(public_id=known).first()
    if request.user.is_authenticated:
        return volunteers.filter(user=request.user).first()
    return None


def mark_of(*, volunteer: Volunteer) -> str:
    """By what a browser tells one volunteer's things from another's: it tells nobody who they are."""
    return salted_hmac("hustings.volunteers.mark", str(volunteer.public_id)).hexdigest()[:16]


def let_in(*, request: HttpRequest, volunteer: Volunteer) -> None:
    """Remember the volunteer in this browser, under a new session key."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(volunteer.public_id)
    request.session.set_expiry(SESSION_DAYS * 24 * 3600)


# Nobody is signed in yet and the form only sends a message to whoever is known, so there is nothing to forge.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask_way_in_page(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether the address is known or not."""
    now = clock().now()
    leads_to = safe_path(request.GET.get("next", ""))
    form = WayInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if seconds := wait_to_ask(request, now):
            return too_many(request, seconds)
        ask_way_in(email=form.cleaned_data["email"], now=now, leads_to=leads_to)
        return private(HttpResponseRedirect(reverse("volunteers:ask_way_in") + "?sent=1", status=303))
    values = {"form": form, "is_sent": "sent" in request.GET, "minutes": LINK_MINUTES, "leads_to": leads_to}
    status = 422 if request.method == "POST" else 200
    return private(render(request, "volunteers/ask_way_in.html", values, status=status))


# The secret in the address is the proof; there is no session yet in whose name a form could be forged.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def way_in_page(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mailed link: one button that opens the volunteer's own page."""
    now: datetime = clock().now()
    if seconds := wait_to_look(request, now):
        return too_many(request, seconds)
    try:
        if request.method == "POST":
            used = use_way_in(secret=token, now=now)
            let_in(request=request, volunteer=used.volunteer)
            leads_to = safe_path(used.leads_to) or reverse("volunteers:home")
            return private(HttpResponseRedirect(leads_to, status=303))
        found = way_in_of(secret=token, now=now)
    except WayInClosed:
        values = {"form": WayInForm(), "minutes": LINK_MINUTES, "is_closed": True}
        return private(render(request, "volunteers/ask_way_in.html", values, status=410))
    return private(
        render(request, "volunteers/way_in.html", {"given_name": found.volunteer.person.given_name})
    )


@require_POST
def way_out(request: HttpRequest) -> HttpResponse:
    """Forget the volunteer in this browser."""
    request.session.pop(SESSION_KEY, None)
    request.session.cycle_key()
    return private(HttpResponseRedirect("/", status=303))


def safe_path(path: str) -> str:
    """A path of this site, or nothing."""
    is_own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_own else ""


def _back(request: HttpRequest) -> str:
    """Where to come back to: a form that was sent cannot be sent again for somebody, so its page is the referring one."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("volunteers:home")
