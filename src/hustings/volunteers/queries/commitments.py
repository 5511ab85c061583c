"""What volunteers have promised, in minutes a week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hustings.volunteers.models import Booking, BookingState, Volunteer
from hustings.volunteers.rules.weeks import minutes_in_week, week_span

#: A proposal counts as a promise until it is declined: otherwise two rotas could each propose the whole limit.
COUNTED = (BookingState.BOOKED, BookingState.PROPOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A stretch of somebody's time that is promised."""

    volunteer_id: int
    starts_at: datetime
    ends_at: datetime


def commitments_here(
    *, volunteer_ids: Iterable[int] | None, starts_at: datetime, ends_at: datetime
) -> Sequence[Commitment]:
    """Shifts of events, booked or proposed, that touch a half-open span; of everybody where no ids are given."""
    rows = Booking.objects.filter(
        state__in=COUNTED, shift__starts_at__lt=ends_at, shift__ends_at__gt=starts_at
    )
    if volunteer_ids is not None:
        rows = rows.filter(volunteer__in=list(volunteer_ids))
    found = rows.order_by("shift__starts_at", "pk").values_list(
        "volunteer_id", "shift__starts_at", "shift__ends_at"
    )
    return [
        Commitment(volunteer_id=volunteer_id, starts_at=begins, ends_at=ends)
        for volunteer_id, begins, ends in found
    ]


def minutes_committed(*, volunteer: Volunteer, week: date) -> int:
    """Minutes promised on shifts of events in the week of a day (Monday to Monday, by the UK's clock).

    What other apps hold (cover, for instance) is not in it: they count their own, and offer it to rotas here by
    `COMMITMENTS` in `project/wiring.py`.
    """
    first, last = week_span(day=week)
    held = commitments_here(volunteer_ids=[volunteer.pk], starts_at=first, ends_at=last)
    return sum(minutes_in_week(starts_at=each.starts_at, ends_at=each.ends_at, day=week) for each in held)
