"""Reads candidates' spending returns as the Electoral Commission publishes them after a general election."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hustings.money.rules.returns_audit import CandidateReturn
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import SourceFile

_CATEGORIES = (
    "Advertising",
    "Unsolicited material",
    "Transport",
    "Public Meetings",
    "Agent and Staff",
    "Accommodation",
)
#: What we need, and the headings under which published files have it.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "forename": ("Forename", "Candidate forename"),
    "surname": ("Surname", "Candidate surname"),
    "constituency": ("Constituency", "Constituency name"),
    "kind": ("Constituency Type", "Type"),
    "nation": ("Nation", "Country"),
    "electors_on_return": ("Electorate figure on return", "Electorate on return"),
    "limit_on_return": ("Spending limit on return",),
    "electors_from_ro": ("Electorate figure from RO (if given)", "Electorate figure from RO"),
    "limit_from_ro": ("Spending limit from RO",),
    "total": ("Total reported spending", "Total spending"),
    **{name: (name,) for name in _CATEGORIES},
}
_NATIONS = {
    "england": "england",
    "scotland": "scotland",
    "wales": "wales",
    "northern ireland": "northern-ireland",
}
_KINDS = {"county": "county", "borough": "borough", "burgh": "borough"}

#: Polling days of the general elections, by year.
GENERAL_ELECTIONS = {
    2015: date(2015, 5, 7),
    2017: date(2017, 6, 8),
    2019: date(2019, 12, 12),
    2024: date(2024, 7, 4),
}


def poll_date_in(*, name: str) -> date | None:
    """The general election whose year stands in a file's name, if it is the only one."""
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", name)} & set(GENERAL_ELECTIONS)
    years |= {year for year in GENERAL_ELECTIONS if f"ge{year}" in name.lower()}
    return GENERAL_ELECTIONS[years.pop()] if len(years) == 1 else None


def return_columns(*, source: SourceFile) -> dict[str, str]:
    """The file's headings by our names; raises `ImportRefused` where a column is missing."""
    columns = _columns(source.header)
    for name, headings in _HEADINGS.items():
        if name not in columns:
            raise ImportRefused(
                f"{source.name} has no column “{headings[0]}”: it is not a file of candidates' returns."
            )
    return columns


def _columns(header: Iterable[str]) -> dict[str, str]:
    present = {cell.casefold(): cell for cell in header}
    found = {}
    for name, headings in _HEADINGS.items():
        for heading in headings:
            if heading.casefold() in present:
                found[name] = present[heading.casefold()]
                break
    return found


def stored_return(*, figures: Mapping[str, str]) -> CandidateReturn | None:
    """A return from its figures as published and kept, where cells without a figure are left out; none if one cannot be read."""
    columns = _columns(figures)
    row = {**figures, **{name: "" for name in _HEADINGS if name not in columns}}
    try:
        return read_return(row=row, columns={name: columns.get(name, name) for name in _HEADINGS}, line=0)
    except ImportRefused:
        return None


def read_return(*, row: Mapping[str, str], columns: Mapping[str, str], line: int) -> CandidateReturn:
    """One return. Raises `ImportRefused` where a figure cannot be read."""
    cells = {name: row[column].strip() for name, column in columns.items()}
    return CandidateReturn(
        constituency=cells["constituency"],
        candidate=f"{cells['forename']} {cells['surname']}".strip(),
        nation=_NATIONS.get(cells["nation"].casefold(), ""),
        seat_kind=_KINDS.get(cells["kind"].casefold(), ""),
        electors_on_return=_whole(cells["electors_on_return"], line),
        limit_on_return=_pence(cells["limit_on_return"], line),
        electors_from_ro=_whole(cells["electors_from_ro"], line),
        limit_from_ro=_pence(cells["limit_from_ro"], line),
        total=_pence(cells["total"], line),
        categories={name: _pence(cells[name], line) for name in _CATEGORIES},
    )


def read_returns(*, path: Path) -> Iterator[CandidateReturn]:
    """Every return in the file. Raises `ImportRefused` where a column is missing or a figure cannot be read."""
    source = SourceFile(path)
    columns = return_columns(source=source)
    for line, row in source.records():
        yield read_return(row=row, columns=columns, line=line)


def _number(text: str, line: int) -> Decimal | None:
    plain = re.sub(r"[£,\s]", "", text)
    if plain in {"", "-", "–", "n/a", "N/A"}:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation as problem:
        raise ImportRefused(f"Line {line}: “{text}” is not a number.") from problem


def _pence(text: str, line: int) -> int | None:
    number = _number(text, line)
    return None if number is None else int((number * 100).to_integral_value())


def _whole(text: str, line: int) -> int | None:
    number = _number(text, line)
    return None if number is None else int(number)
