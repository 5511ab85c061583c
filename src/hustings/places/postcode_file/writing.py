"""Making the postcode file: merging one source into what is there, and writing the whole in one step."""

import io
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hustings.basics.postcode import unpack_postcode
from hustings.places.postcode_file.layout import (
    ALIGNMENT,
    CODE_POINT,
    CODE_WIDTH,
    COLUMNS,
    DIRECTORY,
    LIVE,
    MAGIC,
    NO_DEGREES,
    OFFICIAL,
    TERMINATED,
    UNKNOWN,
    VERSION,
)
from hustings.places.postcode_file.reading import PostcodeFile

Integers = npt.NDArray[np.int64]

_NONE = {"lat": NO_DEGREES, "lon": NO_DEGREES}
_TYPES: dict[str, npt.DTypeLike] = {"i": np.int32, "I": np.uint32, "B": np.uint8}


@dataclass(frozen=True)
class Coded:
    """A column of codes: `places[i]` is the place of row i's code in `codes`, whose place 0 is empty."""

    places: npt.NDArray[np.uint32]
    codes: npt.NDArray[np.bytes_]


@dataclass(frozen=True)
class Contribution:
    """What one source says, row by row in the order of `keys` (ascending, each once).

    `coded` and `numbers` hold the columns this source knows; `source` is its bit. A source that lists every
    live postcode of the areas it covers (`lists_all_live`) also ends those that it listed before and no
    longer lists.
    """

    keys: Integers
    source: int
    coded: Mapping[str, Coded] = field(default_factory=dict)
    numbers: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    lists_all_live: bool = False
    yields_to_official_seat: bool = False


@dataclass(frozen=True)
class Table:
    """The content of a postcode file in memory."""

    keys: Integers
    numbers: dict[str, npt.NDArray[Any]]
    codes: dict[str, npt.NDArray[np.bytes_]]
    sources: list[dict[str, Any]]


@dataclass(frozen=True)
class Merged:
    """The table after a merge, and what became of the contribution's rows."""

    table: Table
    added: int
    changed: int
    unchanged: int
    ended: int


def empty_table() -> Table:
    """A table without rows."""
    return Table(
        keys=np.empty(0, dtype=np.int64),
        numbers={column.name: np.empty(0, dtype=_TYPES[column.number_type]) for column in COLUMNS},
        codes={column.name: np.zeros(1, dtype=f"S{CODE_WIDTH}") for column in COLUMNS if column.has_codes},
        sources=[],
    )


def empty_file() -> PostcodeFile:
    """An open file without rows, for an installation that has imported no postcodes yet."""
    with io.BytesIO() as buffer:
        _write_sections(buffer, empty_table())
        return PostcodeFile(buffer.getvalue(), name="no postcodes")


def table_of(file: PostcodeFile) -> Table:
    """The content of an open file."""
    return Table(
        keys=file.keys,
        numbers={column.name: file.numbers(column.name) for column in COLUMNS},
        codes={column.name: file.codes(column.name) for column in COLUMNS if column.has_codes},
        sources=[dict(source) for source in file.sources],
    )


def merge(*, base: Table, new: Contribution, source: Mapping[str, Any]) -> Merged:
    """Merge one source into a table: what the source says wins, what it leaves empty stays as it was.

    `source` is kept in the file's head. A row that the source leaves exactly as it was counts as unchanged.
    """
    keys = np.union1d(base.keys, new.keys)
    from_base = keys.searchsorted(base.keys)
    from_new = keys.searchsorted(new.keys)
    before = _spread(base, len(keys), from_base)
    codes = dict(base.codes)
    has_official = before["basis"][from_new] == OFFICIAL
    after = {name: column.copy() for name, column in before.items()}
    for name, coded in new.coded.items():
        codes[name], translation = _joined(base.codes[name], coded.codes)
        said = translation[coded.places]
        is_said = said != 0
        if new.yields_to_official_seat and name == "constituency":
            is_said &= ~has_official
        after[name][from_new[is_said]] = said[is_said]
    for name, said in new.numbers.items():
        is_said = said != _NONE.get(name, 0)
        if new.yields_to_official_seat and name == "basis":
            is_said &= ~has_official
        after[name][from_new[is_said]] = said[is_said]
    # A row that no source has given a status is in use: only a directory knows of others.
    status = after["status"]
    unknown = from_new[status[from_new] == UNKNOWN]
    status[unknown] = LIVE
    after["sources"][from_new] |= np.uint8(new.source)
    ended = _ended(keys, before, from_new) if new.lists_all_live else np.empty(0, dtype=np.int64)
    status[ended] = TERMINATED

    is_new = np.ones(len(keys), dtype=np.bool_)
    is_new[from_base] = False
    differs = np.zeros(len(keys), dtype=np.bool_)
    for name, column in after.items():
        differs |= column != before[name]
    added = int(is_new[from_new].sum())
    changed = int((differs & ~is_new)[from_new].sum())
    return Merged(
        table=Table(keys=keys, numbers=after, codes=codes, sources=_with_source(base.sources, source)),
        added=added,
        changed=changed,
        unchanged=len(new.keys) - added - changed,
        ended=len(ended),
    )


def write(*, table: Table, path: Path) -> None:
    """Write the table to `path` in one step: readers see the old file or the new one, whole."""
    put_in_place(written=write_beside(table=table, path=path), path=path)


def write_beside(*, table: Table, path: Path) -> Path:
    """Write the table to a new file in the folder of `path`, down to the disk, and return where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            _write_sections(file, table)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Path(temporary)


def put_in_place(*, written: Path, path: Path) -> None:
    """Give a written file the name of the one in use; whoever has the old one open keeps it until the next look."""
    written.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _with_source(sources: list[dict[str, Any]], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sources with the new one last; the same file merged again is listed once."""
    return [source for source in sources if source["sha256"] != new["sha256"]] + [dict(new)]


def _spread(table: Table, rows: int, places: Integers) -> dict[str, npt.NDArray[Any]]:
    spread = {}
    for column in COLUMNS:
        numbers = np.full(rows, _NONE.get(column.name, 0), dtype=_TYPES[column.number_type])
        numbers[places] = table.numbers[column.name]
        spread[column.name] = numbers
    return spread


def _joined(
    base: npt.NDArray[np.bytes_], new: npt.NDArray[np.bytes_]
) -> tuple[npt.NDArray[np.bytes_], npt.NDArray[np.uint32]]:
    """The dictionary with the new codes behind the old ones, and each new code's place in it."""
    known = {code: place for place, code in enumerate(base.tolist())}
    added = []
    translation = np.zeros(len(new), dtype=np.uint32)
    for place, code in enumerate(new.tolist()):
        if code not in known:
            known[code] = len(known)
            added.append(code)
        translation[place] = known[code]
    return np.concatenate([base, np.array(added, dtype=base.dtype)]), translation


def _ended(keys: Integers, before: Mapping[str, npt.NDArray[Any]], from_new: Integers) -> Integers:
    """Rows that this kind of source listed as live before and lists no longer, in the areas it covers."""
    is_listed = np.zeros(len(keys), dtype=np.bool_)
    is_listed[from_new] = True
    areas = area_numbers(keys)
    was_listed = (before["sources"] & CODE_POINT != 0) & (before["sources"] & DIRECTORY == 0)
    gone = was_listed & (before["status"] == LIVE) & ~is_listed & np.isin(areas, np.unique(areas[from_new]))
    return np.flatnonzero(gone)


def area_numbers(keys: Integers) -> Integers:
    """For each packed postcode a number that stands for its area: its one or two letters."""
    letters = keys >> 48
    second = letters & 0xFF
    return np.where((second >= ord("A")) & (second <= ord("Z")), letters, letters & 0xFF00)


def _areas(keys: Integers) -> list[str]:
    first_of_each = np.unique(area_numbers(keys), return_index=True)[1]
    return sorted(unpack_postcode(int(keys[place])).area for place in first_of_each)


def _write_sections(file: Any, table: Table) -> None:
    records = np.empty(len(table.keys), dtype=[(c.name, _TYPES[c.number_type]) for c in COLUMNS])
    for column in COLUMNS:
        records[column.name] = table.numbers[column.name]
    arrays: dict[str, npt.NDArray[Any]] = {"keys": table.keys.astype("<i8"), "records": records}
    arrays |= {f"{name}.codes": codes for name, codes in table.codes.items()}
    head: dict[str, Any] = {
        "rows": len(table.keys),
        "code_width": CODE_WIDTH,
        "areas": _areas(table.keys),
        "sources": table.sources,
        "sections": [],
        "total_bytes": 0,
    }
    # The head's own length decides where the sections begin, so room is kept for its numbers to grow.
    sections = [{"name": name, "start": 0, "bytes": array.nbytes} for name, array in arrays.items()]
    room = len(json.dumps({**head, "sections": sections})) + 16 * (len(sections) + 1)
    start = _aligned(16 + room)
    for section in sections:
        section["start"] = start
        start = _aligned(start + int(str(section["bytes"])))
    text = json.dumps({**head, "sections": sections, "total_bytes": start}).encode()
    file.write(MAGIC + VERSION.to_bytes(2, "little") + room.to_bytes(8, "little") + text.ljust(room))
    for array in arrays.values():
        file.write(bytes(_aligned(file.tell()) - file.tell()))
        file.write(array.tobytes())
    file.write(bytes(start - file.tell()))


def _aligned(place: int) -> int:
    return -(-place // ALIGNMENT) * ALIGNMENT
