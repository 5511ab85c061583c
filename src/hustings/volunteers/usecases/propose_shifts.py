"""Propose a rota for an event's shifts: people near it who are free, entitled, and within their own limits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.platform import audit, wiring
from hustings.volunteers.models import Booking, BookingState, Event, EventState, Volunteer
from hustings.volunteers.queries.completions import with_completed
from hustings.volunteers.queries.events import shifts_with_places
from hustings.volunteers.queries.nearby import near
from hustings.volunteers.rules.rota import Helper, Rota, ShiftToFill, propose_rota
from hustings.volunteers.rules.weeks import week_span
from hustings.volunteers.usecases.tell_bookers import shift_fields
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteer

#: Nobody is proposed for a shift further away than this, as the crow flies.
FURTHEST_KM = 25.0


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """The bookings proposed, and how many places stay empty."""

    bookings: list[Booking]
    gaps: int


def propose_shifts(
    *, event: Event, among: QuerySet[Volunteer], by: User | None, now: datetime, is_dry_run: bool = False
) -> Proposed:
    """Propose places to volunteers and write to them; each says yes or no on their own page.

    `among` is whom the organiser may see. Who ever declined or gave back this event is left alone. Nobody's weekly limit is
    exceeded, counting everything that `COMMITMENTS` knows they promised. A dry run stores and sends nothing.
    """
    with transaction.atomic():
        # One rota at a time: two at once could each propose the whole of somebody's limit.
        list(
            Volunteer.objects.select_for_update(of=("self",)).filter(pk__in=among.values("pk")).order_by("pk")
        )
        rota = _rota(event, among, now)
        bookings = [
            Booking(
                shift_id=shift_id,
                volunteer_id=volunteer_id,
                state=BookingState.PROPOSED,
                asked_at=now,
                proposed_by=by,
            )
            for shift_id, volunteer_id in rota.proposals
        ]
        if is_dry_run:
            return Proposed(bookings=bookings, gaps=sum(rota.gaps.values()))
        for booking in bookings:
            booking.save()
            _write(booking, event, now)
        audit.record(
            now=now,
            actor=by,
            verb="proposed a rota for",
            subject_type="volunteers.Event",
            subject_id=event.pk,
            area_code=event.area_id or "",
            proposed=len(bookings),
            gaps=sum(rota.gaps.values()),
        )
    return Proposed(bookings=bookings, gaps=sum(rota.gaps.values()))


def _rota(event: Event, among: QuerySet[Volunteer], now: datetime) -> Rota:
    places = [
        each
        for each in shifts_with_places(event=event)
        if each.shift.starts_at > now and event.state == EventState.OPEN
    ]
    shifts = [each.shift for each in places]
    refused = Booking.objects.filter(
        shift__event=event, state__in=(BookingState.DECLINED, BookingState.CANCELLED)
    )
    free = among.filter(left_at=None).exclude(pk__in=refused.values("volunteer"))
    distances = _distances(event, free)
    volunteers = [one for one in free.order_by("pk") if one.pk in distances]
    if not shifts or not volunteers:
        return Rota(proposals=(), gaps={each.shift.pk: each.free for each in places if each.free})
    ids = [one.pk for one in volunteers]
    first, _after = week_span(day=uk_date(min(shift.starts_at for shift in shifts)))
    _before, last = week_span(day=uk_date(max(shift.ends_at for shift in shifts)))
    promised: dict[int, list[tuple[datetime, datetime]]] = {pk: [] for pk in ids}
    for ask in wiring.commitments():
        for each in ask(volunteer_ids=ids, starts_at=first - timedelta(days=1), ends_at=last):
            promised[each.volunteer_id].append((each.starts_at, each.ends_at))
    adults = {one.pk for one in volunteers if one.is_adult}
    to_fill = []
    for each_place in places:
        shift = each_place.shift
        eligible = set(adults if event.is_adults_only else ids)
        for course in (event.required_course, shift.required_course):
            if course is not None:
                eligible &= with_completed(
                    volunteer_ids=ids, course_slug=course.slug, on=uk_date(shift.starts_at)
                )
        to_fill.append(
            ShiftToFill(
                shift_id=shift.pk,
                starts_at=shift.starts_at,
                ends_at=shift.ends_at,
                wanted=each_place.free,
                eligible=frozenset(eligible),
            )
        )
    return propose_rota(
        shifts=to_fill,
        helpers=[
            Helper(
                helper_id=one.pk,
                limit_minutes=one.weekly_limit_minutes,
                free_times=tuple(one.free_times),
                promised=tuple(promised[one.pk]),
                km={shift.pk: distances[one.pk] for shift in shifts},
            )
            for one in volunteers
        ],
    )


def _distances(event: Event, volunteers: QuerySet[Volunteer]) -> dict[int, float]:
    """How far each lives, those too far left out; an event without a place is as near to everybody."""
    if event.latitude is None or event.longitude is None:
        return dict.fromkeys(volunteers.values_list("pk", flat=True), 0.0)
    found = near(latitude=event.latitude, longitude=event.longitude, within_km=FURTHEST_KM, among=volunteers)
    return {each.volunteer.pk: each.km for each in found}


def _write(booking: Booking, event: Event, now: datetime) -> None:
    shift = booking.shift
    write_to_volunteer(
        template="shift_proposed",
        volunteer=Volunteer.objects.select_related("person").get(pk=booking.volunteer_id),
        fields_of=lambda _one: shift_fields(shift=shift),
        path="/volunteer/",
        now=now,
    )
