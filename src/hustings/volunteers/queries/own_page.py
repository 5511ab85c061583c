"""What a volunteer's own page shows about shared cars."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hustings.people.models import ContactPoint, ContactPointKind
from hustings.volunteers.models import CarShare, CarSide, Event, Lift, Volunteer


@dataclass(frozen=True, kw_only=True)
class OwnLift:
    """A lift from one side: names and numbers are empty until both have said yes."""

    lift_id: int
    event: Event
    is_driver: bool
    seats: int
    outward: str
    note: str
    has_answered: bool
    is_agreed: bool
    name: str = ""
    phone: str = ""
    email: str = ""


def lifts_of(*, volunteer: Volunteer, now: datetime) -> list[OwnLift]:
    """The volunteer's standing lifts to events that are not over."""
    lifts = (
        Lift.objects.filter(
            Q(offer__volunteer=volunteer) | Q(want__volunteer=volunteer),
            ended_at=None,
            offer__event__ends_at__gt=now,
        )
        .select_related("offer__event", "offer__volunteer__person", "want__volunteer__person")
        .order_by("offer__event__starts_at", "pk")
    )
    return [_own(lift, volunteer) for lift in lifts]


def shares_of(*, volunteer: Volunteer, now: datetime) -> list[CarShare]:
    """The volunteer's offers and wishes for events that are not over."""
    rows = CarShare.objects.filter(volunteer=volunteer, ended_at=None, event__ends_at__gt=now)
    return list(rows.select_related("event").order_by("event__starts_at", "pk"))


def _own(lift: Lift, volunteer: Volunteer) -> OwnLift:
    is_driver = lift.offer.volunteer_id == volunteer.pk
    other: CarShare = lift.want if is_driver else lift.offer
    points = (
        {
            point.kind: point.value
            for point in ContactPoint.objects.filter(person=other.volunteer.person_id, is_preferred=True)
        }
        if lift.is_agreed
        else {}
    )
    return OwnLift(
        lift_id=lift.pk,
        event=lift.offer.event,
        is_driver=is_driver,
        seats=lift.want.seats,
        outward=other.outward,
        note=other.note,
        has_answered=(lift.driver_agreed_at if is_driver else lift.rider_agreed_at) is not None,
        is_agreed=lift.is_agreed,
        name=str(other.volunteer.person) if lift.is_agreed else "",
        phone=points.get(ContactPointKind.PHONE, ""),
        email=points.get(ContactPointKind.EMAIL, ""),
    )


def wants_of(*, event: Event) -> dict[str, int]:
    """Seats offered and wanted to an event, for the desk."""
    shares = CarShare.objects.filter(event=event, ended_at=None)
    return {
        side: sum(shares.filter(side=side).values_list("seats", flat=True))
        for side in (CarSide.OFFERS, CarSide.WANTS)
    }
