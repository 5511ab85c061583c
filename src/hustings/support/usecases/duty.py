"""Being on duty: whoever is gets the cases that open by themselves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right, users_with
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.places.models import Area
from hustings.support.models import DutyTurn


def begin_duty(*, user: User, area: Area | None, now: datetime) -> DutyTurn:
    """Go on duty for a place, or for everywhere; beginning twice is beginning once."""
    with transaction.atomic():
        turn, _is_new = DutyTurn.objects.get_or_create(
            user=user, ended_at=None, defaults={"began_at": now, "area": area}
        )
        return turn


def end_duty(*, user: User, now: datetime) -> bool:
    """Go off duty; returns whether they were on."""
    return bool(DutyTurn.objects.filter(user=user, ended_at=None).update(ended_at=now))


def on_duty(*, area: Area | None, now: datetime) -> Sequence[User]:
    """Who takes a case of a place that opens by itself: those on duty who hold the right there; where nobody is, everybody who
    holds it there, because somebody must."""
    entitled = users_with(right=Right.SEE_CASES, on=uk_date(now), code=area.pk if area else None)
    turns = DutyTurn.objects.filter(ended_at=None)
    now_on = list(entitled.filter(pk__in=turns.values("user")).order_by("pk"))
    return now_on or list(entitled.order_by("pk"))
