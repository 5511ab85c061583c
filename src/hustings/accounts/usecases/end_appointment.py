"""End an appointment on a day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from hustings.accounts.access import scope_to_give
from hustings.accounts.models import Appointment, Role, User
from hustings.accounts.usecases.appoint import MayNotAppoint
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit


class LastAdministrator(Refusal):
    """Nobody would be left who can set things up and appoint others."""


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, on: date, by: User | None, now: datetime
) -> Appointment | None:
    """Let the appointment hold no longer from that day on; one that had not begun by then is taken away, and none returned.

    An appointment that ends earlier already stays as it is. Raises `MayNotAppoint` or `LastAdministrator`.
    """
    if by is not None and not scope_to_give(user=by, role=appointment.role, on=uk_date(now)).covers(
        code=appointment.area_id
    ):
        raise MayNotAppoint("You may end only appointments that you could make.")
    if appointment.role == Role.ADMINISTRATOR and appointment.area_id is None:
        _another_stays(appointment=appointment, on=on)
    audit.record(
        now=now,
        actor=by,
        verb="ended the appointment of",
        subject_type="login",
        subject_id=appointment.user_id,
        area_code=appointment.area_id or "",
        role=appointment.role,
        on=on.isoformat(),
    )
    if appointment.valid_from >= on:
        appointment.delete()
        return None
    if appointment.valid_until is None or appointment.valid_until > on:
        appointment.valid_until = on
        appointment.save(update_fields=["valid_until"])
    return appointment


def _another_stays(*, appointment: Appointment, on: date) -> None:
    others = Appointment.objects.select_for_update().filter(
        Q(valid_until=None) | Q(valid_until__gt=on),
        role=Role.ADMINISTRATOR,
        area=None,
        valid_from__lte=on,
        user__is_active=True,
    )
    if not others.exclude(user=appointment.user_id).exists():
        raise LastAdministrator(
            "last_administrator",
            gettext_noop("Somebody must be left who can set things up. Appoint another administrator first."),
        )
