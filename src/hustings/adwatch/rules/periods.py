"""Which days a file covers, from its name and from what whoever imports it says; at the widest where the name is vague.

Platforms do not write the days into their reports. `FacebookAdLibraryReport_2023-05-23_GB_last_30_days.zip` names both ends;
`…last30days_2023-05…` only that the window ends in May 2023, so it is taken at its widest: 2 April to 31 May. A name with
`ge2019` alone stands for the campaign of that general election, dissolution to poll.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from hustings.basics.refusals import Refusal, gettext_noop

#: Days of dissolution and poll of UK parliamentary general elections (public record).
CAMPAIGNS = {
    2015: (date(2015, 3, 30), date(2015, 5, 7)),
    2017: (date(2017, 5, 3), date(2017, 6, 8)),
    2019: (date(2019, 11, 6), date(2019, 12, 12)),
    2024: (date(2024, 5, 30), date(2024, 7, 4)),
}
#: When the UK archive of Meta's platforms began; no ad in it can be older. See rules 10.4 (“since October 2018”).
ARCHIVE_BEGAN = date(2018, 10, 1)

_DAY = re.compile(r"(?<!\d)(20\d\d)[-_](\d\d)[-_](\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_](\d\d)(?!\d)")
_WINDOW = re.compile(r"last[-_ ]?(\d+)[-_ ]?days?", re.IGNORECASE)
_LIFETIME = re.compile(r"spending[-_ ]?to[-_ ]?date|lifelong|lifetime|all[-_ ]?dates", re.IGNORECASE)
_ELECTION = re.compile(r"ge(20\d\d)", re.IGNORECASE)


class NotADay(Refusal):
    """A date given with the file is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days covered, both included, none where not known; where the knowledge comes from; whether taken at the widest."""

    first_on: date | None
    last_on: date | None
    said_by: str
    is_widest: bool = False


def read_day(text: str, *, name: str) -> date:
    """A day like 2023-05-23; raises `NotADay`."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise NotADay(
            "not_a_day",
            gettext_noop("“{text}” is not a day for {name}. Write it like 2023-05-23."),
            text=text,
            name=name,
        ) from problem


def period_of(*, file_name: str, given_from: str = "", given_to: str = "") -> Period:
    """The period of a report: as given, else as the name says, else not known."""
    named = _from_name(file_name)
    if not given_from and not given_to:
        return named
    last = read_day(given_to, name="to") if given_to else named.last_on
    first = read_day(given_from, name="from") if given_from else None
    if first is None and last is not None and (window := _WINDOW.search(file_name)):
        first = last - timedelta(days=int(window[1]) - 1)
    if first is not None and last is not None and first > last:
        raise NotADay(
            "backward",
            gettext_noop("The period ends on {last}, before it begins on {first}. Swap the two days."),
            first=first.isoformat(),
            last=last.isoformat(),
        )
    return Period(first_on=first, last_on=last, said_by="given with the file")


def _from_name(name: str) -> Period:
    window = _WINDOW.search(name)
    days = int(window[1]) if window else 1 if re.search(r"yesterday", name, re.IGNORECASE) else 0
    if found := _DAY.search(name):
        try:
            last = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return Period(first_on=None, last_on=None, said_by="not known")
        if days:
            return Period(first_on=last - timedelta(days=days - 1), last_on=last, said_by="the file's name")
        first = ARCHIVE_BEGAN if _LIFETIME.search(name) else None
        return Period(first_on=first, last_on=last, said_by="the file's name")
    if (found := _MONTH.search(name)) and 1 <= int(found[2]) <= 12:
        year, month = int(found[1]), int(found[2])
        start, end = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        if days:
            start -= timedelta(days=days - 1)
        return Period(first_on=start, last_on=end, said_by="the file's name, at the widest", is_widest=True)
    if (found := _ELECTION.search(name)) and int(found[1]) in CAMPAIGNS:
        first, last = CAMPAIGNS[int(found[1])]
        return Period(
            first_on=first, last_on=last, said_by="the election it names, at the widest", is_widest=True
        )
    return Period(first_on=None, last_on=None, said_by="not known")
