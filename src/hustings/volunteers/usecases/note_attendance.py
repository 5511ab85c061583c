"""Note who came."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import Booking, BookingState, Event


class NotBegunYet(Refusal):
    """Attendance of an event that has not begun."""


def note_attendance(*, event: Event, came: Mapping[int, bool | None], by: User | None, now: datetime) -> int:
    """Keep for each booking (by id) whether its volunteer came, none for not known; returns how many changed.

    Bookings of other events are not touched. Raises `NotBegunYet`.
    """
    if event.starts_at > now:
        raise NotBegunYet("not_begun", gettext_noop("The event has not begun. Note who came once it has."))
    changed = 0
    with transaction.atomic():
        bookings = Booking.objects.select_for_update().filter(
            shift__event=event, state=BookingState.BOOKED, pk__in=list(came)
        )
        for booking in bookings:
            if booking.attended != came[booking.pk]:
                booking.attended = came[booking.pk]
                booking.save(update_fields=["attended"])
                changed += 1
        audit.record(
            now=now,
            actor=by,
            verb="noted who came to",
            subject_type="volunteers.Event",
            subject_id=event.pk,
            area_code=event.area_id or "",
            changed=changed,
        )
    return changed
