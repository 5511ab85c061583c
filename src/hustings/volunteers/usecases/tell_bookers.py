"""Write to everybody who stands to an event's shifts."""

from collections.abc import Sequence
from datetime import datetime

from hustings.basics.clock import uk_date
from hustings.platform.words import appointment, clock_time
from hustings.postroom.models import Message
from hustings.volunteers.models import STANDING, Booking, Event, Shift, Volunteer
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteers


def event_fields(*, event: Event, starts_at: datetime | None = None) -> dict[str, str | bool]:
    """What every message about an event says: what, when, where, what to bring, how to get in."""
    return {
        "event_title": event.title,
        "when": appointment(starts_at or event.starts_at),
        "where": ", ".join(filter(None, [event.place, event.postcode])),
        "bring": event.bring,
        "access": event.access,
        "reason": event.cancel_reason,
    }


def shift_fields(*, shift: Shift) -> dict[str, str | bool]:
    """What every message about a shift says besides: the task, and until when."""
    is_one_day = uk_date(shift.starts_at) == uk_date(shift.ends_at)
    return {
        **event_fields(event=shift.event, starts_at=shift.starts_at),
        "task": str(shift),
        "until": clock_time(shift.ends_at) if is_one_day else appointment(shift.ends_at),
    }


def tell_bookers(
    *, event: Event, template: str, now: datetime, states: Sequence[str] = STANDING
) -> list[Message]:
    """One service message to each volunteer who stands to the event, however many shifts they have."""
    volunteers = Volunteer.objects.filter(
        pk__in=Booking.objects.filter(shift__event=event, state__in=states).values("volunteer")
    ).select_related("person")
    return write_to_volunteers(
        template=template,
        volunteers=volunteers.order_by("pk"),
        fields_of=lambda _one: event_fields(event=event),
        path=f"/events/{event.slug}/",
        now=now,
    )
