"""Offer to help, and confirm it by the mailed link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.platform import wiring
from hustings.volunteers.models import Shift
from hustings.volunteers.pages.forms import JoinForm
from hustings.volunteers.pages.resident import private, too_many, wait_to_ask, wait_to_look
from hustings.volunteers.pages.way_in import let_in
from hustings.volunteers.usecases.confirm_volunteer import (
    Confirmed,
    JoiningLinkClosed,
    confirm_volunteer,
    joining_of,
)
from hustings.volunteers.usecases.sign_up_volunteer import DAYS_TO_CONFIRM, sign_up_volunteer


# Nobody is signed in and every form is confirmed by email, so there is nothing to forge.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The form that offers to help."""
    now = clock().now()
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if seconds := wait_to_ask(request, now):
            return too_many(request, seconds)
        sign_up_volunteer(**form.details(), now=now, language=get_language() or "en-gb")
        return look_at_your_mail(request, form.cleaned_data["email"])
    values = {"form": form, "privacy_url": wiring.privacy_notice_url(), "days": DAYS_TO_CONFIRM}
    return private(
        render(request, "volunteers/join.html", values, status=422 if request.method == "POST" else 200)
    )


def look_at_your_mail(request: HttpRequest, email: str, about: str = "") -> HttpResponse:
    """Say the same to everybody: a link is on its way."""
    values = {"email": email, "days": DAYS_TO_CONFIRM, "about": about}
    return private(render(request, "volunteers/look_at_your_mail.html", values))


# The secret in the address is the proof; there is no session yet in whose name a form could be forged.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def joining_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mailed link; a press makes a volunteer and opens their page."""
    now = clock().now()
    if seconds := wait_to_look(request, now):
        return too_many(request, seconds)
    try:
        if request.method == "POST":
            confirmed = confirm_volunteer(secret=token, now=now)
            let_in(request=request, volunteer=confirmed.volunteer)
            _grant(request, confirmed)
            return private(HttpResponseRedirect(reverse("volunteers:home") + "?welcome=1", status=303))
        form = joining_of(secret=token, now=now)
    except JoiningLinkClosed:
        values = {"title": _("This link no longer works")}
        return private(render(request, "volunteers/joining_closed.html", values, status=410))
    return private(render(request, "volunteers/joining_link.html", {"joining": form}))


def _grant(request: HttpRequest, confirmed: Confirmed) -> None:
    """Do what the volunteer wanted when they filled in the form, and say what came of it."""
    from hustings.volunteers.pages.events import take

    shift = Shift.objects.select_related("event").filter(pk=confirmed.wishes.get("shift") or 0).first()
    if shift is not None:
        take(request, volunteer=confirmed.volunteer, shift=shift)
