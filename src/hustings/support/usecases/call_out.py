"""One step of a call-out: who is asked now, and how; safe to run twice, and killed at any point tells nobody twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import translation

from hustings.basics.clock import uk_date
from hustings.clearance.usecases.clear_addresses import SingleMessage, clear_addresses
from hustings.people.models import Channel, Purpose
from hustings.platform.words import clock_time, day, distance
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.support.models import Answer, Ask, AskChannel, CoverClaim, CoverPeriod
from hustings.support.queries import call_out_settings, open_shifts, promised_spans
from hustings.support.queries.answers import answer_link
from hustings.support.queries.reach import Reach
from hustings.support.rules.capacity import Capacity, Obstacle, obstacle
from hustings.support.rules.rings import (
    ASKS_COUNTED,
    SOON,
    Candidate,
    NextStep,
    Standing,
    next_step,
    starts_new_round,
)
from hustings.support.rules.rota import ShiftNeed
from hustings.support.usecases.extend_rota import extend_rota
from hustings.volunteers.models import Volunteer
from hustings.volunteers.queries import NearVolunteer, near, with_completed
from hustings.volunteers.rules.weeks import week_span

#: How long somebody who said “not today”, or gave a shift back, is not asked again.
_LEFT_ALONE = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOut:
    """What a step did: how many were asked by which channel, and whether nobody is left to ask in this round."""

    asked: dict[str, int] = field(default_factory=dict)
    open_places: int = 0
    is_exhausted: bool = False


def call_out(*, period_id: int, now: datetime) -> CalledOut:
    """Look at one open period: lay out its rota, and ask the next people where places are open and the wait is over.

    Everything happens in one transaction: asks and their messages are stored together or not at all, and a second run finds
    them there.
    """
    with transaction.atomic():
        period = CoverPeriod.objects.select_for_update().get(pk=period_id)
        if not period.is_open:
            return CalledOut()
        extend_rota(period=period, now=now)
        if period.next_at is not None and now < period.next_at:
            return CalledOut(is_exhausted=period.is_exhausted)
        shifts = open_shifts(period=period, since=now)
        places = sum(shift.missing for shift in shifts)
        if not places:
            period.is_exhausted, period.next_at, period.spared = False, None, 0
            period.save(update_fields=["is_exhausted", "next_at", "spared"])
            return CalledOut()
        return _step(period, shifts, places, now)


def _step(period: CoverPeriod, shifts: Sequence[ShiftNeed], places: int, now: datetime) -> CalledOut:
    plan = call_out_settings().plan()
    standing = Standing(
        round=period.round, ring=min(period.ring, len(plan.rings) - 1), asked_at=period.asked_at
    )
    if starts_new_round(plan=plan, standing=standing, is_exhausted=period.is_exhausted, now=now):
        standing = Standing(round=standing.round + 1)
    found = _able(period, shifts, plan.rings[-1].km, now)
    reach = Reach([each.volunteer for each in found])
    reached = [each for each in found if reach.channel_of(each.volunteer) is not None]
    asks_today = _asks_today([each.volunteer.pk for each in reached], now)
    soon = sum(shift.missing for shift in shifts if shift.starts_at < now + SOON)

    def look(at: Standing) -> NextStep | None:
        asked = set(period.asks.filter(round=at.round).values_list("volunteer_id", flat=True))
        candidates = [
            Candidate(
                key=each.volunteer.pk, km=each.km, is_asked=each.volunteer.pk in asked,
                asks_today=asks_today.get(each.volunteer.pk, 0),
            )
            for each in reached
        ]  # fmt: skip
        return next_step(
            plan=plan,
            standing=at,
            candidates=candidates,
            open_places=soon,
            later_places=places - soon,
            now=now,
        )

    step = look(standing)
    if step is not None and starts_new_round(
        plan=plan, standing=step.standing, is_exhausted=step.is_exhausted, now=now
    ):
        # A gap that opened again long after the last ask: nobody is left, and the rest is over already.
        step = look(Standing(round=step.standing.round + 1))
    if step is None:
        return CalledOut()
    by_id = {each.volunteer.pk: each for each in found}
    counts = _ask(period, [by_id[key] for key in step.ask], reach, step.standing, shifts, now)
    period.round, period.ring = step.standing.round, step.standing.ring
    period.asked_at = step.standing.asked_at or now
    period.next_at, period.is_exhausted, period.spared = step.wait_until, step.is_exhausted, step.spared
    period.save(update_fields=["round", "ring", "asked_at", "next_at", "is_exhausted", "spared"])
    return CalledOut(asked=counts, open_places=places, is_exhausted=step.is_exhausted)


def _asks_today(volunteer_ids: Sequence[int], now: datetime) -> dict[int, int]:
    """How often any place asked each of them in the last 24 hours; they are held, so that two places do not count at once."""
    list(Volunteer.objects.select_for_update().filter(pk__in=volunteer_ids).order_by("pk").values_list("pk"))
    asks = Ask.objects.filter(volunteer__in=volunteer_ids, asked_at__gt=now - ASKS_COUNTED).order_by()
    return dict(asks.values_list("volunteer").annotate(count=Count("pk")))


def _able(
    period: CoverPeriod, shifts: Sequence[ShiftNeed], most_km: float, now: datetime
) -> list[NearVolunteer]:
    """Those in reach who are trained, did not say “not today” or give a shift back, and could take one that is open."""
    venue = period.venue
    found = near(latitude=venue.latitude, longitude=venue.longitude, within_km=most_km)
    ids = {each.volunteer.pk for each in found if each.volunteer.is_adult}
    if period.required_course:
        ids &= with_completed(volunteer_ids=ids, course_slug=period.required_course, on=uk_date(now))
    since = now - _LEFT_ALONE
    refused = Ask.objects.filter(volunteer__in=ids, answer=Answer.NOT_TODAY, answered_at__gte=since)
    ids -= set(refused.values_list("volunteer_id", flat=True))
    given_back = CoverClaim.objects.filter(
        shift__period=period, volunteer__in=ids, end_reason="taken_back", ended_at__gte=since
    )
    ids -= set(given_back.values_list("volunteer_id", flat=True))
    first = week_span(day=uk_date(min(shift.starts_at for shift in shifts)))[0]
    last = week_span(day=uk_date(max(shift.ends_at for shift in shifts)))[1]
    promised = promised_spans(volunteer_ids=ids, starts_at=first, ends_at=last)
    return [
        each
        for each in found
        if each.volunteer.pk in ids
        and _can_take_any(each.volunteer, tuple(promised.get(each.volunteer.pk, ())), shifts)
    ]


def _can_take_any(
    volunteer: Volunteer, promised: tuple[tuple[datetime, datetime], ...], shifts: Sequence[ShiftNeed]
) -> bool:
    capacity = Capacity(limit_minutes=volunteer.weekly_limit_minutes, promised=promised)
    return any(
        obstacle(capacity=capacity, starts_at=shift.starts_at, ends_at=shift.ends_at) is Obstacle.NONE
        for shift in shifts
    )


def _ask(
    period: CoverPeriod,
    chosen: Sequence[NearVolunteer],
    reach: Reach,
    standing: Standing,
    shifts: Sequence[ShiftNeed],
    now: datetime,
) -> dict[str, int]:
    if not chosen:
        return {}
    may_ring = _may_ring([each.volunteer for each in chosen], reach, now)
    asks = []
    for each in chosen:
        channel = reach.channel_of(each.volunteer)
        if channel is None or (channel == AskChannel.CALL and each.volunteer.pk not in may_ring):
            continue
        asks.append(
            Ask(
                period=period, volunteer=each.volunteer, round=standing.round, ring=standing.ring,
                km=round(each.km, 1), channel=channel, may_ring=each.volunteer.pk in may_ring, asked_at=now,
            )
        )  # fmt: skip
    Ask.objects.bulk_create(asks)
    written = [ask for ask in asks if ask.channel != AskChannel.CALL]
    requests = [_request(ask, reach, period, shifts, now) for ask in written]
    for ask, message in zip(written, queue_messages(requests=requests, now=now), strict=True):
        ask.message = message
    Ask.objects.bulk_update(written, ["message"])
    counts: dict[str, int] = {}
    for ask in asks:
        counts[ask.channel] = counts.get(ask.channel, 0) + 1
    return counts


def _may_ring(volunteers: Sequence[Volunteer], reach: Reach, now: datetime) -> set[int]:
    """Those whose telephone the gate clears for a call about what they agreed to do."""
    points = {each.pk: reach.point(each, Channel.CALL) for each in volunteers}
    asked = [
        SingleMessage(key=each.pk, address=point.value, person_id=each.person_id)
        for each in volunteers
        if (point := points[each.pk]) is not None
    ]
    if not asked:
        return set()
    answer = clear_addresses(messages=asked, channel=Channel.CALL, purpose=Purpose.SERVICE, now=now)
    return {message.key for message in asked} - set(answer.refused)


def _request(
    ask: Ask, reach: Reach, period: CoverPeriod, shifts: Sequence[ShiftNeed], now: datetime
) -> MessageRequest:
    channel = Channel.SMS if ask.channel == AskChannel.SMS else Channel.EMAIL
    point = reach.point(ask.volunteer, channel)
    person = ask.volunteer.person
    first = max(now, min(shift.starts_at for shift in shifts))
    last = max(shift.ends_at for shift in shifts)
    with translation.override(person.language):
        how_far = distance(ask.km)
    return MessageRequest(
        template="support/call_out",
        address=point.value if point else "",
        channel=channel,
        purpose=Purpose.SERVICE,
        person_id=person.pk,
        language=person.language,
        fields={
            "to_name": str(person),
            "given_name": person.given_name,
            "place": period.venue.name,
            "distance": how_far,
            "from_time": clock_time(first),
            "until_time": clock_time(last),
            "on_day": day(uk_date(first)),
            "answer_url": f"{settings.HUSTINGS_ADDRESS}{answer_link(ask=ask)}",
        },
    )
