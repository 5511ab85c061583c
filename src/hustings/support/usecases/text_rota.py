"""Tell those on a rota something by text message, or by email where no text reaches them: a small set, counted before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import gettext_noop
from hustings.people.models import Channel, Purpose
from hustings.platform import audit
from hustings.postroom.delivery.text_templates import written_text
from hustings.postroom.queries import may_send_texts, text_cost_pence
from hustings.postroom.rules.text_parts import TextSize, size_of
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.support.models import CoverClaim, CoverPeriod
from hustings.support.queries.reach import Reach
from hustings.support.rules.case_words import flagged_words
from hustings.support.usecases.activate_place import CoverRefused
from hustings.volunteers.models import Volunteer

_MOST_LETTERS = 480


@dataclass(frozen=True, kw_only=True)
class TextPlan:
    """What a text would be: its size, how many get it by text and by email, how many by neither, and its cost in pence."""

    size: TextSize
    by_text: int
    by_email: int
    unreached: int
    cost_pence: int


def plan_text(*, period: CoverPeriod, text: str, now: datetime) -> TextPlan:
    """What sending this to everybody on the rota from now on would be. Raises `CoverRefused`."""
    _check(text)
    volunteers = _on_rota(period, now)
    requests = _requests(period, volunteers, text)
    texts = sum(request.channel == Channel.SMS for request in requests)
    written = written_text(name="support/note", language="en-gb", fields=_fields(period, text))
    size = size_of(text=written)
    return TextPlan(
        size=size,
        by_text=texts,
        by_email=len(requests) - texts,
        unreached=len(volunteers) - len(requests),
        cost_pence=text_cost_pence(parts=size.parts * texts),
    )


def text_rota(*, period: CoverPeriod, text: str, by: User, now: datetime) -> int:
    """Send it to everybody on the rota from now on, once each; returns how many. Raises `CoverRefused`."""
    _check(text)
    with transaction.atomic():
        requests = _requests(period, _on_rota(period, now), text)
        queue_messages(requests=requests, now=now)
        audit.record(
            now=now, actor=by, verb="wrote to the rota", subject_type="support.CoverPeriod", subject_id=period.pk,
            area_code=period.venue.area_id or "", messages=len(requests),
        )  # fmt: skip
    return len(requests)


def _check(text: str) -> None:
    if not text.strip():
        raise CoverRefused("empty", gettext_noop("Write what they should know."))
    if len(text) > _MOST_LETTERS:
        raise CoverRefused(
            "long",
            gettext_noop("At most {most} letters, so that it fits a few text messages."),
            most=_MOST_LETTERS,
        )
    if found := flagged_words(text=text):
        raise CoverRefused(
            "words",
            gettext_noop("“{words}”: leave out what anybody is alleged to have done."),
            words=found[0].words,
        )


def _on_rota(period: CoverPeriod, now: datetime) -> list[Volunteer]:
    coming = CoverClaim.objects.filter(shift__period=period, ended_at=None, shift__ends_at__gt=now)
    ids = coming.values("volunteer")
    return list(Volunteer.objects.filter(pk__in=ids, left_at=None).select_related("person").order_by("pk"))


def _requests(period: CoverPeriod, volunteers: Sequence[Volunteer], text: str) -> list[MessageRequest]:
    reach, found = Reach(volunteers), []
    for volunteer in volunteers:
        by_text = reach.point(volunteer, Channel.SMS) if may_send_texts() else None
        point = by_text or reach.point(volunteer, Channel.EMAIL)
        if point is None:
            continue
        found.append(
            MessageRequest(
                template="support/note", address=point.value, purpose=Purpose.SERVICE,
                channel=Channel.SMS if by_text else Channel.EMAIL, person_id=volunteer.person_id,
                language=volunteer.person.language,
                fields={**_fields(period, text), "to_name": str(volunteer.person)},
            )
        )  # fmt: skip
    return found


def _fields(period: CoverPeriod, text: str) -> dict[str, str | bool]:
    return {"place": period.venue.name, "note": " ".join(text.split())}
