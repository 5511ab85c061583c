"""The call-out in widening rings: who is asked next, and when (docs/algorithms/rings.md).

Rings are open settings: a radius in kilometres and how long to wait for answers. In a ring those come first who were asked
least in the last day, then the nearest; at most so many for each place that is to be filled soon and one for each later one,
so that nobody is called out for nothing. Whoever was asked as often as the setting allows in a day, by all places together, is
spared. When everybody in a ring was asked and the wait is over, the next ring opens; after the last one a new round begins
once the rest is over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: A shift that runs or begins within this is filled soon: as many are asked for it as the settings say. For each place of a
#: later one a single person is asked at a time, because there is time to ask another.
SOON = timedelta(hours=3)

#: The day within which asks are counted: the last 24 hours, so that no midnight doubles them.
ASKS_COUNTED = timedelta(hours=24)


class RingsRefused(ValueError):
    """Settings of the call-out that make no sense; the message is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A circle round the place, and how long to wait for answers before going on."""

    km: float
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RingPlan:
    """The settings: rings from the nearest outwards, people asked for each open place, the rest between rounds, and how often
    one person is asked in 24 hours at most, by all places together."""

    rings: tuple[Ring, ...]
    asks_a_place: int
    rest_minutes: int
    most_asks_a_day: int = 8

    def __post_init__(self) -> None:
        """Raises `RingsRefused`."""
        if not self.rings:
            raise RingsRefused("Give at least one ring.")
        if any(ring.km <= 0 or ring.minutes < 1 for ring in self.rings):
            raise RingsRefused("A ring has a radius above nought and waits at least one minute.")
        if any(outer.km <= inner.km for inner, outer in zip(self.rings, self.rings[1:], strict=False)):
            raise RingsRefused("Each ring must be wider than the one before.")
        if self.most_asks_a_day < 1:
            raise RingsRefused("Let each person be asked at least once a day, or nobody ever is.")
        if self.asks_a_place < 1 or self.rest_minutes < 1:
            raise RingsRefused(
                "Ask at least one person for each place, and rest at least a minute between rounds."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a call-out stands: its round and ring (from 0), and when somebody was last asked; none before the first."""

    round: int = 0
    ring: int = 0
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be asked: distance, whether this round has asked them already, and how often any place asked them in
    the last 24 hours."""

    key: int
    km: float
    is_asked: bool = False
    asks_today: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to do now: ask these people, or wait until then; and where the call-out stands afterwards.

    `is_exhausted`: everybody in reach who may be asked was asked in this round. `spared` counts those who are not asked, only
    because they were asked as often as the setting allows today.
    """

    ask: tuple[int, ...]
    standing: Standing
    wait_until: datetime
    is_exhausted: bool = False
    spared: int = 0


def next_step(
    *,
    plan: RingPlan,
    standing: Standing,
    candidates: Iterable[Candidate],
    open_places: int,
    now: datetime,
    later_places: int = 0,
) -> NextStep | None:
    """What a call-out does now; none where no place is open. `open_places` are those to be filled soon, `later_places` others.

    A new round takes `candidates` as not asked, because what they were asked before is a round ago: the caller marks only
    those whom the round in the answer has asked.
    """
    if open_places + later_places < 1:
        return None
    unasked = [each for each in candidates if not each.is_asked]
    people = [each for each in unasked if each.asks_today < plan.most_asks_a_day]
    people.sort(key=lambda each: (each.asks_today, each.km, each.key))
    spared = len(unasked) - len(people)
    if standing.asked_at is not None:
        due = standing.asked_at + timedelta(minutes=plan.rings[standing.ring].minutes)
        if now < due:
            return NextStep(ask=(), standing=standing, wait_until=due, spared=spared)
    most = plan.asks_a_place * open_places + later_places
    return replace(_ask(plan, standing, people, most, now), spared=spared)


def starts_new_round(*, plan: RingPlan, standing: Standing, is_exhausted: bool, now: datetime) -> bool:
    """Whether everybody was asked and the rest is over, so that people may be asked once more."""
    if not is_exhausted or standing.asked_at is None:
        return False
    return now >= standing.asked_at + timedelta(minutes=plan.rest_minutes)


def longest_unanswered(*, plan: RingPlan, steps_in_ring: Sequence[int]) -> timedelta:
    """How long a gap may stand while the call-out runs through its rings, asking so many times in each."""
    waits = zip(plan.rings, steps_in_ring, strict=True)
    return timedelta(minutes=sum(ring.minutes * steps for ring, steps in waits))


def _ask(
    plan: RingPlan, standing: Standing, people: Sequence[Candidate], most: int, now: datetime
) -> NextStep:
    """Ask in the ring that stands, or in the first wider one that holds somebody."""
    for place in range(standing.ring, len(plan.rings)):
        ring = plan.rings[place]
        chosen = [each.key for each in people if each.km <= ring.km][:most]
        if chosen:
            after = Standing(round=standing.round, ring=place, asked_at=now)
            return NextStep(
                ask=tuple(chosen), standing=after, wait_until=now + timedelta(minutes=ring.minutes)
            )
    rested = (standing.asked_at or now) + timedelta(minutes=plan.rest_minutes)
    return NextStep(ask=(), standing=standing, wait_until=rested, is_exhausted=True)
