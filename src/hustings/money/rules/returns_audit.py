"""Does a candidate's published return agree with itself and with the law's arithmetic?

Five checks for each return; differences are stated, never judged. Money is integer pence.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal
from hustings.money.rules.limits import Nation, candidate_limit

Check = Literal["limit_on_return", "limit_from_ro", "category_sum", "over_limit", "missing"]
Grade = Literal["rounding", "minor", "material"]
CHECKS: tuple[Check, ...] = get_args(Check)

ROUNDING_PENCE, MATERIAL_PENCE = 100, 10_000


@dataclass(frozen=True, kw_only=True)
class CandidateReturn:
    """One published return. An empty cell is `None`; `categories` holds the categories that make up the total."""

    constituency: str
    candidate: str
    nation: str
    seat_kind: str
    electors_on_return: int | None
    limit_on_return: int | None
    electors_from_ro: int | None
    limit_from_ro: int | None
    total: int | None
    categories: Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One difference: what is stated, what our arithmetic gives (both in pence, `None` where there is none), and a sentence."""

    constituency: str
    candidate: str
    check: Check
    stated: int | None
    expected: int | None
    grade: Grade
    message: str


def grade_of(*, difference: int) -> Grade:
    """Rounding up to a pound, material above a hundred, minor between."""
    size = abs(difference)
    if size <= ROUNDING_PENCE:
        return "rounding"
    return "material" if size > MATERIAL_PENCE else "minor"


def audit_returns(*, returns: Iterable[CandidateReturn], poll_on: date) -> Iterator[Finding]:
    """Every finding about every return, in the file's order."""
    for item in returns:
        yield from _missing(item)
        on_return = _limit(item, item.electors_on_return, poll_on)
        from_ro = _limit(item, item.electors_from_ro, poll_on)
        yield from _stated_limit(
            item, "limit_on_return", item.limit_on_return, item.electors_on_return, on_return
        )
        yield from _stated_limit(item, "limit_from_ro", item.limit_from_ro, item.electors_from_ro, from_ro)
        yield from _category_sum(item)
        yield from _over_limit(item, from_ro if from_ro is not None else on_return)


def _limit(item: CandidateReturn, electors: int | None, poll_on: date) -> int | None:
    if electors is None or electors <= 0 or item.nation not in get_args(Nation):
        return None
    try:
        return candidate_limit(
            election="parl-short",
            nation=cast(Nation, item.nation),
            kind=item.seat_kind,
            electors=electors,
            poll_on=poll_on,
        ).limit_pence
    except Refusal:
        return None


def _finding(
    item: CandidateReturn, check: Check, stated: int | None, expected: int | None, message: str
) -> Finding:
    difference = None if stated is None or expected is None else stated - expected
    return Finding(
        constituency=item.constituency,
        candidate=item.candidate,
        check=check,
        stated=stated,
        expected=expected,
        grade="minor" if difference is None else grade_of(difference=difference),
        message=message,
    )


_CORE: Mapping[str, str] = {
    "electors_on_return": "the electorate on the return",
    "limit_on_return": "the spending limit on the return",
    "electors_from_ro": "the electorate from the returning officer",
    "limit_from_ro": "the spending limit from the returning officer",
    "total": "the total reported spending",
}


def _missing(item: CandidateReturn) -> Iterator[Finding]:
    for name, words in _CORE.items():
        if getattr(item, name) is None:
            yield _finding(item, "missing", None, None, f"No figure is given for {words}.")
    blank = [name for name, amount in item.categories.items() if amount is None]
    if blank and item.total is not None:
        yield _finding(item, "missing", None, None, f"No figure is given for: {', '.join(blank)}.")


def _stated_limit(
    item: CandidateReturn, check: Check, stated: int | None, electors: int | None, expected: int | None
) -> Iterator[Finding]:
    if stated is None or expected is None or electors is None or stated == expected:
        return
    whose = "on the return" if check == "limit_on_return" else "from the returning officer"
    direction = "more" if stated > expected else "less"
    yield _finding(
        item,
        check,
        stated,
        expected,
        f"The limit {whose}, {format_pence(stated)}, is {format_pence(abs(stated - expected))} {direction} than the "
        f"{format_pence(expected)} that the stated electorate of {electors:,} gives by our calculation.",
    )


def _category_sum(item: CandidateReturn) -> Iterator[Finding]:
    given = [amount for amount in item.categories.values() if amount is not None]
    if item.total is None or not given or sum(given) == item.total:
        return
    yield _finding(
        item,
        "category_sum",
        item.total,
        sum(given),
        f"The total is given as {format_pence(item.total)}; the categories add up to {format_pence(sum(given))}.",
    )


def _over_limit(item: CandidateReturn, limit: int | None) -> Iterator[Finding]:
    if item.total is None or limit is None or item.total <= limit:
        return
    yield _finding(
        item,
        "over_limit",
        item.total,
        limit,
        f"The reported spending of {format_pence(item.total)} is above the {format_pence(limit)} that our calculation gives "
        "as the limit. Items that do not count towards it may explain the difference.",
    )
