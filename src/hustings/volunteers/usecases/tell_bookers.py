"""Write to everybody who stands to an event's shifts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hustings.platform.words import moment
from hustings.postroom.models import Message
from hustings.volunteers.models import STANDING, Booking, Event, Volunteer
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteers


def event_fields(*, event: Event, starts_at: datetime | None = None) -> dict[str, str | bool]:
    """What every message about an event says: what, when, where, what to bring, how to get in."""
    return {
        "event_title": event.title,
        "when": moment(starts_at or event.starts_at),
        "where": ", ".join(filter(None, [event.place, event.postcode])),
        "bring": event.bring,
        "access": event.access,
        "reason": event.cancel_reason,
    }


def tell_bookers(
    *, event: Event, template: str, now: datetime, states: Sequence[str] = STANDING
) -> list[Message]:
    """One service message to each volunteer who stands to the event, however many shifts they have."""
    volunteers = Volunteer.objects.filter(
        pk__in=Booking.objects.filter(shift__event=event, state__in=states).values("volunteer")
    ).select_related("person")
    fields: Mapping[str, str | bool] = event_fields(event=event)
    return write_to_volunteers(
        template=template,
        volunteers=volunteers.order_by("pk"),
        fields_of=lambda _one: fields,
        path=f"/events/{event.slug}/",
        now=now,
    )
