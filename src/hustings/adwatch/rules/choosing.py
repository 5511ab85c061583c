"""Which snapshots a report may add up without counting the same spending twice.

For each platform: reports with totals come before lists of ads, as their sums are exact and complete; of two that overlap in
time the one inside the wanted period, then the one taken later, counts. Lists of ads are merged ad by ad (the newest version of
each), and count only on days that no chosen report covers. Everything left out is named with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["totals", "weekly", "ads"]
Basis = Literal["auto", "totals", "ads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A snapshot as the choice sees it: the days it covers (both included, none where not known) and when it was taken in."""

    id: int
    platform: str
    kind: str
    label: str
    first_on: date | None
    last_on: date | None
    order: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A snapshot that was not added up, and why, in a sentence."""

    source: Source
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is added up, oldest first, and what is not."""

    chosen: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]


def choose(
    *, sources: Sequence[Source], first_on: date | None, last_on: date | None, basis: Basis = "auto"
) -> Choice:
    """Choose from all snapshots those that a report of the period rests on."""
    chosen: list[Source] = []
    left_out: list[LeftOut] = []
    is_dated = first_on is not None or last_on is not None
    for source in sorted(sources, key=lambda one: _rank(one, first_on, last_on)):
        reason = ""
        if basis == "totals" and source.kind == "ads":
            reason = "It lists single ads, and totals alone were asked for."
        elif basis == "ads" and source.kind != "ads":
            reason = "It holds totals, and single ads alone were asked for."
        elif source.first_on is None and source.last_on is None:
            if is_dated:
                reason = "The days it covers are not known. Say them: hustings adwatch date."
            elif any(_may_clash(one, source) for one in chosen):
                reason = "The days it covers are not known, so it might count the same spending twice."
        elif is_dated and not _meet(source, first_on, last_on):
            reason = "It covers other days."
        if not reason and (twin := next((one for one in chosen if _may_clash(one, source)), None)):
            reason = f"Its days overlap with “{twin.label}”, which would count the same spending twice."
        if reason:
            left_out.append(LeftOut(source=source, reason=reason))
        else:
            chosen.append(source)
    return Choice(chosen=tuple(sorted(chosen, key=lambda one: one.order)), left_out=tuple(left_out))


def _rank(source: Source, first_on: date | None, last_on: date | None) -> tuple[int, int, int, float]:
    begins, ends = source.first_on, source.last_on
    is_dated = begins is not None and ends is not None
    is_inside = (
        begins is not None
        and ends is not None
        and (first_on is None or begins >= first_on)
        and (last_on is None or ends <= last_on)
    )
    order = {"totals": 0, "weekly": 1, "ads": 2}[source.kind]
    return (0 if is_dated else 1, order, 0 if is_inside else 1, -source.order)


def _may_clash(one: Source, other: Source) -> bool:
    """Whether adding both might count something twice; lists of ads are merged ad by ad and never clash with each other."""
    if one.platform != other.platform or (one.kind == "ads" and other.kind == "ads"):
        return False
    return _meet(one, other.first_on, other.last_on)


def _meet(source: Source, first_on: date | None, last_on: date | None) -> bool:
    begins_too_late = source.first_on is not None and last_on is not None and source.first_on > last_on
    ends_too_early = source.last_on is not None and first_on is not None and source.last_on < first_on
    return not (begins_too_late or ends_too_early)
