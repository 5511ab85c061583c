"""Remind people of their shifts, and write to those who came afterwards."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from hustings.volunteers.models import Booking, BookingState, Event, EventState, Volunteer
from hustings.volunteers.usecases.tell_bookers import shift_fields
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteer, write_to_volunteers

#: No reminder is for earlier than this, whatever an event says.
_FURTHEST = timedelta(days=14)

#: After an event its organiser has this long to write a follow-up; later it is not sent any more.
_FOLLOW_UP_WITHIN = timedelta(days=14)


def send_reminders(*, now: datetime) -> int:
    """Write once to everybody whose shift begins within its event's hours; returns how many.

    Who booked within those hours was told enough by the confirmation.
    """
    sent = 0
    due = Booking.objects.filter(
        state=BookingState.BOOKED,
        reminded_at=None,
        shift__event__state=EventState.OPEN,
        shift__starts_at__gt=now,
        shift__starts_at__lte=now + _FURTHEST,
    ).select_related("shift__event", "volunteer__person")
    for booking in due.order_by("shift__starts_at", "pk"):
        event, begins = booking.shift.event, booking.shift.starts_at
        hours = timedelta(hours=event.remind_hours)
        if begins - now > hours:
            continue
        with transaction.atomic():
            if not Booking.objects.filter(pk=booking.pk, reminded_at=None).update(reminded_at=now):
                continue
            if booking.booked_at is not None and begins - booking.booked_at <= hours:
                continue
            write_to_volunteer(
                template="shift_reminder",
                volunteer=booking.volunteer,
                fields_of=lambda _one, shift=booking.shift: shift_fields(shift=shift),  # type: ignore[misc]  # a default has no type in a lambda
                path=f"/events/{event.slug}/",
                now=now,
            )
            sent += 1
    return sent


def send_follow_ups(*, now: datetime) -> int:
    """Send each event's follow-up, once it is over, to those who came (or were booked, where nobody noted); returns how many."""
    sent = 0
    due = Event.objects.filter(
        state=EventState.OPEN,
        followed_up_at=None,
        ends_at__lte=now - timedelta(hours=12),
        ends_at__gt=now - _FOLLOW_UP_WITHIN,
    ).exclude(follow_up="")
    for event in due.order_by("ends_at", "pk"):
        with transaction.atomic():
            if not Event.objects.filter(pk=event.pk, followed_up_at=None).update(followed_up_at=now):
                continue
            bookings = Booking.objects.filter(shift__event=event, state=BookingState.BOOKED).exclude(
                attended=False
            )
            if bookings.filter(attended=True).exists():
                bookings = bookings.filter(attended=True)
            people = Volunteer.objects.filter(pk__in=bookings.values("volunteer")).select_related("person")
            fields = {"event_title": event.title, "follow_up": event.follow_up}
            sent += len(
                write_to_volunteers(
                    template="event_follow_up",
                    volunteers=people.order_by("pk"),
                    fields_of=partial(_same, fields),
                    path="/volunteer/",
                    now=now,
                )
            )
    return sent


def _same(fields: Mapping[str, str], _volunteer: Volunteer) -> Mapping[str, str]:
    return fields
