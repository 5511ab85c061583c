"""Events as everybody sees them, and who has booked what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from hustings.accounts.models import Organisation
from hustings.places.queries import locate
from hustings.places.rules.distance import nearest
from hustings.volunteers.models import Booking, BookingState, Event, EventState, Shift, Volunteer
from hustings.volunteers.rules.calendar_file import CalendarEntry, calendar_file

_HELD = Q(bookings__state__in=[BookingState.BOOKED, BookingState.PROPOSED])
#: The version of the feed's shape (docs/feeds.md).
FEED_VERSION = "hustings-feed-1"


def public_events(*, now: datetime) -> QuerySet[Event]:
    """Events that are open and not over, and those cancelled that would be; the next one first."""
    return (
        Event.objects.filter(state__in=[EventState.OPEN, EventState.CANCELLED], ends_at__gt=now)
        .select_related("area", "required_course")
        .order_by("starts_at", "pk")
    )


@dataclass(frozen=True, kw_only=True)
class ShiftPlaces:
    """A shift with how many hold a place (booked or proposed), how many wait, and how many places are free."""

    shift: Shift
    held: int
    waiting: int

    @property
    def free(self) -> int:
        """Places that nobody holds."""
        return max(0, self.shift.capacity - self.held)


def shifts_with_places(*, event: Event) -> list[ShiftPlaces]:
    """An event's shifts in order, each with its places."""
    rows = event.shifts.annotate(
        held=Count("bookings", filter=_HELD),
        waiting=Count("bookings", filter=Q(bookings__state=BookingState.WAITING)),
    ).select_related("required_course", "event")
    return [
        ShiftPlaces(shift=row, held=row.held, waiting=row.waiting) for row in rows.order_by("starts_at", "pk")
    ]


def event_path(*, event: Event) -> str:
    """The path of the event's public page."""
    return reverse("volunteers:event", args=[event.slug])


def event_url(*, event: Event) -> str:
    """The absolute address of the event's public page."""
    return f"{settings.HUSTINGS_ADDRESS}{event_path(event=event)}"


def entry_of(*, event: Event, shift: Shift | None = None, remind_hours: int = 0) -> CalendarEntry:
    """An event, or one shift of it, as a calendar entry."""
    about = [event.about]
    if event.bring:
        about.append(f"Bring: {event.bring}")
    if event.access:
        about.append(f"Access: {event.access}")
    host = settings.HUSTINGS_ADDRESS.split("://")[-1]
    return CalendarEntry(
        uid=f"{event.public_id}{f'-{shift.pk}' if shift else ''}@{host}",
        title=f"{event.title}: {shift}" if shift else event.title,
        starts_at=shift.starts_at if shift else event.starts_at,
        ends_at=shift.ends_at if shift else event.ends_at,
        place=", ".join(filter(None, [event.place, event.postcode])),
        description="\n\n".join(filter(None, about)),
        url=event_url(event=event),
        latitude=event.latitude,
        longitude=event.longitude,
        is_cancelled=event.state == EventState.CANCELLED,
        sequence=event.changes,
        remind_hours=remind_hours,
    )


def public_calendar(*, now: datetime) -> bytes:
    """Every public event as a calendar."""
    return calendar_file(
        name=_organisation(),
        entries=[entry_of(event=event) for event in public_events(now=now)],
        made_at=now,
    )


def own_calendar(*, volunteer: Volunteer, now: datetime) -> bytes:
    """A volunteer's booked shifts as a calendar, past ones of the last weeks too."""
    bookings = bookings_of(volunteer=volunteer, states=[BookingState.BOOKED])
    return calendar_file(
        name=_organisation(),
        entries=[
            entry_of(event=booking.shift.event, shift=booking.shift, remind_hours=2) for booking in bookings
        ],
        made_at=now,
    )


def bookings_of(
    *, volunteer: Volunteer, states: Sequence[str], after: datetime | None = None
) -> list[Booking]:
    """A volunteer's bookings in these states, those of shifts that end after a moment where one is given."""
    rows = Booking.objects.filter(volunteer=volunteer, state__in=states).select_related("shift__event__area")
    if after is not None:
        rows = rows.filter(shift__ends_at__gt=after)
    return list(rows.order_by("shift__starts_at", "pk"))


@dataclass(frozen=True, kw_only=True)
class EventNear:
    """An event with the distance from a postcode in kilometres, none where it is held at no place."""

    event: Event
    km: float | None


def events_near(*, postcode: str, now: datetime, limit: int = 50) -> list[EventNear]:
    """Open events by their distance from a postcode; those without a place come last. Empty for a postcode nobody knows."""
    found = locate(postcode=postcode)
    if found.lat is None or found.lon is None:
        return []
    events = {str(event.pk): event for event in public_events(now=now).filter(state=EventState.OPEN)}
    points = {
        key: (event.latitude, event.longitude)
        for key, event in events.items()
        if event.latitude is not None and event.longitude is not None
    }
    placed = [
        EventNear(event=events[each.code], km=each.distance_km)
        for each in nearest(lat=found.lat, lon=found.lon, points=points, limit=limit)
    ]
    elsewhere = [EventNear(event=event, km=None) for key, event in events.items() if key not in points]
    return [*placed, *elsewhere][:limit]


def feed(*, now: datetime) -> dict[str, Any]:
    """The public events and how many people they still need, as another installation imports them (docs/feeds.md)."""
    rows: list[dict[str, Any]] = []
    wanted: dict[str, int] = {}
    names: dict[str, str] = {}
    for event in public_events(now=now).filter(state=EventState.OPEN):
        places = shifts_with_places(event=event)
        free = sum(each.free for each in places)
        rows.append(
            {
                "uid": str(event.public_id),
                "title": event.title,
                "starts_at": event.starts_at.isoformat(),
                "ends_at": event.ends_at.isoformat(),
                "url": event_url(event=event),
                "place": ", ".join(filter(None, [event.place, event.postcode])),
                "area": event.area_id or "",
                "lat": event.latitude,
                "lon": event.longitude,
                "kind": event.kind,
                "free_places": free,
                "is_adults_only": event.is_adults_only,
                "access": event.access,
                "shifts": [
                    {
                        "task": each.shift.task,
                        "starts_at": each.shift.starts_at.isoformat(),
                        "ends_at": each.shift.ends_at.isoformat(),
                        "wanted": each.shift.capacity,
                        "free": each.free,
                    }
                    for each in places
                ],
            }
        )
        if event.area is not None and free:
            wanted[event.area.code] = wanted.get(event.area.code, 0) + free
            names[event.area.code] = event.area.name
    return {
        "version": FEED_VERSION,
        "name": _organisation(),
        "made_at": now.isoformat(),
        "events": rows,
        "needs": [
            {
                "code": code,
                "name": names[code],
                "wanted": count,
                "url": f"{settings.HUSTINGS_ADDRESS}/events/",
            }
            for code, count in sorted(wanted.items())
        ],
    }


def _organisation() -> str:
    organisation = Organisation.objects.first()
    return organisation.name if organisation else "Hustings"
