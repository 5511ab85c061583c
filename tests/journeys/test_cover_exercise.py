"""The exercise: 24 hours of cover at 20 places with 300 volunteers, by the real use cases, a simulated clock and answers.

Every quarter of an hour the scheduled task runs, and whoever was asked answers as people do: some come, some say not today,
some say nothing, some give a shift back. At each moment a gap must be explained by the call-out: people were asked and their
wait is not over, or everybody who could come has been asked in this round. Nobody is ever on shift above their own limit.
The figures are printed (`pytest -s`).
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import process_time
from typing import Any

import pytest
from django.db.models import Max

from hustings.people.models import ContactPoint, ContactPointKind, Person
from hustings.places.models import Venue, VenueKind
from hustings.support.models import Answer, Ask, CallOutSettings, CoverClaim, CoverPeriod, CoverShift
from hustings.support.queries import open_shifts
from hustings.support.queries.elsewhere import other_places
from hustings.support.rules.capacity import Capacity, Obstacle, obstacle
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.answer_ask import answer_ask
from hustings.support.usecases.close_cover import close_cover
from hustings.support.usecases.give_back_shift import give_back_shift
from hustings.support.usecases.take_shift import ShiftNotTaken, take_shift
from hustings.support.usecases.tend_cover import tend_cover
from hustings.volunteers.models import Completion, Volunteer
from hustings.volunteers.queries import near
from hustings.volunteers.rules.weeks import minutes_in_week
from tests.cast import Cast
from tests.support.cover import KM_A_DEGREE, LAT, LON, make_course

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1800)]

SEED = 2026
PLACES, VOLUNTEERS, HOURS, TICK = 20, 300, 24, 15
RINGS = [{"km": 5, "minutes": 15}, {"km": 10, "minutes": 15}, {"km": 25, "minutes": 30}]
REST, AHEAD, MOST_ASKS = 60, 6, 8
COURSE = "supporting-a-person"


@dataclass
class Exercise:
    """What goes on, and what is counted of it."""

    chance: random.Random
    due: dict[datetime, list[int]] = field(default_factory=lambda: defaultdict(list))
    seen: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    open_since: dict[int, datetime] = field(default_factory=dict)
    gaps: list[float] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    def hear_of_asks(self, now: datetime) -> None:
        """Let everybody who was asked since the last look decide when they answer: within half an hour."""
        for pk in Ask.objects.filter(pk__gt=self.seen).order_by("pk").values_list("pk", flat=True):
            self.seen = pk
            self.counts["asked"] += 1
            ticks = self.chance.randint(1, 2)
            self.due[now + timedelta(minutes=TICK * ticks)].append(pk)

    def answer(self, now: datetime) -> None:
        """Everybody whose moment has come answers: four in ten come, two in ten cannot today, the rest say nothing."""
        for pk in self.due.pop(now, []):
            ask = Ask.objects.select_related("period", "volunteer").get(pk=pk)
            draw = self.chance.random()
            if draw < 0.4:
                self._come(ask, now)
            elif draw < 0.6:
                answer_ask(ask=ask, answer=Answer.NOT_TODAY, now=now)
                self.counts["not today"] += 1
            else:
                self.counts["silent"] += 1

    def _come(self, ask: Ask, now: datetime) -> None:
        """They look at the place that asked; where nothing is open there, half of them take what the page offers near by."""
        shifts = open_shifts(period=ask.period, since=now)
        if not shifts and self.chance.random() < 0.5:
            others = other_places(volunteer=ask.volunteer, than=ask.period, now=now)
            shifts = list(others[0].shifts) if others else []
            self.counts["went to another place"] += bool(shifts)
        for need in self.chance.sample(shifts, k=min(len(shifts), self.chance.randint(1, 2))):
            shift = CoverShift.objects.get(pk=need.key)
            try:
                take_shift(shift=shift, volunteer=ask.volunteer, now=now)
                self.counts["shifts taken"] += 1
            except ShiftNotTaken as refusal:
                self.counts[f"refused: {refusal.code}"] += 1

    def give_back(self, now: datetime) -> None:
        """Every half hour a few cannot come after all."""
        if now.minute % 30:
            return
        coming = CoverClaim.objects.filter(ended_at=None, shift__starts_at__gt=now + timedelta(hours=1))
        ids = list(coming.order_by("pk").values_list("pk", flat=True))
        for pk in self.chance.sample(ids, k=min(len(ids), self.chance.randint(0, 2))):
            give_back_shift(claim=CoverClaim.objects.select_related("shift").get(pk=pk), now=now)
            self.counts["given back"] += 1

    def look(self, periods: list[CoverPeriod], now: datetime) -> None:
        """Time the gaps of the running shifts, and ask for each gap what explains it."""
        for period in CoverPeriod.objects.filter(pk__in=[each.pk for each in periods]).select_related(
            "venue"
        ):
            shifts = open_shifts(period=period, since=now)
            is_open = any(need.starts_at <= now for need in shifts)
            if is_open:
                self.open_since.setdefault(period.pk, now)
            elif period.pk in self.open_since:
                self.gaps.append((now - self.open_since.pop(period.pk)).total_seconds() / 60)
            if shifts and not _is_explained(period, shifts, now):
                self.unexplained.append(f"{now:%H:%M} {period.venue.name}")


def _is_explained(period: CoverPeriod, shifts: Any, now: datetime) -> bool:
    """People were asked and the wait of their ring is not over; or whoever could come was asked in this round."""
    if period.asked_at is None or period.next_at is None:
        return False
    if not period.is_exhausted:
        return bool(
            now < period.next_at <= period.asked_at + timedelta(minutes=RINGS[period.ring]["minutes"])
        )
    if now >= period.asked_at + timedelta(minutes=REST):
        return False
    return now.minute % 30 != 0 or not _left_to_ask(period, shifts, now)


def _left_to_ask(period: CoverPeriod, shifts: Any, now: datetime) -> list[int]:
    """Who could come and was not asked in this round, counted afresh by other means than the call-out's own.

    Whoever became free since everybody was asked counts at the next round, and is left out here: those who had promised
    something, or whose “not today” ended meanwhile.
    """
    rest = timedelta(minutes=REST)
    known = set(period.asks.filter(round=period.round).values_list("volunteer_id", flat=True))
    not_today = Ask.objects.filter(answer=Answer.NOT_TODAY, answered_at__gte=now - timedelta(hours=12) - rest)
    known |= set(not_today.values_list("volunteer_id", flat=True))
    known |= set(CoverClaim.objects.values_list("volunteer_id", flat=True))
    asked = Counter(
        Ask.objects.filter(asked_at__gt=now - timedelta(hours=24) - rest).values_list(
            "volunteer_id", flat=True
        )
    )
    known |= {volunteer_id for volunteer_id, count in asked.items() if count >= MOST_ASKS}
    trained = set(Completion.objects.values_list("volunteer_id", flat=True))
    venue = period.venue
    found = near(latitude=venue.latitude, longitude=venue.longitude, within_km=RINGS[-1]["km"])
    return [
        each.volunteer.pk
        for each in found
        if each.volunteer.pk in trained - known
        and any(
            obstacle(
                capacity=Capacity(limit_minutes=each.volunteer.weekly_limit_minutes),
                starts_at=need.starts_at,
                ends_at=need.ends_at,
            )
            is Obstacle.NONE
            for need in shifts
        )
    ]


def make_places(cast: Cast, chance: random.Random, now: datetime) -> list[Venue]:
    """Places up to 12 km from the middle."""
    return Venue.objects.bulk_create(
        Venue(
            kind=VenueKind.CUSTODY_SUITE, name=f"Suite {number}", latitude=LAT + chance.uniform(-12, 12) / KM_A_DEGREE,
            longitude=LON + chance.uniform(-12, 12) / (KM_A_DEGREE * 0.595), area=cast.east, source="exercise",
            reference=str(number), changed_at=now,
        )
        for number in range(PLACES)
    )  # fmt: skip


def make_volunteers(cast: Cast, chance: random.Random, now: datetime) -> list[Volunteer]:
    """People with limits of their own; one in ten has not finished the course."""
    people = Person.objects.bulk_create(
        Person(
            given_name=f"V{number}", family_name="Tester", ward=cast.east, source="exercise", created_at=now
        )
        for number in range(VOLUNTEERS)
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(
            person=person, kind=ContactPointKind.EMAIL, value=f"x{number}@barset.example",
            canonical=f"x{number}@barset.example", added_at=now, source="exercise",
        )
        for number, person in enumerate(people)
    )  # fmt: skip
    volunteers = Volunteer.objects.bulk_create(
        Volunteer(
            person=person, area=cast.east, latitude=LAT + chance.gauss(0, 6) / KM_A_DEGREE,
            longitude=LON + chance.gauss(0, 6) / (KM_A_DEGREE * 0.595), adult_confirmed_at=now, joined_at=now,
            weekly_limit_minutes=chance.choice([120, 240, 360, 480, 600, None]),
        )
        for person in people
    )  # fmt: skip
    course = make_course(COURSE)
    Completion.objects.bulk_create(
        Completion(volunteer=volunteer, course=course, completed_at=now)
        for volunteer in volunteers
        if chance.random() < 0.9
    )
    return volunteers


def test_24_hours_of_cover_at_20_places_with_300_volunteers(cast: Cast, now: datetime) -> None:
    began, chance = process_time(), random.Random(SEED)
    CallOutSettings.objects.create(
        pk=1,
        rings=RINGS,
        asks_a_place=2,
        rest_minutes=REST,
        ahead_hours=AHEAD,
        required_course=COURSE,
        most_asks_a_day=MOST_ASKS,
    )
    venues, volunteers = make_places(cast, chance, now), make_volunteers(cast, chance, now)
    exercise, periods = Exercise(chance=chance), []
    starts = {venue.pk: now + timedelta(minutes=TICK * chance.randint(0, 12)) for venue in venues}
    for tick in range(HOURS * 60 // TICK):
        at = now + timedelta(minutes=TICK * tick)
        for venue in venues:
            if starts[venue.pk] == at:
                periods.append(
                    activate_place(venue=venue, reason="Exercise", by=cast.alice, now=at, minimum=2)
                )
        exercise.answer(at)
        exercise.give_back(at)
        tend_cover(now=at)
        exercise.hear_of_asks(at)
        exercise.look(periods, at)
    end = now + timedelta(hours=HOURS)
    thanked = sum(close_cover(period=period, by=cast.alice, now=end) for period in periods)
    figures = _figures(exercise, volunteers, thanked, process_time() - began)
    print("\n" + "\n".join(f"{name:34} {value}" for name, value in figures.items()))  # noqa: T201
    assert len(periods) == PLACES
    assert exercise.unexplained == []
    assert _over_limit(volunteers, now, end) == []
    assert not _asked_twice()
    assert figures["asked at most, one person"] <= MOST_ASKS
    assert figures["person-hours covered, per cent"] >= 95
    assert thanked > 0


def _asked_twice() -> list[tuple[int, int, int]]:
    rows = Counter(Ask.objects.values_list("period_id", "volunteer_id", "round"))
    return [row for row, count in rows.items() if count > 1]


def _over_limit(volunteers: list[Volunteer], now: datetime, end: datetime) -> list[str]:
    """Those whose shifts of any week, added up one by one, are more than they said."""
    over = []
    for volunteer in volunteers:
        if volunteer.weekly_limit_minutes is None:
            continue
        claims = CoverClaim.objects.filter(volunteer=volunteer).exclude(end_reason="taken_back")
        for day in (now.date(), end.date()):
            minutes = sum(
                minutes_in_week(
                    starts_at=claim.shift.starts_at,
                    ends_at=min(claim.shift.ends_at, claim.ended_at or end),
                    day=day,
                )
                for claim in claims.select_related("shift")
            )
            if minutes > volunteer.weekly_limit_minutes:
                over.append(f"{volunteer}: {minutes} of {volunteer.weekly_limit_minutes}")
    return over


def _figures(exercise: Exercise, volunteers: list[Volunteer], thanked: int, seconds: float) -> dict[str, Any]:
    wanted = covered = 0.0
    for period in CoverPeriod.objects.all():
        for shift in period.shifts.prefetch_related("claims"):
            begins, ends = (
                max(shift.starts_at, period.opened_at),
                min(shift.ends_at, period.closed_at or shift.ends_at),
            )
            hours = max(0.0, (ends - begins).total_seconds() / 3600)
            wanted += hours * shift.minimum
            for claim in shift.claims.all():
                if claim.end_reason != "taken_back":
                    covered += max(0.0, (ends - max(begins, claim.claimed_at)).total_seconds() / 3600)
    gaps = sorted(exercise.gaps)
    asks = Counter(Ask.objects.values_list("volunteer_id", flat=True))
    trained = [each for each in volunteers if each.completions.exists()]
    return {
        "places, volunteers, hours": f"{PLACES}, {len(volunteers)}, {HOURS}",
        "person-hours wanted": round(wanted),
        "person-hours covered": round(covered),
        "person-hours covered, per cent": round(100 * covered / wanted, 1),
        "asked": exercise.counts["asked"],
        "asked at most, one person": max(asks.values()),
        "asked at the middle, one person": sorted(asks.get(each.pk, 0) for each in trained)[
            len(trained) // 2
        ],
        "trained people never asked": sum(each.pk not in asks for each in trained),
        "rounds at most": (Ask.objects.aggregate(most=Max("round"))["most"] or 0) + 1,
        **{name: count for name, count in sorted(exercise.counts.items()) if name != "asked"},
        "gaps while a shift ran": len(gaps),
        "median gap, minutes": gaps[len(gaps) // 2] if gaps else 0,
        "longest closed gap, minutes": gaps[-1] if gaps else 0,
        "gaps that nothing explains": len(exercise.unexplained),
        "thanked": thanked,
        "seconds of processor": round(seconds, 1),
    }
