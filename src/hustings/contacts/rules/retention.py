"""How long what people told us is kept: two rounds of elections, as the privacy notice promises."""

from collections.abc import Iterable
from datetime import date

#: Where two rounds are not known: two parliaments of five years, the longest that two rounds can take.
LONGEST_YEARS = 10


def round_of(*, election_id: str) -> str | None:
    """The series an election belongs to: its identifier without the day; None for a by-election, which is no round.

    >>> round_of(election_id="local.barset.2027-05-06"), round_of(election_id="parl.by.2026-11-27")
    ('local.barset', None)
    """
    series, _dot, _day = election_id.rpartition(".")
    return None if not series or "by" in series.split(".") else series


def keep_since(*, polls: Iterable[date], on: date) -> date:
    """The first day from which answers are kept: that of the last poll but one; ten years back where that is not known."""
    held = sorted({poll for poll in polls if poll < on}, reverse=True)
    longest = _years_before(on, LONGEST_YEARS)
    return max(held[1], longest) if len(held) >= 2 else longest


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28)
