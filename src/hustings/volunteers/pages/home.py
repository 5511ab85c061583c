"""A volunteer's own page: shifts, groups, courses, limits."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.basics.clock import clock
from hustings.platform import wiring
from hustings.volunteers.hosting.access import stays_of
from hustings.volunteers.models import TAKING, BookingState
from hustings.volunteers.pages.forms import LimitsForm
from hustings.volunteers.pages.way_in import SESSION_KEY, VolunteerRequest, for_volunteers, mark_of
from hustings.volunteers.queries import minutes_committed
from hustings.volunteers.queries.conduct import has_accepted
from hustings.volunteers.queries.events import bookings_of
from hustings.volunteers.queries.groups import memberships_of
from hustings.volunteers.queries.own_page import lifts_of, shares_of
from hustings.volunteers.queries.training import progress_of
from hustings.volunteers.usecases.leave import leave


@for_volunteers
@require_safe
def home(request: VolunteerRequest) -> HttpResponse:
    """Everything of one's own on one page."""
    volunteer, now, today = request.volunteer, clock().now(), clock().today_in_uk()
    limit = volunteer.weekly_limit_minutes
    promised = minutes_committed(volunteer=volunteer, week=today)
    return render(
        request,
        "volunteers/home.html",
        {
            "volunteer": volunteer,
            "mark": mark_of(volunteer=volunteer),
            "is_welcome": "welcome" in request.GET,
            "has_rules": has_accepted(volunteer=volunteer),
            "proposed": bookings_of(volunteer=volunteer, states=[BookingState.PROPOSED], after=now),
            "booked": bookings_of(volunteer=volunteer, states=[BookingState.BOOKED], after=now),
            "waiting": bookings_of(volunteer=volunteer, states=[BookingState.WAITING], after=now),
            "lifts": lifts_of(volunteer=volunteer, now=now),
            "shares": shares_of(volunteer=volunteer, now=now),
            "memberships": memberships_of(volunteer=volunteer),
            "stays": [
                (stay, stay.offer.volunteer_id == volunteer.pk)
                for stay in stays_of(volunteer=volunteer).filter(state__in=TAKING, leave_on__gte=today)
            ],
            "further": [(words, reverse(name)) for words, name in wiring.volunteer_pages()],
            "progress": progress_of(volunteer=volunteer, on=today),
            "limit_hours": None if limit is None else f"{limit / 60:g}",
            "promised_hours": f"{promised / 60:g}",
            "is_above": limit is not None and promised > limit,
            "calendar_url": f"{settings.HUSTINGS_ADDRESS}{reverse('volunteers:my_calendar', args=[volunteer.calendar_key])}",
        },
    )


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: VolunteerRequest) -> HttpResponse:
    """One's own limits and times."""
    volunteer = request.volunteer
    form = LimitsForm(request.POST or None, volunteer=volunteer)
    if request.method == "POST" and form.is_valid() and form.is_kept(now=clock().now()):
        messages.success(request, _("Saved. What we plan for you keeps to it."))
        return redirect("volunteers:home")
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteers/limits.html", {"form": form}, status=status)


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: VolunteerRequest) -> HttpResponse:
    """Stop helping: asked once more, then everything promised is given back."""
    if request.method == "POST":
        leave(volunteer=request.volunteer, now=clock().now())
        request.session.pop(SESSION_KEY, None)
        return HttpResponseRedirect("/", status=303)
    return render(request, "volunteers/stop.html", {})
