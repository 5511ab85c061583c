"""Who comes to an event: the list, proposing a rota, noting who came."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.people.models import ContactPoint, ContactPointKind
from hustings.platform.pages.listing import ChoiceFilter, Column, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Tone
from hustings.platform.words import moment
from hustings.volunteers.access import event_for, volunteers_for
from hustings.volunteers.models import Booking, BookingState, Event, Shift, Volunteer
from hustings.volunteers.usecases.note_attendance import note_attendance
from hustings.volunteers.usecases.propose_shifts import propose_shifts

_TONES: dict[str, Tone] = {
    BookingState.PROPOSED: "info",
    BookingState.BOOKED: "good",
    BookingState.WAITING: "warn",
    BookingState.CANCELLED: "plain",
    BookingState.DECLINED: "plain",
}


def _address(event: Event) -> str:
    return reverse("volunteers_desk:event", args=[event.pk])


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def bookings(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Everybody who stands to an event, with the telephone number for the day."""
    event = event_for(scope=request.scope, pk=pk)
    rows = Booking.objects.filter(shift__event=event).select_related("shift", "volunteer__person")
    phones = dict(
        ContactPoint.objects.filter(
            person__in=rows.values("volunteer__person"), kind=ContactPointKind.PHONE, is_preferred=True
        ).values_list("person_id", "value")
    )
    return list_page(
        request,
        Listing(
            title=_("Who comes to %(title)s") % {"title": event.title},
            icon="user",
            back=Action(label=event.title, url=_address(event)),
            rows=rows,
            columns=(
                Column(
                    key="name",
                    label=_("Volunteer"),
                    value=lambda row: str(row.volunteer),
                    sort=("volunteer__person__family_name", "volunteer__person__given_name"),
                ),
                Column(
                    key="shift", label=_("Shift"), value=lambda row: str(row.shift), sort=("shift__task",)
                ),
                Column(key="starts", label=_("When"), value="shift.starts_at", sort=("shift__starts_at",)),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda row: Badge(text=row.get_state_display(), tone=_TONES[row.state]),
                    sort=("state",),
                ),
                Column(
                    key="phone",
                    label=_("Telephone"),
                    value=lambda row: phones.get(row.volunteer.person_id, ""),
                    is_screen_only=True,
                ),
                Column(key="attended", label=_("Came"), value="attended", is_minor=True),
            ),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(value, str(label)) for value, label in BookingState.choices],
                    field="state",
                ),
            ),
            order="starts",
            empty=Empty(title=_("Nobody yet"), text=_("Open the event, share its page, or propose a rota.")),
        ),
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Look at a proposed rota, and send it: each person says yes or no."""
    event, now = event_for(scope=request.scope, pk=pk), clock().now()
    among = volunteers_for(scope=request.scope)
    if request.method == "POST":
        made = propose_shifts(event=event, among=among, by=request.user, now=now)
        messages.success(
            request, _("%(asked)d people are asked; each says yes or no.") % {"asked": len(made.bookings)}
        )
        return redirect("volunteers_desk:bookings", pk=pk)
    planned = propose_shifts(event=event, among=among, by=request.user, now=now, is_dry_run=True)
    if not planned.bookings:
        nobody = Callout(
            text=_(
                "Nobody can be proposed: every place is taken, or nobody near is free within their limits."
            ),
            tone="warn",
        )
        return render(
            request,
            "desk/detail.html",
            {
                "title": _("A rota for %(title)s") % {"title": event.title},
                "icon": "group",
                "back": Action(label=event.title, url=_address(event)),
                "callouts": [nobody],
                "facts": [Fact(label=_("Places that stay empty"), value=planned.gaps)],
            },
        )
    names = Volunteer.objects.select_related("person").in_bulk([one.volunteer_id for one in planned.bookings])
    shifts = Shift.objects.in_bulk([one.shift_id for one in planned.bookings])
    return render(
        request,
        "volunteers/desk/rota.html",
        {
            "title": _("A rota for %(title)s") % {"title": event.title},
            "icon": "group",
            "question": _(
                "Nobody is asked for more hours than they set (six a week where they set none), at a time that is not theirs, "
                "or without the course a shift asks for. Who declined before is left alone."
            ),
            "rows": [
                {
                    "name": str(names[one.volunteer_id]),
                    "shift": str(shifts[one.shift_id]),
                    "when": moment(shifts[one.shift_id].starts_at),
                }
                for one in planned.bookings
            ],
            "gaps": planned.gaps,
            "confirm_label": _("Ask them"),
            "cancel_url": _address(event),
            "is_danger": False,
        },
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Tick who came."""
    event = event_for(scope=request.scope, pk=pk)
    rows = list(
        Booking.objects.filter(shift__event=event, state=BookingState.BOOKED)
        .select_related("shift", "volunteer__person")
        .order_by("shift__starts_at", "volunteer__person__family_name", "pk")
    )
    if request.method == "POST":
        answers = {"yes": True, "no": False}
        came = {row.pk: answers.get(request.POST.get(f"came-{row.pk}", "")) for row in rows}
        try:
            changed = note_attendance(event=event, came=came, by=request.user, now=clock().now())
        except Refusal as problem:
            messages.warning(request, problem.told(_))
        else:
            messages.success(request, _("Noted; %(changed)d changed.") % {"changed": changed})
        return redirect(_address(event))
    return render(
        request,
        "volunteers/desk/attendance.html",
        {
            "title": _("Who came to %(title)s") % {"title": event.title},
            "icon": "tick",
            "back": Action(label=event.title, url=_address(event)),
            "rows": rows,
        },
    )
