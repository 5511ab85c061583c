"""Open an event to volunteers, and cancel it."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import STANDING, Booking, BookingState, Event, EventState
from hustings.volunteers.usecases.tell_bookers import tell_bookers


class NotReady(Refusal):
    """An event cannot be opened yet; says what is missing."""


def reasons_not_to_open(*, event: Event, now: datetime) -> list[NotReady]:
    """Everything that is missing before the event can be opened."""
    missing = []
    if not event.shifts.exists():
        missing.append(
            NotReady("no_shift", gettext_noop("Add at least one shift: a task, a time, and for how many."))
        )
    if event.ends_at <= now:
        missing.append(NotReady("over", gettext_noop("It is over. Enter a later time.")))
    if event.postcode == "" and not event.place:
        missing.append(
            NotReady("nowhere", gettext_noop("Say where it is, or that it is by telephone or online."))
        )
    return missing


def open_event(*, event: Event, by: User | None, now: datetime) -> Event:
    """Show the event and let people sign up. Raises `NotReady` with the first thing that is missing."""
    for missing in reasons_not_to_open(event=event, now=now):
        raise missing
    with transaction.atomic():
        event.state, event.cancel_reason = EventState.OPEN, ""
        event.changes += 1
        event.save(update_fields=["state", "cancel_reason", "changes"])
        _note(event, "opened", by, now)
    return event


def cancel_event(*, event: Event, reason: str, by: User | None, now: datetime) -> int:
    """Call the event off and tell everybody who stands to it; returns how many were written to."""
    with transaction.atomic():
        event.state, event.cancel_reason = EventState.CANCELLED, reason.strip()[:200]
        event.changes += 1
        event.save(update_fields=["state", "cancel_reason", "changes"])
        told = tell_bookers(event=event, template="event_cancelled", now=now)
        Booking.objects.filter(shift__event=event, state__in=STANDING).update(
            state=BookingState.CANCELLED, ended_at=now
        )
        event.car_shares.filter(ended_at=None).update(ended_at=now)
        _note(event, "cancelled", by, now)
    return len(told)


def _note(event: Event, verb: str, by: User | None, now: datetime) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="volunteers.Event",
        subject_id=event.pk,
        area_code=event.area_id or "",
    )
