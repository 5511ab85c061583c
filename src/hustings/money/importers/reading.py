"""Reading published money files: headings by alias, amounts, dates and yes or no in every spelling that publishers use."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from hustings.basics.money import NotAnAmount, parse_pounds
from hustings.platform.importing.importer import RowRejected

_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y")
_TRUE = frozenset({"true", "yes", "y", "1", "t"})
_FALSE = frozenset({"false", "no", "n", "0", "f", ""})
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")


def heading_key(*, heading: str) -> str:
    """A heading in small letters and digits alone."""
    return _NOT_LETTERS.sub("", heading.casefold())


def columns_by_alias(*, header: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The file's own heading for each of our names that it has; of several aliases the first named wins."""
    present: dict[str, str] = {}
    for heading in header:
        present.setdefault(heading_key(heading=heading), heading)
    found = {}
    for name, spellings in aliases.items():
        for spelling in spellings:
            if spelling in present:
                found[name] = present[spelling]
                break
    return found


def pence_of(*, text: str, what: str) -> int:
    """An amount as published ("£1,234.56", "1500.0", "50,000"), in pence; raises `RowRejected`."""
    plain = text.strip()
    if match := re.fullmatch(r"(.*\.\d{2})0+|(.*\.\d)0*", plain):
        plain = match[1] or match[2]
    try:
        return parse_pounds(plain)
    except NotAnAmount as problem:
        raise RowRejected(f"The {what} “{text}” is not an amount in pounds.") from problem


def day_of(*, text: str, what: str) -> date | None:
    """A date as published, with or without a time of day; none where empty; raises `RowRejected`."""
    plain = _TIME.sub("", text.strip())
    if not plain:
        return None
    for layout in _DATE_FORMATS:
        try:
            return datetime.strptime(plain, layout).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise RowRejected(f"The {what} “{text}” is not a date.")


def is_yes(*, text: str, what: str) -> bool:
    """Yes or no as published; empty is no; raises `RowRejected`."""
    plain = text.strip().casefold()
    if plain in _TRUE:
        return True
    if plain in _FALSE:
        return False
    raise RowRejected(f"“{text}” does not say whether it is {what} (True or False).")
