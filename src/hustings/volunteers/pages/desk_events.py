"""Events on the desk: the list, one event, making and changing it, its shifts, opening and calling off."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Tile, Tone
from hustings.platform.words import moment
from hustings.volunteers.access import event_for, events_for
from hustings.volunteers.models import BookingState, Event, EventKind, EventState, Shift
from hustings.volunteers.pages.desk_event_forms import CancelForm, EventForm, ShiftForm
from hustings.volunteers.queries.events import event_path, shifts_with_places
from hustings.volunteers.queries.own_page import wants_of
from hustings.volunteers.usecases.open_event import cancel_event, open_event, reasons_not_to_open
from hustings.volunteers.usecases.save_event import (
    event_findings,
    remove_shift,
    save_event,
    save_shift,
)

_TONES: dict[str, Tone] = {EventState.DRAFT: "plain", EventState.OPEN: "good", EventState.CANCELLED: "bad"}


def event_badge(*, event: Event, now: datetime) -> Badge:
    """Where an event stands, as a coloured word."""
    if event.state == EventState.OPEN and event.ends_at <= now:
        return Badge(text=_("over"), tone="plain")
    return Badge(text=event.get_state_display(), tone=_TONES[event.state])


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def event_list(request: DeskRequest) -> HttpResponseBase:
    """Events of the places of the login, the newest first."""
    now = clock().now()
    rows = events_for(scope=request.scope).annotate(
        booked=Count("shifts__bookings", filter=Q(shifts__bookings__state=BookingState.BOOKED)),
    )
    add = Action(
        label=_("Add an event"),
        url=reverse("volunteers_desk:new_event"),
        icon="plus",
        is_primary=True,
        is_allowed=may(request, Right.EDIT_VOLUNTEERS),
    )
    return list_page(
        request,
        Listing(
            title=_("Events"),
            icon="date",
            rows=rows,
            columns=(
                Column(key="title", label=_("Event"), value="title", link=_address, sort=("title",)),
                Column(key="starts", label=_("When"), value="starts_at", sort=("starts_at",)),
                Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",), is_minor=True),
                Column(key="area", label=_("Place"), value="area.name", sort=("area__name",), is_minor=True),
                Column(key="booked", label=_("Booked"), value="booked", is_number=True, sort=("booked",)),
                Column(key="state", label=_("State"), value=lambda row: event_badge(event=row, now=now)),
            ),
            search=("title", "place", "postcode"),
            filters=(
                ChoiceFilter(
                    key="kind",
                    label=_("Kind"),
                    choices=[(value, str(label)) for value, label in EventKind.choices],
                    field="kind",
                ),
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(value, str(label)) for value, label in EventState.choices],
                    field="state",
                ),
                DateFilter(key="starts", label=_("When"), field="starts_at"),
            ),
            order="-starts",
            left_out=""
            if request.scope.is_everything
            else _("Events of places you do not look after are not shown."),
            empty=Empty(
                title=_("No event yet"),
                text=_("A canvass session on Saturday at ten is a good beginning."),
                actions=(add,),
            ),
            actions=(add,),
        ),
    )


def _address(event: Event) -> str:
    return reverse("volunteers_desk:event", args=[event.pk])


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def event_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One event with its shifts, and what can be done with it."""
    event, now = event_for(scope=request.scope, pk=pk), clock().now()
    places = shifts_with_places(event=event)
    may_edit = may(request, Right.EDIT_VOLUNTEERS)
    cars = wants_of(event=event)
    is_coming = event.ends_at > now

    def act(label: str, name: str, *, is_allowed: bool = True, **more: Any) -> Action:
        return Action(
            label=label,
            url=reverse(f"volunteers_desk:{name}", args=[pk]),
            is_allowed=may_edit and is_allowed,
            **more,
        )

    return render(
        request,
        "volunteers/desk/event.html",
        {
            "title": event.title,
            "icon": "date",
            "subtitle": f"{moment(event.starts_at)}, {event.get_kind_display()}",
            "back": Action(label=_("Events"), url=reverse("volunteers_desk:events")),
            "callouts": _callouts(event, now),
            "actions": [
                act(
                    _("Open"),
                    "open_event",
                    is_post=True,
                    is_primary=True,
                    is_allowed=event.state != EventState.OPEN,
                ),
                act(_("Edit"), "edit_event", icon="edit"),
                act(_("Add a shift"), "new_shift", icon="plus", is_allowed=is_coming),
                act(
                    _("Propose a rota"),
                    "propose_rota",
                    icon="group",
                    is_allowed=event.state == EventState.OPEN and event.starts_at > now,
                ),
                Action(label=_("Who comes"), url=reverse("volunteers_desk:bookings", args=[pk]), icon="user"),
                act(_("Note who came"), "attendance", icon="tick", is_allowed=event.starts_at <= now),
                Action(
                    label=_("See its page"),
                    url=event_path(event=event),
                    icon="view",
                    is_allowed=event.state != EventState.DRAFT,
                ),
                act(
                    _("Call it off"),
                    "cancel_event",
                    is_danger=True,
                    is_allowed=event.state == EventState.OPEN and is_coming,
                ),
            ],
            "tiles": [
                Tile(
                    label=_("Booked or proposed"),
                    value=sum(each.held for each in places),
                    note=_("of %(wanted)d") % {"wanted": sum(each.shift.capacity for each in places)},
                ),
                Tile(label=_("Waiting"), value=sum(each.waiting for each in places)),
                Tile(
                    label=_("Seats in cars"),
                    value=cars["offers"],
                    note=_("%(wanted)d wanted") % {"wanted": cars["wants"]},
                ),
            ],
            "shifts": [
                {
                    "places": each,
                    "edit_url": reverse("volunteers_desk:edit_shift", args=[pk, each.shift.pk])
                    if may_edit
                    else "",
                }
                for each in places
            ],
            "facts": [
                Fact(label=_("State"), value=event_badge(event=event, now=now).text),
                Fact(label=_("Place"), value=", ".join(filter(None, [event.place, event.postcode]))),
                Fact(label=_("Belongs to"), value=str(event.area or _("the whole organisation"))),
                Fact(label=_("Bring"), value=event.bring),
                Fact(label=_("Getting in and about"), value=event.access),
                Fact(
                    label=_("Food, drink, entertainment"),
                    value=event.get_food_display(),
                    note=event.food_purpose,
                ),
                Fact(label=_("Anybody paid"), value=event.is_paid, note=event.payment_note),
                Fact(label=_("Asks for the course"), value=str(event.required_course or _("none"))),
                Fact(label=_("Follow-up"), value=event.follow_up),
                Fact(label=_("Follow-up sent"), value=event.followed_up_at),
            ],
        },
    )


def _callouts(event: Event, now: datetime) -> list[Callout]:
    callouts = []
    if event.state == EventState.DRAFT:
        callouts += [
            Callout(title=_("Before you can open it"), text=missing.told(_), tone="warn")
            for missing in reasons_not_to_open(event=event, now=now)
        ]
    callouts += [
        Callout(
            title=_("Mind the law"),
            text=_("%(sentence)s We could not confirm this rule; ask the election agent.")
            % {"sentence": finding.sentence},
            tone="warn",
        )
        for finding in event_findings(event=event)
        if not finding.is_refusal
    ]
    if not event.access:
        callouts.append(
            Callout(
                text=_(
                    "Say how one gets in: steps, toilets, a place to sit. People stay away who do not know."
                )
            )
        )
    return callouts


_FIELDS = {"ends_first": "ends_at", "too_long": "ends_at", "place_unknown": "postcode"}


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: DeskRequest) -> HttpResponseBase:
    """Add an event."""
    return _edit(request, Event())


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_event(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change an event; who is booked is told where its time or place changes."""
    return _edit(request, event_for(scope=request.scope, pk=pk))


def _edit(request: DeskRequest, event: Event) -> HttpResponseBase:
    is_new = event.pk is None
    form = EventForm(request.POST or None, instance=event, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_event(event=form.instance, by=request.user, now=clock().now())
        except Refusal as problem:
            is_postcode = type(problem).__name__ in {"PostcodeError", "PlaceUnknown"}
            form.add_error("postcode" if is_postcode else _FIELDS.get(problem.code), problem.told(_))
        else:
            messages.success(request, _("Saved. Now add its shifts.") if is_new else _("Saved."))
            return redirect(_address(saved))
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Add an event") if is_new else _("Edit %(title)s") % {"title": event.title},
            "icon": "date",
            "form": form,
            "cancel_url": reverse("volunteers_desk:events") if is_new else _address(event),
        },
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_shift(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Add a shift to an event."""
    event = event_for(scope=request.scope, pk=pk)
    fresh = Shift(event=event, starts_at=event.starts_at, ends_at=event.ends_at, capacity=6)
    return _edit_shift(request, event, fresh)


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_shift(request: DeskRequest, pk: int, shift_id: int) -> HttpResponseBase:
    """Change a shift, or remove one that nobody stands to."""
    event = event_for(scope=request.scope, pk=pk)
    shift = get_object_or_404(Shift, pk=shift_id, event=event)
    if request.method == "POST" and "remove" in request.POST:
        try:
            remove_shift(shift=shift)
        except Refusal as problem:
            messages.warning(request, problem.told(_))
        return redirect(_address(event))
    return _edit_shift(request, event, shift)


def _edit_shift(request: DeskRequest, event: Event, shift: Shift) -> HttpResponseBase:
    form = ShiftForm(request.POST or None, instance=shift)
    if request.method == "POST" and form.is_valid():
        try:
            save_shift(shift=form.instance, now=clock().now())
        except Refusal as problem:
            field = {
                "outside": "starts_at",
                "ends_first": "ends_at",
                "too_long": "ends_at",
                "booked": "capacity",
            }
            form.add_error(field.get(problem.code, "name"), problem.told(_))
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(event))
    return render(
        request,
        "volunteers/desk/shift.html",
        {
            "title": _("A shift of %(title)s") % {"title": event.title},
            "icon": "date",
            "form": form,
            "cancel_url": _address(event),
            "may_remove": shift.pk is not None,
        },
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_POST
def open_(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Show the event and let people sign up."""
    event = event_for(scope=request.scope, pk=pk)
    try:
        open_event(event=event, by=request.user, now=clock().now())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
    else:
        messages.success(request, _("It is open. People can sign up."))
    return redirect(_address(event))


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Call an event off; everybody booked is told."""
    event = event_for(scope=request.scope, pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = cancel_event(
            event=event, reason=form.cleaned_data["reason"], by=request.user, now=clock().now()
        )
        messages.success(request, _("Called off. %(told)d people are told.") % {"told": told})
        return redirect(_address(event))
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Call off %(title)s") % {"title": event.title},
            "question": _("Everybody who is booked, waiting or asked is told by email. Their places end."),
            "form": form,
            "confirm_label": _("Call it off"),
            "cancel_url": _address(event),
        },
    )
