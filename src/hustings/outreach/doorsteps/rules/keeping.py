"""What a phone keeps of a round: until when, and when a tap was that it tells of only later."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from hustings.basics.clock import UK

#: After the day of the walk a copy is of use for as long as this: for what is still to be told of it.
AFTER_THE_WALK = timedelta(hours=24)

#: A copy that is not renewed ends after this: whoever objected meanwhile still stands in it.
UNRENEWED = timedelta(hours=48)

#: So far a phone's clock may be out before it is put right.
SKEW = timedelta(minutes=2)

#: Within this, a second phone's “no answer” tells of the same visit.
SAME_VISIT = timedelta(minutes=15)


class Doubt(StrEnum):
    """Why the moment of a tap is not the one that the phone told."""

    NONE = ""
    FUTURE = "future"
    EARLY = "early"


@dataclass(frozen=True, slots=True, kw_only=True)
class TapMoment:
    """When a tap was by our clock; with a `doubt`, the nearest moment that can be."""

    at: datetime
    doubt: Doubt = Doubt.NONE


def kept_until(
    *, now: datetime, walk_on: date | None, ends_on: date, readable_until: date | None
) -> datetime:
    """The moment at which a phone's copy of a round ends.

    It is the first of: the end of the canvass's last day `ends_on`, a day after the end of the day of the walk, the day
    `readable_until` on which the right to the register has ended (exclusive; None where nothing is from a register), and
    two days from `now`, unless it is renewed. It may be past already: then nothing is kept.
    """
    ends = [_end_of(ends_on), now + UNRENEWED]
    if walk_on is not None:
        ends.append(_end_of(walk_on) + AFTER_THE_WALK)
    if readable_until is not None:
        ends.append(_start_of(readable_until))
    return min(ends)


def tap_moment(
    *, tapped_at: datetime, sent_at: datetime, now: datetime, opened_at: datetime | None
) -> TapMoment:
    """When a tap was by our clock.

    A phone's clock may be out. By how much, `sent_at` tells: its clock when it sent what arrives `now`; how long before that
    the tap was, it knows well enough. What lies in the future all the same is taken for now, and what lies before the canvass
    was opened for that moment, each with its doubt.
    """
    drift = now - sent_at
    at = tapped_at + drift if abs(drift) > SKEW else tapped_at
    if at > now:
        return TapMoment(at=now, doubt=Doubt.FUTURE if at - now > SKEW else Doubt.NONE)
    if opened_at is not None and at < opened_at:
        return TapMoment(at=opened_at, doubt=Doubt.EARLY)
    return TapMoment(at=at)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UK).astimezone(UTC)


def _end_of(day: date) -> datetime:
    return _start_of(day + timedelta(days=1))
