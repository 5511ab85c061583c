"""Does a map hold every seat of the results, once, in the order of its own rule?

The audit trusts nothing that the map says: it reads the seats from the results, works every seat's points out again, and
compares. A map from elsewhere is a list of codes; without figures of its own it is held against closeness alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hustings.elections.rules.need import Closeness


class Fault(StrEnum):
    """What can be wrong with a seat on a map."""

    MISSING = "missing"
    DOUBLED = "doubled"
    UNKNOWN = "not in the results"
    LEFT_OUT_WITHOUT_REASON = "left out without a reason"
    OUT_OF_ORDER = "out of order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault; `place` is the seat's number on the map, `None` for a seat that is not there."""

    fault: Fault
    code: str
    name: str
    place: int | None
    text: str


def audit_map(
    *,
    seats: Sequence[Closeness],
    listed: Sequence[str],
    left_out: Mapping[str, str],
    other_points: Mapping[str, Fraction] | None = None,
) -> tuple[Finding, ...]:
    """Every fault of a map: `listed` are its codes in order, `left_out` its reasons by code.

    `other_points` are the points by code that come on top of closeness (travel, shortage); none for a map by closeness.
    """
    by_code = {seat.code: seat for seat in seats}
    extra = other_points or {}
    found = [*_missing(by_code, listed, left_out), *_doubled(by_code, listed)]
    before: tuple[tuple[bool, Fraction, str], str] | None = None
    for place, code in enumerate(listed, start=1):
        seat = by_code.get(code)
        if seat is None:
            text = f"{code} is no seat of these results."
            found.append(Finding(fault=Fault.UNKNOWN, code=code, name="", place=place, text=text))
            continue
        key = _key(seat, extra.get(code, Fraction(0)))
        if before is not None and key < before[0]:
            other = by_code[before[1]]
            text = f"{seat.name} stands at {place} behind {other.name}, which the rule puts after it."
            found.append(Finding(fault=Fault.OUT_OF_ORDER, code=code, name=seat.name, place=place, text=text))
        before = key, code
    return tuple(found)


def _key(seat: Closeness, extra: Fraction) -> tuple[bool, Fraction, str]:
    return seat.share is None, extra if seat.share is None else seat.share * 100 + extra, seat.code


def _missing(
    by_code: Mapping[str, Closeness], listed: Sequence[str], left_out: Mapping[str, str]
) -> list[Finding]:
    closest = sorted(by_code.values(), key=lambda seat: _key(seat, Fraction(0)))
    present, found = set(listed), []
    for number, seat in enumerate(closest, start=1):
        if seat.code in present:
            continue
        if seat.code not in left_out:
            text = f"{seat.name}, number {number} by closeness, is not on the map and has no reason."
            found.append(Finding(fault=Fault.MISSING, code=seat.code, name=seat.name, place=None, text=text))
        elif not left_out[seat.code].strip():
            text = f"{seat.name} is left out and the reason is empty."
            found.append(
                Finding(
                    fault=Fault.LEFT_OUT_WITHOUT_REASON,
                    code=seat.code,
                    name=seat.name,
                    place=None,
                    text=text,
                )
            )
    return found


def _doubled(by_code: Mapping[str, Closeness], listed: Sequence[str]) -> list[Finding]:
    return [
        Finding(
            fault=Fault.DOUBLED,
            code=code,
            name=by_code[code].name if code in by_code else "",
            place=listed.index(code) + 1,
            text=f"{by_code[code].name if code in by_code else code} is on the map {times} times.",
        )
        for code, times in Counter(listed).items()
        if times > 1
    ]
