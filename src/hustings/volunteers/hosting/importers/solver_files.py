"""Reads hosts and travellers from CSV files or spreadsheets for the solver; a bad row is rejected and the rest is read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from hustings.basics.refusals import Refusal
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import SourceFile
from hustings.volunteers.hosting.rules.conditions import OFFERS, TRAITS, mask_of
from hustings.volunteers.hosting.rules.stays import Host, Traveller, check_host, check_traveller

HOST_COLUMNS = ("id", "lat", "lon", "available_from", "available_until", "beds")
TRAVELLER_COLUMNS = ("id", "lat", "lon", "arrive_on", "leave_on", "max_km")

Row = TypeVar("Row", Host, Traveller)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One row that could not be used: the file, the line, a sentence, and the row as it stands."""

    file: str
    line: int
    reason: str
    row: Mapping[str, str]


class _BadCell(Exception):
    """A cell cannot be read; the message is a sentence."""


def read_hosts(*, path: Path) -> tuple[list[Host], list[Reject]]:
    """Every host of a file with `HOST_COLUMNS`, and the rows that were rejected.

    Further columns: `offers` and `asks`, words of `rules/conditions.py` with spaces between. Raises `ImportRefused` where a
    column is missing, and `UnreadableFile`.
    """
    return _read(path, HOST_COLUMNS, _host)


def read_travellers(*, path: Path) -> tuple[list[Traveller], list[Reject]]:
    """Every traveller of a file with `TRAVELLER_COLUMNS`, and the rows that were rejected.

    Further columns: `needs`, `traits` and `prefers`, words of `rules/conditions.py` with spaces between, and `priority`, a
    whole number. Raises `ImportRefused` where a column is missing, and `UnreadableFile`.
    """
    return _read(path, TRAVELLER_COLUMNS, _traveller)


def _read(
    path: Path, columns: tuple[str, ...], make: Callable[[Mapping[str, str]], Row]
) -> tuple[list[Row], list[Reject]]:
    source = SourceFile(path)
    if not source.has_columns(*columns):
        missing = [name for name in columns if not source.has_columns(name)]
        raise ImportRefused(
            f"{source.name} has no column {' and no '.join(missing)}. The first line must name the columns: {', '.join(columns)}."
        )
    found: list[Row] = []
    rejects: list[Reject] = []
    seen: set[str] = set()
    for line, cells in _lower(source):
        try:
            row = make(cells)
            if row.id in seen:
                raise _BadCell(f"The id {row.id} stands already in an earlier row.")
        except (_BadCell, Refusal) as fault:
            rejects.append(Reject(file=source.name, line=line, reason=str(fault), row=cells))
            continue
        seen.add(row.id)
        found.append(row)
    return found, rejects


def _lower(source: SourceFile) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, record in source.records():
        yield line, {name.casefold(): (value or "").strip() for name, value in record.items()}


def _host(cells: Mapping[str, str]) -> Host:
    host = Host(
        id=_id(cells),
        lat=_number(cells, "lat"),
        lon=_number(cells, "lon"),
        available_from=_day(cells, "available_from"),
        available_until=_day(cells, "available_until"),
        beds=_whole(cells, "beds"),
        offers=mask_of(words=cells.get("offers", "").split(), known=OFFERS),
        asks=mask_of(words=cells.get("asks", "").split(), known=TRAITS),
    )
    check_host(host)
    return host


def _traveller(cells: Mapping[str, str]) -> Traveller:
    traveller = Traveller(
        id=_id(cells),
        lat=_number(cells, "lat"),
        lon=_number(cells, "lon"),
        arrive_on=_day(cells, "arrive_on"),
        leave_on=_day(cells, "leave_on"),
        max_km=_number(cells, "max_km"),
        needs=mask_of(words=cells.get("needs", "").split(), known=OFFERS),
        traits=mask_of(words=cells.get("traits", "").split(), known=TRAITS),
        prefers=mask_of(words=cells.get("prefers", "").split(), known=OFFERS),
        priority=_whole(cells, "priority") if cells.get("priority") else 0,
    )
    check_traveller(traveller)
    return traveller


def _id(cells: Mapping[str, str]) -> str:
    if not cells["id"]:
        raise _BadCell("The row has no id. Give each row one of its own.")
    return cells["id"]


def _number(cells: Mapping[str, str], name: str) -> float:
    try:
        return float(cells[name])
    except ValueError as fault:
        raise _BadCell(f"{name} is “{cells[name]}”, which is not a number.") from fault


def _whole(cells: Mapping[str, str], name: str) -> int:
    try:
        return int(cells[name])
    except ValueError as fault:
        raise _BadCell(f"{name} is “{cells[name]}”, which is not a whole number.") from fault


def _day(cells: Mapping[str, str], name: str) -> date:
    # A spreadsheet hands a date over with its midnight.
    text = cells[name].removesuffix(" 00:00:00")
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise _BadCell(
            f"{name} is “{cells[name]}”, which is no day of the calendar. Write it as 2026-04-30."
        ) from fault
