"""A volunteer's own page: shifts, groups, courses, limits."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.volunteers.pages.forms import LimitsForm
from hustings.volunteers.pages.way_in import SESSION_KEY, VolunteerRequest, for_volunteers
from hustings.volunteers.queries import minutes_committed
from hustings.volunteers.usecases.leave import leave
from hustings.volunteers.usecases.set_limits import set_limits


@for_volunteers
@require_safe
def home(request: VolunteerRequest) -> HttpResponse:
    """Everything of one's own on one page."""
    volunteer, today = request.volunteer, clock().today_in_uk()
    return render(
        request,
        "volunteers/home.html",
        {
            "volunteer": volunteer,
            "is_welcome": "welcome" in request.GET,
            "hours_this_week": minutes_committed(volunteer=volunteer, week=today) / 60,
        },
    )


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: VolunteerRequest) -> HttpResponse:
    """One's own limits and times."""
    volunteer = request.volunteer
    held = {
        "weekly_hours": None
        if volunteer.weekly_limit_minutes is None
        else f"{volunteer.weekly_limit_minutes / 60:g}",
        "free_times": volunteer.free_times,
        "is_adult": volunteer.is_adult,
    }
    form = LimitsForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            set_limits(
                volunteer=volunteer,
                weekly_limit_minutes=form.minutes(),
                free_times=form.cleaned_data["free_times"],
                is_adult=form.cleaned_data["is_adult"],
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error("weekly_hours", problem.told(_))
        else:
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
