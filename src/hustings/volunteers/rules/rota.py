"""Proposing a rota: who might take which shift, so that nobody is asked for more than they offered.

The rule never breaks: in no week is anybody's promised time plus what is proposed above their own limit, nobody is in two places
at once or without a break between, everybody is free then, and entitled (course, age). Within it, as many places are filled as
the method finds: the shifts that fewest could take come first, each goes to whoever has the smallest share of their limit
used, then to whoever lives nearest. Where a place stays empty, somebody is moved to it from a shift that another can take
(docs/algorithms/rota.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hustings.volunteers.rules.free_times import is_free
from hustings.volunteers.rules.weeks import minutes_in_week, weeks_touched

#: Who has set no limit is proposed for at most so many minutes a week: what nobody would call too much.
UNSET_LIMIT_MINUTES = 6 * 60

#: Between two shifts lies at least this, for the way and a cup of tea.
BREAK = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftToFill:
    """A shift and how many more people it wants; `eligible` are the helpers who may take it."""

    shift_id: int
    starts_at: datetime
    ends_at: datetime
    wanted: int
    eligible: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody who may be proposed: their limit a week in minutes (none: unset), times, promises, distances by shift."""

    helper_id: int
    limit_minutes: int | None = None
    free_times: tuple[str, ...] = ()
    promised: tuple[tuple[datetime, datetime], ...] = ()
    km: Mapping[int, float] = field(default_factory=dict)

    @property
    def limit(self) -> int:
        """The limit that counts."""
        return UNSET_LIMIT_MINUTES if self.limit_minutes is None else self.limit_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """What is proposed: shift and helper ids in order, and how many places of which shift stay empty."""

    proposals: tuple[tuple[int, int], ...]
    gaps: Mapping[int, int]


class _Diary:
    """What one helper has promised and is proposed for."""

    def __init__(self, helper: Helper) -> None:
        self.helper = helper
        self._spans = list(helper.promised)
        self._minutes: dict[date, int] = {}
        for starts_at, ends_at in helper.promised:
            self._count(starts_at, ends_at, 1)

    def takes(self, shift: ShiftToFill) -> bool:
        """Whether the shift fits: free, with a break, and within the limit of every week it touches."""
        helper = self.helper
        if helper.helper_id not in shift.eligible:
            return False
        if not is_free(free_times=helper.free_times, starts_at=shift.starts_at, ends_at=shift.ends_at):
            return False
        if any(
            starts_at < shift.ends_at + BREAK and shift.starts_at < ends_at + BREAK
            for starts_at, ends_at in self._spans
        ):
            return False
        return all(
            self._minutes.get(week, 0)
            + minutes_in_week(starts_at=shift.starts_at, ends_at=shift.ends_at, day=week)
            <= helper.limit
            for week in weeks_touched(starts_at=shift.starts_at, ends_at=shift.ends_at)
        )

    def add(self, shift: ShiftToFill) -> None:
        self._spans.append((shift.starts_at, shift.ends_at))
        self._count(shift.starts_at, shift.ends_at, 1)

    def remove(self, shift: ShiftToFill) -> None:
        self._spans.remove((shift.starts_at, shift.ends_at))
        self._count(shift.starts_at, shift.ends_at, -1)

    def share(self, shift: ShiftToFill) -> float:
        """The part of the limit used in the shift's first week."""
        week = weeks_touched(starts_at=shift.starts_at, ends_at=shift.ends_at)[0]
        return self._minutes.get(week, 0) / max(1, self.helper.limit)

    def _count(self, starts_at: datetime, ends_at: datetime, sign: int) -> None:
        for week in weeks_touched(starts_at=starts_at, ends_at=ends_at):
            inside = minutes_in_week(starts_at=starts_at, ends_at=ends_at, day=week)
            self._minutes[week] = self._minutes.get(week, 0) + sign * inside


def propose_rota(*, shifts: Sequence[ShiftToFill], helpers: Iterable[Helper]) -> Rota:
    """Propose who takes which place. The same input gives the same rota."""
    diaries = {helper.helper_id: _Diary(helper) for helper in sorted(helpers, key=lambda one: one.helper_id)}
    taken: dict[int, list[int]] = {shift.shift_id: [] for shift in shifts}
    scarcest = sorted(
        shifts,
        key=lambda shift: (
            len([one for one in diaries.values() if one.takes(shift)]) / max(1, shift.wanted),
            shift.starts_at,
            shift.shift_id,
        ),
    )
    for shift in scarcest:
        while len(taken[shift.shift_id]) < shift.wanted:
            chosen = _best(shift, diaries, taken[shift.shift_id])
            if chosen is None:
                break
            chosen.add(shift)
            taken[shift.shift_id].append(chosen.helper.helper_id)
    by_id = {shift.shift_id: shift for shift in shifts}
    for shift in scarcest:
        while len(taken[shift.shift_id]) < shift.wanted and _move_somebody(shift, by_id, diaries, taken):
            pass
    return Rota(
        proposals=tuple(
            (shift.shift_id, helper_id) for shift in shifts for helper_id in sorted(taken[shift.shift_id])
        ),
        gaps={
            shift.shift_id: shift.wanted - len(taken[shift.shift_id])
            for shift in shifts
            if len(taken[shift.shift_id]) < shift.wanted
        },
    )


def _best(shift: ShiftToFill, diaries: Mapping[int, _Diary], already: Sequence[int]) -> _Diary | None:
    possible = [
        diary for diary in diaries.values() if diary.helper.helper_id not in already and diary.takes(shift)
    ]
    return min(
        possible,
        key=lambda diary: (
            diary.share(shift),
            diary.helper.km.get(shift.shift_id, float("inf")),
            diary.helper.helper_id,
        ),
        default=None,
    )


def _move_somebody(
    gap: ShiftToFill,
    by_id: Mapping[int, ShiftToFill],
    diaries: Mapping[int, _Diary],
    taken: dict[int, list[int]],
) -> bool:
    """Fill one place of a gap by moving somebody to it from a shift that another can take in their stead."""
    for other_id, people in taken.items():
        if other_id == gap.shift_id:
            continue
        other = by_id[other_id]
        for helper_id in sorted(people):
            if helper_id in taken[gap.shift_id]:
                continue
            mover = diaries[helper_id]
            mover.remove(other)
            if mover.takes(gap):
                instead = _best(other, diaries, [*people])
                if instead is not None:
                    people.remove(helper_id)
                    people.append(instead.helper.helper_id)
                    instead.add(other)
                    mover.add(gap)
                    taken[gap.shift_id].append(helper_id)
                    return True
            mover.add(other)
    return False
