"""A volunteer leaves: everything they had promised is given back."""

from datetime import datetime

from django.db import transaction

from hustings.platform.events import announce
from hustings.volunteers.events import VolunteerLeft
from hustings.volunteers.hosting.usecases.end_stay import end_hosting_of
from hustings.volunteers.models import STANDING, BookingState, Volunteer


def leave(*, volunteer: Volunteer, now: datetime) -> Volunteer:
    """Mark them as gone, end their bookings, memberships and car shares, and close their links."""
    with transaction.atomic():
        held = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
        if held.left_at is not None:
            return held
        held.left_at = now
        held.save(update_fields=["left_at"])
        end_promises(volunteer=held, now=now)
        announce(VolunteerLeft(at=now, volunteer_id=held.pk))
    return held


def end_promises(*, volunteer: Volunteer, now: datetime) -> None:
    """End what the volunteer holds from now on; what is past stays as it was."""
    volunteer.bookings.filter(state__in=STANDING, shift__starts_at__gt=now).update(
        state=BookingState.CANCELLED, ended_at=now
    )
    volunteer.memberships.filter(left_at=None).update(left_at=now)
    volunteer.car_shares.filter(ended_at=None).update(ended_at=now)
    volunteer.ways_in.filter(used_at=None).update(used_at=now)
    end_hosting_of(volunteer=volunteer, now=now)
