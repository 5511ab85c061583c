"""Sharing cars: offer and ask for seats on an event's page, answer a proposed lift on one's own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hustings.basics.clock import clock
from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.basics.refusals import Refusal
from hustings.volunteers.models import CarShare, CarSide, Event, EventState, Lift
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers
from hustings.volunteers.usecases.share_car import answer_lift, end_share, share_car


class CarForm(forms.Form):
    """Seats offered or wanted."""

    side = forms.ChoiceField(
        choices=[
            (CarSide.OFFERS, gettext_lazy("I have free seats")),
            (CarSide.WANTS, gettext_lazy("I would like a seat")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("What can you use?"),
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    outward = forms.CharField(
        max_length=8,
        label=gettext_lazy("First half of your postcode"),
        help_text=gettext_lazy("ZZ1, for example. No more than that is asked for or shown."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    seats = forms.IntegerField(
        min_value=1,
        max_value=8,
        initial=1,
        label=gettext_lazy("How many seats"),
        error_messages={
            "min_value": gettext_lazy("Enter a number of seats from 1 to 8."),
            "max_value": gettext_lazy("Enter a number of seats from 1 to 8."),
        },
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    note = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("Anything to know"),
        help_text=gettext_lazy("A folding wheelchair, a dog. The other side sees it."),
    )


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: VolunteerRequest, slug: str) -> HttpResponse:
    """Offer or ask for seats to an event."""
    event = get_object_or_404(Event, slug=slug, state=EventState.OPEN)
    form = CarForm(request.POST or None, initial={"outward": _outward_of(request.volunteer.postcode)})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        try:
            share_car(volunteer=request.volunteer, event=event, now=clock().now(), **data)
        except Refusal as problem:
            field = {"outward": "outward", "seats": "seats"}.get(problem.code)
            form.add_error(field, problem.told(_))
        else:
            messages.success(request, _("Noted. As soon as somebody fits, both of you are asked."))
            return redirect("volunteers:home")
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteers/car.html", {"form": form, "event": event}, status=status)


@for_volunteers
@require_POST
def stop_sharing(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Take an offer or a wish back."""
    end_share(share=get_object_or_404(CarShare, pk=pk, volunteer=request.volunteer), now=clock().now())
    messages.success(request, _("Taken back."))
    return redirect("volunteers:home")


@for_volunteers
@require_POST
def answer(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Say yes or no to a lift."""
    lift = get_object_or_404(Lift, pk=pk)
    try:
        answered = answer_lift(
            lift=lift,
            volunteer=request.volunteer,
            is_yes=request.POST.get("answer") == "yes",
            now=clock().now(),
        )
    except Refusal as problem:
        messages.warning(request, problem.told(_))
    else:
        messages.success(
            request,
            _("Settled. Below is how to reach each other.") if answered.is_agreed else _("Noted."),
        )
    return redirect("volunteers:home")


def _outward_of(postcode: str) -> str:
    try:
        return parse_postcode(postcode).outward
    except PostcodeError:
        return ""
