"""Opening the postcode file and looking postcodes up in it, one or a million."""

import json
import mmap
import os
import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any

from hustings.basics.postcode import PostcodeError, pack_postcode, parse_postcode
from hustings.places.postcode_file.layout import (
    BASES,
    COLUMNS,
    DEGREE,
    INVALID,
    LIVE,
    MAGIC,
    NO_DEGREES,
    NORTHERN_IRELAND,
    RECORD,
    STATUSES,
    UNKNOWN,
    VERSION,
    Located,
    PostcodeStatus,
)

if TYPE_CHECKING:  # numpy is loaded only for lists: one look-up must not wait for it
    import numpy as np
    import numpy.typing as npt

_CODED = [column.name for column in COLUMNS if column.has_codes]
_NUMPY = {"i": "i4", "I": "u4", "B": "u1"}
_FIRST_BT = int.from_bytes(b"BT".ljust(8, b"\0"), "big")
_AFTER_BT = int.from_bytes(b"BU".ljust(8, b"\0"), "big")


class BadPostcodeFile(Exception):
    """The file is not a postcode file of this version, or it was cut short; import the postcodes again."""


class PostcodeFile:
    """An open postcode file: opening maps it and reads its head alone, well under a millisecond."""

    def __init__(self, buffer: "mmap.mmap | bytes", *, name: str) -> None:
        self._buffer = buffer
        self.head = _head(buffer, name)
        self.rows: int = self.head["rows"]
        view = memoryview(buffer)
        self._sections: dict[str, memoryview] = {
            section["name"]: view[section["start"] : section["start"] + section["bytes"]]
            for section in self.head["sections"]
        }
        self._keys = self._sections["keys"].cast("q")
        self._records, self._record = self._sections["records"], Struct(RECORD)
        self._code_width: int = self.head["code_width"]
        self._middles: dict[str, tuple[float, float]] | None = None
        self._decoded = [_Codes(self._sections[f"{name}.codes"], self.head["code_width"]) for name in _CODED]

    @classmethod
    def open(cls, path: Path) -> "PostcodeFile":
        """Map the file into memory; several processes share its pages. Raises `BadPostcodeFile`."""
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                raise BadPostcodeFile(f"{path.name} is empty.")
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name=path.name)

    @property
    def areas(self) -> Sequence[str]:
        """The postcode areas ("BS", "DH") of which the file has at least one postcode."""
        areas: list[str] = self.head["areas"]
        return areas

    @property
    def sources(self) -> Sequence[Mapping[str, Any]]:
        """What was merged into the file, oldest first: importer, file, hash, rows, when."""
        sources: list[Mapping[str, Any]] = self.head["sources"]
        return sources

    def locate(self, text: str) -> Located:
        """Look up one postcode in any spelling; never raises for what was entered."""
        # Nearly everything asked is a good postcode: it is packed as it stands, and the grammar is asked
        # only about what is not found. Nothing that is not a postcode can be found, since every row passed
        # the grammar once.
        compact = text.replace(" ", "").upper()
        if len(compact) <= 8 and compact.isascii():
            row = self._find(int.from_bytes(compact.encode("ascii").ljust(8, b"\0"), "big"))
            if row >= 0:
                return self._located(compact, row)
        try:
            postcode = parse_postcode(text)
        except PostcodeError:
            return Located(text.strip(), PostcodeStatus.INVALID)
        row = self._find(pack_postcode(postcode))
        if row >= 0:
            return self._located(postcode.compact, row)
        is_uncovered_bt = postcode.is_northern_irish and "BT" not in self.areas
        status = PostcodeStatus.NORTHERN_IRELAND if is_uncovered_bt else PostcodeStatus.UNKNOWN
        return Located(postcode.spaced, status)

    def locate_many(self, texts: "Sequence[str] | npt.NDArray[np.str_]") -> "LocatedMany":
        """Look up any number of postcodes in any spelling; the answer keeps their order."""
        import numpy as np

        from hustings.places.postcode_file.packing import pack_many

        packed = pack_many(texts)
        keys = packed.keys
        # Keys in order walk the file from front to back; in the order given they would miss the cache every
        # time.
        order = np.argsort(keys)
        in_order = keys[order]
        found = self.keys.searchsorted(in_order)
        hits = found < self.rows
        hits[hits] = self.keys[found[hits]] == in_order[hits]
        rows = np.empty(len(keys), dtype=np.int64)
        rows[order] = np.where(hits, found, -1)

        statuses = np.full(len(keys), UNKNOWN, dtype=np.uint8)
        is_found = rows >= 0
        statuses[is_found] = self.numbers("status")[rows[is_found]]
        missing = np.flatnonzero(~is_found)
        if len(missing):
            is_shaped = packed.shapes(missing)
            self._judge(keys, missing[is_shaped], statuses)
            self._mend(texts, missing[~is_shaped], rows, statuses)
        return LocatedMany(file=self, texts=texts, rows=rows, statuses=statuses)

    def _judge(
        self,
        keys: "npt.NDArray[np.int64]",
        unknown: "npt.NDArray[np.int64]",
        statuses: "npt.NDArray[np.uint8]",
    ) -> None:
        if "BT" not in self.areas:
            is_bt = (keys[unknown] >= _FIRST_BT) & (keys[unknown] < _AFTER_BT)
            statuses[unknown[is_bt]] = NORTHERN_IRELAND

    def _mend(
        self,
        texts: "Sequence[str] | npt.NDArray[np.str_]",
        doubtful: "npt.NDArray[np.int64]",
        rows: "npt.NDArray[np.int64]",
        statuses: "npt.NDArray[np.uint8]",
    ) -> None:
        """Judge what has not the exact shape one by one, each spelling once; slips are mended."""
        seen: dict[str, tuple[int, int]] = {}
        for place in doubtful.tolist():
            text = str(texts[place])
            if text not in seen:
                seen[text] = self._judged(text)
            rows[place], statuses[place] = seen[text]

    def _judged(self, text: str) -> tuple[int, int]:
        try:
            postcode = parse_postcode(text)
        except PostcodeError:
            return -1, INVALID
        row = self._find(pack_postcode(postcode))
        if row >= 0:
            return row, self._status(row)
        return -1, NORTHERN_IRELAND if postcode.is_northern_irish and "BT" not in self.areas else UNKNOWN

    def _find(self, key: int) -> int:
        row = bisect_left(self._keys, key)
        return row if row < self.rows and self._keys[row] == key else -1

    def _located(self, compact: str, row: int) -> Located:
        lat, lon, ward, district, seat, seat_2010, lsoa_2011, lsoa_2021, status, basis, _sources = (
            self._record.unpack_from(self._records, row * self._record.size)
        )
        wards, districts, seats, seats_2010, lsoas_2011, lsoas_2021 = self._decoded
        return Located(
            f"{compact[:-3]} {compact[-3:]}",
            STATUSES[status],
            None if lat == NO_DEGREES else lat / DEGREE,
            None if lon == NO_DEGREES else lon / DEGREE,
            wards[ward],
            districts[district],
            seats[seat],
            seats_2010[seat_2010],
            lsoas_2011[lsoa_2011],
            lsoas_2021[lsoa_2021],
            BASES[basis],
        )

    def _status(self, row: int) -> int:
        status: int = self._record.unpack_from(self._records, row * self._record.size)[-3]
        return status

    @cached_property
    def keys(self) -> "npt.NDArray[np.int64]":
        """Every packed postcode, in order, straight from the mapped file."""
        import numpy as np

        return np.frombuffer(self._sections["keys"], dtype=np.int64)

    @cached_property
    def _table(self) -> "npt.NDArray[np.void]":
        import numpy as np

        return np.frombuffer(self._records, dtype=[(c.name, f"<{_NUMPY[c.number_type]}") for c in COLUMNS])

    def numbers(self, column: str) -> "npt.NDArray[Any]":
        """A column's stored numbers, straight from the mapped file."""
        return self._table[column]

    def middle_of_outward(self, outward: str) -> tuple[float, float] | None:
        """The middle of the live postcodes of an outward code (“BS1”): latitude and longitude; `None` where it has none."""
        import numpy as np

        stem = outward.encode("ascii", "replace")
        low, high = self.keys.searchsorted(
            [int.from_bytes(stem.ljust(8, fill), "big") for fill in (b"\0", b"\x7f")]
        )
        # Eight bytes with the postcode at the left: BS1 1AA and BS11 1AA begin alike and differ in length.
        lengths = (self.keys[low:high].astype(">i8").view(np.uint8).reshape(-1, 8) != 0).sum(axis=1)
        rows = low + np.flatnonzero(lengths == len(stem) + 3)
        lat, lon = self.numbers("lat")[rows], self.numbers("lon")[rows]
        is_live = (self.numbers("status")[rows] == LIVE) & (lat != NO_DEGREES)
        if not is_live.any():
            return None
        return float(lat[is_live].mean()) / DEGREE, float(lon[is_live].mean()) / DEGREE

    def middles(self) -> dict[str, tuple[float, float]]:
        """The middle of each 2024 constituency's live postcodes: latitude and longitude in degrees."""
        if self._middles is None:
            self._middles = self._worked_out_middles()
        return self._middles

    def _worked_out_middles(self) -> dict[str, tuple[float, float]]:
        import numpy as np

        lat, lon = self.numbers("lat"), self.numbers("lon")
        rows = np.flatnonzero((self.numbers("status") == LIVE) & (lat != NO_DEGREES))
        places = self.numbers("constituency")[rows]
        counts = np.bincount(places, minlength=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            lats, lons = (
                np.bincount(places, weights=degrees[rows], minlength=1) / counts / DEGREE
                for degrees in (lat, lon)
            )
        codes = self.codes("constituency")
        return {
            str(codes[place], "ascii"): (float(lats[place]), float(lons[place]))
            for place in np.flatnonzero(counts).tolist()
            if place
        }

    def codes(self, column: str) -> "npt.NDArray[np.bytes_]":
        """The dictionary of a column of codes; its place 0 is empty."""
        import numpy as np

        return np.frombuffer(self._sections[f"{column}.codes"], dtype=f"S{self._code_width}")


class _Codes(dict[int, str | None]):
    """A dictionary of codes by their place, each decoded when first asked for and kept; place 0 is none."""

    def __init__(self, section: memoryview, width: int) -> None:
        super().__init__({0: None})
        self._section, self._width = section, width

    def __missing__(self, place: int) -> str:
        stored = bytes(self._section[place * self._width : (place + 1) * self._width])
        code = self[place] = stored.rstrip(b"\0").decode("ascii")
        return code


@dataclass(frozen=True)
class LocatedMany:
    """The answers to many look-ups in the order of the questions; columns come out as arrays."""

    file: PostcodeFile
    texts: "Sequence[str] | npt.NDArray[np.str_]"
    rows: "npt.NDArray[np.int64]"
    statuses: "npt.NDArray[np.uint8]"

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> Located:
        return self.file.locate(str(self.texts[place]))

    def status_names(self) -> list[str]:
        """Every status as its word."""
        words = [str(status) for status in STATUSES]
        return [words[number] for number in self.statuses.tolist()]

    def count(self, status: PostcodeStatus) -> int:
        """How many answers have this status."""
        return int((self.statuses == STATUSES.index(status)).sum())

    def codes(self, column: str) -> "npt.NDArray[np.bytes_]":
        """One column of codes (`ward`, `constituency` …) as ASCII bytes; empty where there is none."""
        taken: npt.NDArray[np.bytes_] = self.file.codes(column)[self._taken(column, 0)]
        return taken

    def degrees(self, column: str) -> "npt.NDArray[np.float64]":
        """`lat` or `lon` in degrees; not-a-number where there is none."""
        import numpy as np

        taken = self._taken(column, NO_DEGREES)
        return np.where(taken == NO_DEGREES, np.nan, taken / DEGREE)

    def _taken(self, column: str, missing: int) -> "npt.NDArray[Any]":
        import numpy as np

        numbers = self.file.numbers(column)
        if not len(numbers):
            return np.full(len(self.rows), missing, dtype=numbers.dtype)
        taken = numbers[np.maximum(self.rows, 0)]
        taken[self.rows < 0] = missing
        return taken


def _head(buffer: "mmap.mmap | bytes", name: str) -> dict[str, Any]:
    if sys.byteorder != "little":
        raise BadPostcodeFile(f"{name} is little-endian and this machine is not.")
    if bytes(buffer[:6]) != MAGIC:
        raise BadPostcodeFile(f"{name} is not a postcode file.")
    version = int.from_bytes(buffer[6:8], "little")
    if version != VERSION:
        raise BadPostcodeFile(
            f"{name} is of version {version} and this program reads version {VERSION}. "
            "Import the postcodes again."
        )
    length = int.from_bytes(buffer[8:16], "little")
    try:
        head: dict[str, Any] = json.loads(bytes(buffer[16 : 16 + length]))
        total: int = head["total_bytes"]
    except (ValueError, KeyError) as fault:
        raise BadPostcodeFile(f"{name} has a broken head. Import the postcodes again.") from fault
    if total != len(buffer):
        raise BadPostcodeFile(
            f"{name} has {len(buffer)} bytes instead of {total}. Import the postcodes again."
        )
    return head
