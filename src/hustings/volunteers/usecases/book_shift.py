"""A volunteer takes a shift, gives it back, or answers a proposal."""

from datetime import datetime

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.models import STANDING, Booking, BookingState, EventState, Shift, Volunteer
from hustings.volunteers.queries.completions import has_completed
from hustings.volunteers.usecases.tell_bookers import shift_fields
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteer

_HELD = (BookingState.BOOKED, BookingState.PROPOSED)


class CannotBook(Refusal):
    """The volunteer cannot take this shift; says why and what to do."""


def check_can_take(*, volunteer: Volunteer, shift: Shift, now: datetime) -> None:
    """Raise `CannotBook` where the shift is over or closed, asks for a course or an adult, or clashes with another of theirs."""
    event = shift.event
    if event.state != EventState.OPEN or shift.ends_at <= now:
        raise CannotBook(
            "closed", gettext_noop("This shift can no longer be taken. Look at the other events.")
        )
    if not volunteer.is_active:
        raise CannotBook("left", gettext_noop("Offer to help again first; then you can sign up."))
    if event.is_adults_only and not volunteer.is_adult:
        raise CannotBook(
            "adults",
            gettext_noop("This is for adults. Confirm on “My limits and times” that you are 18 or older."),
        )
    for course in {event.required_course, shift.required_course} - {None}:
        if course and not has_completed(
            volunteer=volunteer, course_slug=course.slug, on=uk_date(shift.starts_at)
        ):
            raise CannotBook(
                "course",
                gettext_noop(
                    "This shift asks you to finish the course “{title}” first. It takes about {minutes} minutes."
                ),
                title=course.title,
                minutes=course.minutes,
            )
    clash = (
        Booking.objects.filter(
            volunteer=volunteer,
            state=BookingState.BOOKED,
            shift__starts_at__lt=shift.ends_at,
            shift__ends_at__gt=shift.starts_at,
        )
        .exclude(shift=shift)
        .select_related("shift__event")
        .first()
    )
    if clash is not None:
        raise CannotBook(
            "clash",
            gettext_noop("You are booked for “{title}” at that time. Give that shift back first."),
            title=clash.shift.event.title,
        )


def book_shift(*, volunteer: Volunteer, shift: Shift, now: datetime) -> Booking:
    """Give the volunteer a place, or one on the waiting list where none is free, and confirm it by email.

    A place that was proposed to them becomes theirs. Doing it twice changes nothing. Raises `CannotBook`.
    """
    with transaction.atomic():
        held = Shift.objects.select_for_update(of=("self",)).select_related("event").get(pk=shift.pk)
        check_can_take(volunteer=volunteer, shift=held, now=now)
        booking = Booking.objects.filter(shift=held, volunteer=volunteer, state__in=STANDING).first()
        if booking is not None and booking.state != BookingState.PROPOSED:
            return booking
        if booking is None:
            has_room = held.bookings.filter(state__in=_HELD).count() < held.capacity
            booking = Booking(
                shift=held,
                volunteer=volunteer,
                state=BookingState.BOOKED if has_room else BookingState.WAITING,
                asked_at=now,
            )
        else:
            booking.state = BookingState.BOOKED
        if booking.state == BookingState.BOOKED:
            booking.booked_at = now
        booking.save()
        _write("shift_booked" if booking.state == BookingState.BOOKED else "shift_waiting", booking, now)
    return booking


def give_back(*, booking: Booking, now: datetime) -> Booking:
    """Give a place back, or leave the waiting list, or decline a proposal; whoever waits longest moves up and is told."""
    with transaction.atomic():
        shift = Shift.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.shift_id)
        held = Booking.objects.get(pk=booking.pk)
        if held.state not in STANDING:
            return held
        is_proposal = held.state == BookingState.PROPOSED
        held.state = BookingState.DECLINED if is_proposal else BookingState.CANCELLED
        held.ended_at = now
        held.save(update_fields=["state", "ended_at"])
        held.volunteer.car_shares.filter(event=shift.event, ended_at=None).update(ended_at=now)
        promote_waiting(shift=shift, now=now)
    return held


def promote_waiting(*, shift: Shift, now: datetime) -> int:
    """Give free places to those who wait, first come first served, and tell them; returns how many moved up.

    Somebody who can no longer take the shift (another one at that time, a course that ran out) is passed over and keeps waiting.
    """
    promoted = 0
    if shift.ends_at <= now or shift.event.state != EventState.OPEN:
        return 0
    waiting = Booking.objects.filter(
        shift=shift, state=BookingState.WAITING, volunteer__left_at=None
    ).select_related("volunteer__person", "shift__event")
    for booking in waiting.order_by("asked_at", "pk"):
        if shift.bookings.filter(state__in=_HELD).count() >= shift.capacity:
            break
        try:
            check_can_take(volunteer=booking.volunteer, shift=shift, now=now)
        except CannotBook:
            continue
        booking.state, booking.booked_at = BookingState.BOOKED, now
        booking.save(update_fields=["state", "booked_at"])
        _write("shift_moved_up", booking, now)
        promoted += 1
    return promoted


def _write(template: str, booking: Booking, now: datetime) -> None:
    shift, event = booking.shift, booking.shift.event
    write_to_volunteer(
        template=template,
        volunteer=booking.volunteer,
        fields_of=lambda _one: shift_fields(shift=shift),
        path=f"/events/{event.slug}/",
        now=now,
    )
