"""How much of an item counts: by area, by party and candidate, among candidates, and by time.

Amounts are whole pence; parts of one amount always add up to it, by largest remainders. The law asks for an honest
assessment based on the facts (Representation of the People Act 1983 s. 90ZA; Electoral Commission, splitting spending); these are
the sums, the assessment is written down beside them. docs/algorithms/apportionment.md has worked figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.spans import DateSpan
from hustings.money.rules.said import Said

StepKind = Literal["area", "party"]
_DAY = timedelta(days=1)


class NotAPart(Refusal):
    """What was entered is not a part of a whole."""


class NoAssessment(Refusal):
    """An item is split and nobody wrote down why so."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a whole: 3 of 4 wards, 1 of 2 names on the leaflet."""

    step: StepKind
    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator < 1 or not 0 <= self.numerator <= self.denominator:
            raise NotAPart(
                "part",
                gettext_noop("“{numerator} of {denominator}” is not a part. Write for example 1 of 2."),
                numerator=self.numerator,
                denominator=self.denominator,
            )

    @property
    def fraction(self) -> Fraction:
        """The part as a number between 0 and 1."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, kw_only=True)
class TimeSplit:
    """An amount split by time: what counts in each period, in pence, what does not, and the sentence that says why."""

    counted: tuple[tuple[str, int], ...]
    outside_pence: int
    said: Said

    @property
    def counted_pence(self) -> int:
        """What counts in all periods together."""
        return sum(pence for _name, pence in self.counted)

    @property
    def is_split(self) -> bool:
        """Whether a part does not count, or several periods share it."""
        return bool(self.outside_pence) or sum(1 for _name, pence in self.counted if pence) > 1


def allocate(*, total: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Split whole pence by weights so that the parts add up exactly: largest remainders first, then in the given order.

    Without any weight the first part takes all; an empty list of weights is refused with `NotAPart`.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise NotAPart(
            "weights", gettext_noop("An amount is split into at least one part, none below nought.")
        )
    whole = sum(Fraction(weight) for weight in weights)
    if not whole:
        return (total, *(0 for _ in weights[1:]))
    exact = [Fraction(weight) * total / whole for weight in weights]
    parts = [int(share // 1) for share in exact]
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def part_of(*, total: int, parts: Sequence[Part]) -> int:
    """The pence left of an amount after every part is taken, rounded once, half a penny up."""
    left = Fraction(total)
    for part in parts:
        left *= part.fraction
    return int(left + Fraction(1, 2))


def among_candidates(
    *, total: int, parts: Sequence[Part], weights: Sequence[int], assessment: str
) -> tuple[int, ...]:
    """Each candidate's share of an item: the area's and the candidates' part of it, then by weight among them.

    `weights` says how much each candidate has of it (1 each: equally). Raises `NoAssessment` where anything is split and
    `assessment` is empty.
    """
    is_split = len(weights) > 1 or any(part.fraction != 1 for part in parts)
    if is_split and not assessment.strip():
        raise NoAssessment(
            "assessment",
            gettext_noop(
                "Write down the honest assessment behind this split: why so much, and on what facts."
            ),
        )
    return allocate(total=part_of(total=total, parts=parts), weights=weights)


def over_time(*, cost: int, inside: int, in_all: int) -> int:
    """The Commission's method: equal over the time used, `cost × time in the period / total time used`.

    The unit of time is the caller's (days, months). Raises `NotAPart`.
    """
    if in_all < 1 or not 0 <= inside <= in_all:
        raise NotAPart(
            "time",
            gettext_noop(
                "The time in the period is a part of the whole time of use: enter for example 4 of 6."
            ),
        )
    return allocate(total=cost, weights=(inside, in_all - inside))[0]


def split_by_time(
    *,
    pence: int,
    first_use_on: date | None,
    last_use_on: date | None,
    periods: Sequence[tuple[str, DateSpan]],
    assessed: tuple[int, int] | None = None,
) -> TimeSplit:
    """What of an amount counts in each period, by the days of real use.

    `periods` are the spans with a limit, the main one last; use days are both included. An item with no use written down
    counts in full in the main period; so does one first used in it, whenever it was bought. `assessed` is the time in the
    main period of the whole, in any unit, where somebody judged it otherwise.
    """
    main = periods[-1][0]
    empty = tuple((name, 0) for name, _span in periods)
    if assessed is not None:
        inside, in_all = assessed
        counted = over_time(cost=pence, inside=inside, in_all=in_all)
        said = Said(
            gettext_noop(
                "{inside} of {in_all} parts of its use fall into the period: {counted} of {full} count."
            ),
            _figures(counted, pence, inside=inside, in_all=in_all),
        )
        return TimeSplit(counted=(*empty[:-1], (main, counted)), outside_pence=pence - counted, said=said)
    if first_use_on is None:
        said = Said(
            gettext_noop("No use is written down yet, so all of {full} counts."), _figures(pence, pence)
        )
        return TimeSplit(counted=(*empty[:-1], (main, pence)), outside_pence=0, said=said)
    last = max(last_use_on or _last_day(periods[-1][1]), first_use_on)
    days = [_overlap(first_use_on, last, span) for _name, span in periods]
    in_all = (last - first_use_on).days + 1
    shares = allocate(total=pence, weights=[*days, in_all - sum(days)])
    counted_pence = sum(shares[:-1])
    return TimeSplit(
        counted=tuple((name, share) for (name, _span), share in zip(periods, shares, strict=False)),
        outside_pence=shares[-1],
        said=_words(pence, counted_pence, sum(days), in_all, first_use_on, periods),
    )


def _words(
    pence: int,
    counted: int,
    inside: int,
    in_all: int,
    first_use_on: date,
    periods: Sequence[tuple[str, DateSpan]],
) -> Said:
    figures = _figures(counted, pence, inside=inside, in_all=in_all)
    if inside == in_all:
        return Said(
            gettext_noop("Used only while spending counts, so all of {full} counts, whenever it was bought."),
            figures,
        )
    if inside == 0:
        return Said(gettext_noop("Not used while spending counts, so nothing of {full} counts."), figures)
    starts = periods[0][1].valid_from
    if starts is not None and first_use_on < starts:
        return Said(
            gettext_noop(
                "In use for {in_all} days, {inside} of them while spending counts: {counted} of {full} count. Only real "
                "earlier use lowers it, not an early purchase."
            ),
            figures,
        )
    return Said(
        gettext_noop(
            "In use for {in_all} days, {inside} of them while spending counts: {counted} of {full} count."
        ),
        figures,
    )


def _figures(counted: int, full: int, **more: object) -> dict[str, object]:
    return {"counted": format_pence(counted), "full": format_pence(full), **more}


def _last_day(span: DateSpan) -> date:
    assert span.valid_until is not None  # every period of a campaign ends with its poll
    return span.valid_until - _DAY


def _overlap(first: date, last: date, span: DateSpan) -> int:
    start = max(first, span.valid_from) if span.valid_from else first
    end = min(last + _DAY, span.valid_until) if span.valid_until else last + _DAY
    return max(0, (end - start).days)
