"""Ask travellers who have not checked in, and tell the organisers who look after a stay when nothing came."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from hustings.accounts.access import Right, users_with
from hustings.accounts.models import Organisation, User
from hustings.basics.clock import UK, uk_date
from hustings.people.models import Purpose
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.volunteers.hosting.queries import silent_stays
from hustings.volunteers.hosting.usecases.tell import tell
from hustings.volunteers.models import Stay, StayState

#: Hours of the day (UK): when an arrival is asked after in the evening, a night in the morning, and organisers are told.
_ASK_ARRIVAL, _ASK_NIGHT, _TELL_TEAM = 20, 10, 9
_NO_PLACE = ""


def remind_of_check_ins(*, now: datetime) -> int:
    """Write once to each traveller whose check-in is due and missing; returns how many.

    The arrival is asked after from eight in the evening of that day, the first night from ten the morning after.
    """
    today, hour = uk_date(now), now.astimezone(UK).hour
    last_arrival = today if hour >= _ASK_ARRIVAL else today - timedelta(days=1)
    last_night = today - timedelta(days=1 if hour >= _ASK_NIGHT else 2)
    due = Q(arrived_at=None, arrive_on__lte=last_arrival) | Q(
        arrived_at__isnull=False, first_night_at=None, arrive_on__lte=last_night
    )
    standing = Stay.objects.filter(due, state=StayState.AGREED, leave_on__gte=today)
    asked = 0
    for stay in _not_yet(standing, "reminded_at"):
        with transaction.atomic():
            if not _mark(stay, "reminded_at", now):
                continue
            template = "stay_night_due" if stay.arrived_at else "stay_arrival_due"
            tell(stay=stay, volunteer=stay.request.volunteer, template=template, now=now)
            asked += 1
    return asked


def tell_of_missed_check_ins(*, now: datetime) -> int:
    """Write once for each missed check-in to whoever looks after the host's or the traveller's place, from nine in the
    morning; returns how many messages."""
    if now.astimezone(UK).hour < _TELL_TEAM:
        return 0
    told = 0
    for stay in _not_yet(silent_stays(now=now), "team_told_at"):
        with transaction.atomic():
            if _mark(stay, "team_told_at", now):
                told += _tell_team(stay, now)
    return told


def _not_yet(stays: QuerySet[Stay], field: str) -> Iterable[Stay]:
    """Those about whose present step nothing was written: what was written before the arrival was about the arrival."""
    fresh = stays.filter(Q(**{field: None}) | Q(**{f"{field}__lt": F("arrived_at")}))
    return fresh.select_related("offer__volunteer__person", "request__volunteer__person").order_by("pk")


def _mark(stay: Stay, field: str, now: datetime) -> bool:
    """Note the moment, unless somebody else did, or the traveller checked in, since the stay was read."""
    same = Stay.objects.filter(
        pk=stay.pk,
        state=StayState.AGREED,
        arrived_at=stay.arrived_at,
        first_night_at=stay.first_night_at,
        **{field: getattr(stay, field)},
    )
    return bool(same.update(**{field: now}))


def _tell_team(stay: Stay, now: datetime) -> int:
    organisation = Organisation.objects.first()
    requests = [
        MessageRequest(
            template="volunteers/stay_silent",
            address=user.email,
            purpose=Purpose.ACCOUNT,
            fields={
                "to_name": user.get_full_name(),
                "given_name": user.first_name,
                "organisation_name": organisation.name if organisation else "",
                "stays_url": f"{settings.HUSTINGS_ADDRESS}{reverse('hosting_desk:stay', args=[stay.pk])}",
                "is_arrival": stay.arrived_at is None,
            },
        )
        for user in _team(stay, now)
    ]
    return len(queue_messages(requests=requests, now=now)) if requests else 0


def _team(stay: Stay, now: datetime) -> Iterable[User]:
    """Logins that look after either place; those of the whole organisation where neither side has one."""
    codes = {code for code in (stay.offer.area_id, stay.request.area_id) if code} or {_NO_PLACE}
    found = User.objects.none()
    for code in sorted(codes):
        found |= users_with(right=Right.EDIT_VOLUNTEERS, on=uk_date(now), code=code)
    return found.distinct().order_by("pk")
