"""Appoint somebody to a role, for a place and from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from hustings.accounts.access import NotAllowed, scope_to_give
from hustings.accounts.models import Appointment, User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.models import Area
from hustings.platform import audit


class AlreadyAppointed(Refusal):
    """The same appointment holds already in part of that time."""


class EndsBeforeItBegins(Refusal):
    """The last day lies before the first."""


class MayNotAppoint(NotAllowed):
    """Whoever appoints may not give this role for this place."""


@transaction.atomic
def appoint(
    *,
    user: User,
    role: str,
    area: Area | None,
    valid_from: date,
    valid_until: date | None = None,
    by: User | None,
    now: datetime,
) -> Appointment:
    """Store the appointment; `area` none means the whole organisation, `valid_until` is the first day it no longer holds.

    `by` is none only where the command line or the first set-up appoints. Raises `MayNotAppoint`, `EndsBeforeItBegins` or
    `AlreadyAppointed`.
    """
    code = area.code if area else None
    if by is not None and not scope_to_give(user=by, role=role, on=uk_date(now)).covers(code=code):
        raise MayNotAppoint("You may appoint only within your own places, and to no role above your own.")
    if valid_until is not None and valid_until <= valid_from:
        raise EndsBeforeItBegins(
            "ends_first", gettext_noop("The last day lies before the first. Swap the two days.")
        )
    User.objects.select_for_update().get(pk=user.pk)
    same = Appointment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=valid_from), user=user, role=role, area=area
    )
    if valid_until is not None:
        same = same.filter(valid_from__lt=valid_until)
    if same.exists():
        raise AlreadyAppointed(
            "already",
            gettext_noop(
                "{name} holds this role for this place already in part of that time. End that appointment first."
            ),
            name=str(user),
        )
    appointment = Appointment.objects.create(
        user=user, role=role, area=area, valid_from=valid_from, valid_until=valid_until, appointed_by=by
    )
    audit.record(
        now=now,
        actor=by,
        verb="appointed",
        subject_type="login",
        subject_id=user.pk,
        area_code=code or "",
        role=role,
        valid_from=valid_from.isoformat(),
        valid_until=valid_until.isoformat() if valid_until else "",
    )
    return appointment
