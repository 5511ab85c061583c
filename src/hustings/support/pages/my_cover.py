"""A volunteer's own shifts of cover: what they promised, what the next ones should know, and giving a shift back."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.support.models import CoverClaim
from hustings.support.pages.words import day_and_span
from hustings.support.usecases.change_cover import hand_over
from hustings.support.usecases.give_back_shift import give_back_shift
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def my_cover(request: VolunteerRequest) -> HttpResponse:
    """Shifts from now on, each with its place, its newest note, and a box for the next ones."""
    now, today = clock().now(), clock().today_in_uk()
    rows = CoverClaim.objects.filter(
        volunteer=request.volunteer, ended_at=None, shift__ends_at__gt=now, shift__period__closed_at=None
    )
    claims = list(rows.select_related("shift__period__venue").order_by("shift__starts_at", "pk"))
    problem, typed = "", ""
    if request.method == "POST":
        chosen = next((claim for claim in claims if str(claim.pk) == request.POST.get("claim")), None)
        if chosen is not None and "back" in request.POST:
            give_back_shift(claim=chosen, now=now)
            return HttpResponseRedirect(request.path, status=303)
        if chosen is not None:
            typed = request.POST.get("text", "")[:2_000]
            try:
                hand_over(period=chosen.shift.period, text=typed, by_volunteer=request.volunteer, now=now)
            except Refusal as fault:
                problem = fault.told(_)
            else:
                return HttpResponseRedirect(request.path, status=303)
    context = {
        "problem": problem,
        "typed": typed,
        "rows": [
            {
                "claim": claim,
                "when": day_and_span(
                    starts_at=claim.shift.starts_at, ends_at=claim.shift.ends_at, today=today
                ),
                "period": claim.shift.period,
                "venue": claim.shift.period.venue,
                "note": claim.shift.period.notes.first(),
            }
            for claim in claims
        ],
    }
    return render(request, "support/my_cover.html", context, status=422 if problem else 200)
