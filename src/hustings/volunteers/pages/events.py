"""Events for everybody to find; signing up with or without being known; calendar files and the feed."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.places.queries import explain, locate
from hustings.platform import wiring
from hustings.platform.words import span
from hustings.volunteers.models import (
    STANDING,
    Booking,
    BookingState,
    Event,
    EventKind,
    EventState,
    Shift,
    Volunteer,
)
from hustings.volunteers.pages.forms import JoinForm
from hustings.volunteers.pages.join import look_at_your_mail
from hustings.volunteers.pages.resident import too_many, wait_to_ask
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers, volunteer_of
from hustings.volunteers.queries.events import (
    EventNear,
    entry_of,
    events_near,
    feed,
    own_calendar,
    public_calendar,
    public_events,
    shifts_with_places,
)
from hustings.volunteers.rules.calendar_file import calendar_file
from hustings.volunteers.usecases.book_shift import book_shift, give_back
from hustings.volunteers.usecases.sign_up_volunteer import DAYS_TO_CONFIRM, sign_up_volunteer

_CALENDAR = "text/calendar; charset=utf-8"


@gzip_page
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What is on: by time, or by distance from a postcode."""
    now, near, kind = clock().now(), request.GET.get("near", "").strip(), request.GET.get("kind", "")
    complaint = ""
    if near:
        found = locate(postcode=near)
        shown = events_near(postcode=near, now=now)
        if found.lat is None:
            complaint = explain(located=found) or _("We do not know where this postcode is.")
    if not near or complaint:
        shown = [EventNear(event=event, km=None) for event in public_events(now=now)]
    if kind in EventKind.values:
        shown = [each for each in shown if each.event.kind == kind]
    return render(
        request,
        "volunteers/events.html",
        {"shown": shown, "near": near, "kind": kind, "kinds": EventKind.choices, "complaint": complaint},
    )


def shift_words(shift: Shift) -> str:
    """A shift as people choose it: what, and from when until when."""
    words = _("%(task)s: %(when)s") % {
        "task": shift,
        "when": span(starts_at=shift.starts_at, ends_at=shift.ends_at),
    }
    return capfirst(words)


class ShiftField(forms.ModelChoiceField[Shift]):
    """A choice among the shifts of an event, in words."""

    def label_from_instance(self, obj: Any) -> str:
        """What, and from when until when."""
        return shift_words(obj)


class SignUpForm(JoinForm):
    """A place at an event, for somebody we do not know yet."""

    shift = ShiftField(
        queryset=Shift.objects.none(),
        label=gettext_lazy("Which shift?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose a shift.")},
    )
    field_order = ("shift",)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shift"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = event.shifts.all()
        if event.shifts.count() == 1:
            field.initial = event.shifts.get().pk


# Nobody is signed in where this form is shown, and every form is confirmed by email, so there is nothing to forge.
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, and the form that signs somebody up who is not known; volunteers press a button instead."""
    now, found, volunteer = clock().now(), _event(slug), volunteer_of(request)
    is_open = found.state == EventState.OPEN and found.ends_at > now
    form = SignUpForm(request.POST or None, event=found) if is_open else None
    if request.method == "POST" and form is not None and form.is_valid():
        if seconds := wait_to_ask(request, now):
            return too_many(request, seconds)
        shift = form.cleaned_data["shift"]
        about = f"{found.title}, {shift_words(shift)}"
        sign_up_volunteer(
            **form.details(),
            now=now,
            wishes={"shift": shift.pk},
            about=about,
            language=get_language() or "en-gb",
        )
        return look_at_your_mail(request, form.cleaned_data["email"], about)
    response = render(
        request,
        "volunteers/event.html",
        {
            "event": found,
            "form": form,
            "shifts": _shown_shifts(found, volunteer),
            "volunteer": volunteer,
            "is_open": is_open,
            "is_over": found.ends_at <= now,
            "privacy_url": wiring.privacy_notice_url(),
            "days": DAYS_TO_CONFIRM,
        },
        status=422 if request.method == "POST" else 200,
    )
    if volunteer or request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def _shown_shifts(found: Event, volunteer: Volunteer | None) -> list[dict[str, Any]]:
    mine = {}
    if volunteer is not None:
        bookings = Booking.objects.filter(volunteer=volunteer, shift__event=found, state__in=STANDING)
        mine = {booking.shift_id: booking for booking in bookings}
    return [
        {
            "shift": each.shift,
            "title": capfirst(str(each.shift)),
            "free": each.free,
            "booking": mine.get(each.shift.pk),
        }
        for each in shifts_with_places(event=found)
    ]


@for_volunteers
@require_POST
def take_shift(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Take a shift, or a place on its waiting list."""
    shift = get_object_or_404(Shift.objects.select_related("event"), pk=pk, event__state=EventState.OPEN)
    take(request, volunteer=request.volunteer, shift=shift)
    return redirect("volunteers:event", slug=shift.event.slug)


def take(request: HttpRequest, *, volunteer: Volunteer, shift: Shift) -> None:
    """Book a shift and say on the next page what came of it."""
    try:
        booking = book_shift(volunteer=volunteer, shift=shift, now=clock().now())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
        return
    if booking.state == BookingState.WAITING:
        messages.success(
            request, _("“%(title)s” is full. You are on the waiting list.") % {"title": shift.event.title}
        )
    else:
        messages.success(
            request, _("You are booked for “%(title)s”. Thank you.") % {"title": shift.event.title}
        )


@for_volunteers
@require_POST
def give_shift_back(request: VolunteerRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give a place back, leave a waiting list, or decline a proposal."""
    booking = get_object_or_404(Booking, public_id=public_id, volunteer=request.volunteer)
    was_proposed = booking.state == BookingState.PROPOSED
    give_back(booking=booking, now=clock().now())
    messages.success(
        request,
        _("That is fine. Somebody else is asked.")
        if was_proposed
        else _("Your place is given back. Thank you."),
    )
    return redirect("volunteers:home")


@for_volunteers
@require_POST
def accept_shift(request: VolunteerRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say yes to a proposal."""
    booking = get_object_or_404(
        Booking.objects.select_related("shift__event"),
        public_id=public_id,
        volunteer=request.volunteer,
        state=BookingState.PROPOSED,
    )
    take(request, volunteer=request.volunteer, shift=booking.shift)
    return redirect("volunteers:home")


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as a calendar file."""
    found = _event(slug)
    content = calendar_file(
        name=found.title, entries=[entry_of(event=found, remind_hours=2)], made_at=clock().now()
    )
    return HttpResponse(
        content, content_type=_CALENDAR, headers={"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    )


@gzip_page
@require_safe
def events_calendar(request: HttpRequest) -> HttpResponse:
    """Every public event as a calendar that others subscribe to."""
    response = HttpResponse(public_calendar(now=clock().now()), content_type=_CALENDAR)
    response["Cache-Control"] = "public, max-age=600"
    return response


@require_safe
def my_calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A volunteer's own shifts as a calendar; the secret in the address is theirs alone."""
    volunteer = Volunteer.objects.filter(calendar_key=key, left_at=None).first()
    if volunteer is None:
        raise Http404
    response = HttpResponse(own_calendar(volunteer=volunteer, now=clock().now()), content_type=_CALENDAR)
    response["Cache-Control"] = "private, max-age=600"
    return response


@gzip_page
@require_safe
def events_feed(request: HttpRequest) -> JsonResponse:
    """Public events and needs for other installations and anybody's page (docs/feeds.md)."""
    response = JsonResponse(feed(now=clock().now()))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response


def _event(slug: str) -> Event:
    """An event that is or was open to the public."""
    found = (
        Event.objects.exclude(state=EventState.DRAFT)
        .select_related("area", "required_course")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    return found
