"""Checking in before going out alone, and out again. Small, without a script, and safe to send twice on a bad line."""

import uuid
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.words import clock_time
from hustings.postroom.queries import may_send_texts
from hustings.support.models import CheckIn
from hustings.support.usecases.check_in import check_in, check_out, standing_check_in, stay_longer
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers

_LONGER = 30


class CheckInForm(forms.Form):
    """Where to, and for how long."""

    whereabouts = forms.CharField(
        label=gettext_lazy("Where do you go?"), max_length=300,
        help_text=gettext_lazy("The streets, and who knows the way. Only forgotten again when you are back."),
        error_messages={"required": gettext_lazy("Write which streets you go to, so that somebody can find you.")},
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("When will you be back?"), coerce=int, initial=120,
        choices=(
            (30, gettext_lazy("in half an hour")),
            (60, gettext_lazy("in an hour")),
            (120, gettext_lazy("in two hours")),
            (180, gettext_lazy("in three hours")),
            (240, gettext_lazy("in four hours")),
        ),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_page(request: VolunteerRequest) -> HttpResponse:
    """Check in, stay longer, or check out."""
    volunteer, now = request.volunteer, clock().now()
    standing = standing_check_in(volunteer=volunteer)
    pressed = request.POST.get("do", "") if request.method == "POST" else ""
    problem, form = "", CheckInForm(initial={"form_key": uuid.uuid4()})
    if pressed == "back":
        check_out(volunteer=volunteer, now=now)
        return HttpResponseRedirect(f"{request.path}?back", status=303)
    if pressed == "longer" and standing is not None:
        try:
            stay_longer(standing=standing, minutes=_LONGER, now=now)
        except Refusal as fault:
            problem = fault.told(_)
        else:
            return HttpResponseRedirect(request.path, status=303)
    if pressed == "out":
        form = CheckInForm(request.POST)
        if form.is_valid():
            values = form.cleaned_data
            try:
                check_in(
                    volunteer=volunteer, whereabouts=values["whereabouts"], form_key=values["form_key"], now=now,
                    due_at=now + timedelta(minutes=values["minutes"]),
                )  # fmt: skip
            except Refusal as fault:
                problem = fault.told(_)
            else:
                return HttpResponseRedirect(request.path, status=303)
    return render(
        request,
        "support/check_in.html",
        {
            "form": form,
            "standing": standing,
            "due": clock_time(standing.due_at) if standing else "",
            "is_late": standing is not None and standing.due_at <= now,
            "is_back": "back" in request.GET and standing is None,
            "last": _last(request),
            "text_to": settings.HUSTINGS_TEXT_FROM
            if settings.HUSTINGS_TEXT_SECRET and may_send_texts()
            else "",
            "problem": problem,
        },
        status=422 if problem or form.errors else 200,
    )


def _last(request: VolunteerRequest) -> CheckIn | None:
    return CheckIn.objects.filter(volunteer=request.volunteer, has_opened_case=True, ended_at=None).first()
