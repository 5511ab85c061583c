"""The days of general elections, and which of them a file of results is about when it does not say."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hustings.places.rules.lifespans import constituency_span

# House of Commons Library, "UK election statistics". A file of a later election says its day with --election.
DAYS = (
    date(2010, 5, 6),
    date(2015, 5, 7),
    date(2017, 6, 8),
    date(2019, 12, 12),
    date(2024, 7, 4),
)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def day_of_results(*, file_name: str, codes: Iterable[str], declared: Iterable[str]) -> date | None:
    """The one general election that a file can be about, or `None` where that is not sure.

    Told by the moments of declaration ("13/12/2019 02:30"), else by a year in the file's name, else by the
    constituencies where only one election was held in them; never against the constituencies.
    """
    spans = [constituency_span(code=code) for code in codes]
    possible = [day for day in DAYS if all(span.contains(day) for span in spans)]
    days = {day for text in declared if (day := _declared_on(text))}
    by_declaration = [
        day for day in possible if days and all(day <= d <= day + timedelta(days=3) for d in days)
    ]
    if len(by_declaration) == 1:
        return by_declaration[0]
    years = {int(year) for year in _YEAR.findall(file_name)}
    by_name = [day for day in possible if day.year in years]
    if len(by_name) == 1:
        return by_name[0]
    return possible[0] if len(possible) == 1 else None


def _declared_on(text: str) -> date | None:
    for form in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  (only the day counts)
        except ValueError:
            continue
    return None
