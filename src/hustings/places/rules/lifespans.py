"""When areas came into being and ended, as far as their codes and lists tell."""

from datetime import date, timedelta

from hustings.basics.spans import DateSpan
from hustings.places.rules.codes import is_first_used_in_2024, kind_of

# General elections at which a set of constituencies was first used. Until the dissolution before, a
# by-election still used the old set; for a date this program asks "which seats does the next general
# election of that day fill?".
_SCOTLAND_2005 = date(2005, 5, 5)  # Parliamentary Constituencies (Scotland) Order 2005, SI 2005/250
_REST_2010 = date(
    2010, 5, 6
)  # Orders SI 2007/1681 (England), 2006/1041 (Wales), 2008/1486 (Northern Ireland)
_ALL_2024 = date(2024, 7, 4)  # Parliamentary Constituencies Order 2023, SI 2023/1230

# Scottish seats whose boundary and code the 2023 review left alone.
_KEPT_IN_2024 = frozenset(f"S140000{number:02d}" for number in (21, 27, 45, 48, 51))
# Five Scottish seats were first taken for unchanged and listed under their old codes; their boundaries had
# moved a little, and the results of 2024 carry new ones.
_RECODED_IN_2024 = {
    "S14000006": "S14000107",  # Ayr, Carrick and Cumnock
    "S14000008": "S14000108",  # Berwickshire, Roxburgh and Selkirk
    "S14000010": "S14000109",  # Central Ayrshire
    "S14000040": "S14000110",  # Kilmarnock and Loudoun
    "S14000058": "S14000111",  # West Aberdeenshire and Kincardine
}


def code_in_2024(*, code: str) -> str:
    """The code by which a constituency in a list of the 2024 ones goes: early lists have five old codes."""
    return _RECODED_IN_2024.get(code, code)


def constituency_span(*, code: str) -> DateSpan:
    """The days on which a constituency exists, by its code; without ends for a code of another kind."""
    if kind_of(code) != "constituency":
        return DateSpan()
    if is_first_used_in_2024(code):
        return DateSpan(_ALL_2024, None)
    first = _SCOTLAND_2005 if code.startswith("S") else _REST_2010
    return DateSpan(first, None if code in _KEPT_IN_2024 else _ALL_2024)


def is_in_2024_set(*, code: str) -> bool:
    """Say whether a constituency is one of the 650 in use since 4 July 2024, kept or new."""
    return is_first_used_in_2024(code) or code in _KEPT_IN_2024


def ward_first_day(*, first_listed_in: int) -> date | None:
    """The day from which a ward counts that a yearly list names first.

    New wards take effect at the ordinary elections in May, so a ward first listed in a year counts from the
    first of May; of those on the oldest list (2016) nothing is known.
    """
    return None if first_listed_in <= 2016 else date(first_listed_in, 5, 1)


def end_from_register(*, last_day_or_first_day_after: date) -> date:
    """The first day on which a council no longer exists.

    The register of councils gives some ends as the last day (31 March) and some as the first day after (1
    April).
    """
    given = last_day_or_first_day_after
    return given + timedelta(days=1) if (given.month, given.day) == (3, 31) else given
