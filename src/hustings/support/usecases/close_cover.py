"""It is quiet again: cover of a place ends, and everybody who came or would have come is thanked."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.people.models import Channel, Purpose
from hustings.platform import audit
from hustings.postroom.queries import may_send_texts
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.support.models import CoverClaim, CoverPeriod
from hustings.support.queries.reach import Reach
from hustings.volunteers.models import Volunteer


def close_cover(*, period: CoverPeriod, by: User | None, now: datetime) -> int:
    """Close an open period and thank those on its rota, once each; returns how many. Closing twice does nothing.

    What is left of shifts ends now: whoever stood to one that had begun gave that time.
    """
    with transaction.atomic():
        held = CoverPeriod.objects.select_for_update().select_related("venue").get(pk=period.pk)
        if not held.is_open:
            return 0
        held.closed_at, held.closed_by, held.next_at = now, by, None
        held.save(update_fields=["closed_at", "closed_by", "next_at"])
        rota = CoverClaim.objects.filter(shift__period=held).exclude(end_reason="taken_back")
        ids = set(rota.values_list("volunteer_id", flat=True))
        rota.filter(ended_at=None, shift__ends_at__gt=now).update(ended_at=now, end_reason="quiet")
        thanked = _thank(held, ids, now)
        audit.record(
            now=now, actor=by, verb="closed", subject_type="support.CoverPeriod", subject_id=held.pk,
            area_code=held.venue.area_id or "", thanked=thanked,
        )  # fmt: skip
    return thanked


def _thank(period: CoverPeriod, ids: set[int], now: datetime) -> int:
    volunteers = list(
        Volunteer.objects.filter(pk__in=ids, left_at=None).select_related("person").order_by("pk")
    )
    reach = Reach(volunteers)
    requests = []
    for volunteer in volunteers:
        channel = Channel.EMAIL if reach.point(volunteer, Channel.EMAIL) else Channel.SMS
        point = reach.point(volunteer, channel)
        if point is None or (channel == Channel.SMS and not may_send_texts()):
            continue
        person = volunteer.person
        requests.append(
            MessageRequest(
                template="support/thanks", address=point.value, channel=channel, purpose=Purpose.SERVICE,
                person_id=person.pk, language=person.language,
                fields={"to_name": str(person), "given_name": person.given_name, "place": period.venue.name},
            )
        )  # fmt: skip
    return len(queue_messages(requests=requests, now=now))
