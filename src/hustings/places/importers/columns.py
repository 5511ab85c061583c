"""Big files read by column: every cell as text, every row with its line, what is wrong gathered row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.places.postcode_file.layout import DEGREE, NO_DEGREES
from hustings.places.postcode_file.packing import pack_many
from hustings.places.postcode_file.writing import Coded
from hustings.places.rules.codes import is_gss_code, is_pseudo_code
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import SourceFile

if TYPE_CHECKING:  # pyarrow is slow to load, and these modules are loaded with every process
    import pyarrow as pa

Integers = npt.NDArray[np.int64]

# A box round the United Kingdom, its islands and a little sea.
_SOUTH, _NORTH, _WEST, _EAST = 49.0, 61.5, -9.5, 2.5
_NUMBER = r"^\s*-?[0-9]{1,9}(\.[0-9]{1,12})?([eE]-?[0-9]{1,2})?\s*$"


@dataclass
class Columns:
    """Some columns of a file as text, the line each row stands on, and what was found wrong with which row."""

    lines: Integers
    texts: Mapping[str, "pa.ChunkedArray"]
    faults: dict[int, str] = field(default_factory=dict)
    broken_lines: list[tuple[int, str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    def fault(self, rows: Iterable[int], reason: str) -> None:
        """Note what is wrong with these rows; the first thing found stands."""
        for row in rows:
            self.faults.setdefault(row, reason)

    def row(self, row: int) -> dict[str, str]:
        """One row as it was read, for the rejects file."""
        return {name: column[row].as_py() for name, column in self.texts.items()}

    def good_rows(self) -> Integers:
        """Every row with which nothing is wrong."""
        is_good = np.ones(len(self), dtype=np.bool_)
        is_good[list(self.faults)] = False
        return np.flatnonzero(is_good)

    def keys(self, name: str) -> Integers:
        """The column's postcodes packed; a cell that is none, or that an earlier row had, is a fault."""
        texts = self.texts[name].to_pylist()
        packed = pack_many(texts)
        bad = np.flatnonzero(~packed.shapes(np.arange(len(texts))))
        for row in bad.tolist():
            self.faults.setdefault(row, _postcode_fault(texts[row]))
        first = np.unique(packed.keys, return_index=True)[1]
        is_first = np.zeros(len(texts), dtype=np.bool_)
        is_first[first] = True
        is_first[bad] = True
        for row in np.flatnonzero(~is_first).tolist():
            earlier = int(np.flatnonzero(packed.keys == packed.keys[row])[0])
            self.faults.setdefault(row, f"This postcode stands already on line {self.lines[earlier]}.")
        return packed.keys

    def codes(self, name: str) -> Coded:
        """The column's GSS codes; empty cells and pseudo-codes mean none, anything else malformed is a fault."""
        encoded = self.texts[name].combine_chunks().dictionary_encode()
        known = [str(code).strip().upper() for code in encoded.dictionary.to_pylist()]
        codes = [b""]
        translation = np.zeros(len(known), dtype=np.uint32)
        bad = []
        for place, code in enumerate(known):
            if not code or is_pseudo_code(code):
                continue
            if not is_gss_code(code):
                bad.append(place)
                continue
            translation[place] = len(codes)
            codes.append(code.encode("ascii"))
        places = encoded.indices.to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(np.isin(places, bad)).tolist():
            self.faults.setdefault(
                row, f"“{known[places[row]]}” in {name} is not an area code of nine characters."
            )
        return Coded(places=translation[places], codes=np.array(codes, dtype="S12"))

    def decimals(self, name: str) -> npt.NDArray[np.float64]:
        """The column's numbers, not-a-number where it is empty; anything else is a fault."""
        import pyarrow as pa
        import pyarrow.compute as pc

        column = self.texts[name]
        is_number = pc.match_substring_regex(column, _NUMBER)
        is_blank = pc.equal(pc.utf8_trim_whitespace(column), "")
        bad = pc.invert(pc.or_(is_number, is_blank)).to_numpy()
        for row in np.flatnonzero(bad).tolist():
            self.faults.setdefault(row, f"“{column[row].as_py()}” in {name} is not a number.")
        numbers = pc.if_else(is_number, pc.utf8_trim_whitespace(column), pa.scalar(None, pa.string()))
        decimals: npt.NDArray[np.float64] = numbers.cast(pa.float64()).to_numpy()
        return decimals

    def points(
        self, *, lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]
    ) -> dict[str, npt.NDArray[np.int32]]:
        """Degrees as whole millionths; a point far outside the United Kingdom is a fault."""
        has_point = ~(np.isnan(lat) | np.isnan(lon))
        with np.errstate(invalid="ignore"):
            is_far = has_point & ((lat < _SOUTH) | (lat > _NORTH) | (lon < _WEST) | (lon > _EAST))
        self.fault(np.flatnonzero(is_far).tolist(), "The point lies far outside the United Kingdom.")
        return {
            name: np.where(has_point, np.rint(np.where(has_point, degrees, 0.0) * DEGREE), NO_DEGREES).astype(
                np.int32
            )
            for name, degrees in (("lat", lat), ("lon", lon))
        }


def read_columns(
    *, source: SourceFile, header: tuple[str, ...], wanted: Mapping[str, str], has_heading: bool = True
) -> Columns:
    """Read the wanted columns (our name → the file's) of a comma-separated file; `header` names all it has.

    A line with more or fewer cells than the header becomes a broken line. Raises `ImportRefused` for a file
    that is no such table.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pacsv

    broken: list[tuple[int, str, str]] = []

    def keep(row: pacsv.InvalidRow) -> str:
        reason = f"The line has {row.actual_columns} cells where {row.expected_columns} are expected."
        broken.append((row.number or 0, reason, row.text))
        return "skip"

    with source.open_binary() as file:
        try:
            table = pacsv.read_csv(
                file,
                read_options=pacsv.ReadOptions(
                    use_threads=False, column_names=list(header), skip_rows=1 if has_heading else 0
                ),
                parse_options=pacsv.ParseOptions(invalid_row_handler=keep, ignore_empty_lines=False),
                convert_options=pacsv.ConvertOptions(
                    include_columns=list(wanted.values()),
                    column_types={name: pa.string() for name in wanted.values()},
                    strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid as fault:
            raise ImportRefused(f"{source.name} cannot be read as comma-separated values: {fault}") from fault
    skipped = np.array([line for line, _, _ in broken], dtype=np.int64)
    lines = _lines(table.num_rows, skipped, first=2 if has_heading else 1)
    # A blank line comes as a row of empty cells; it is not a row.
    is_blank = np.ones(table.num_rows, dtype=np.bool_)
    for column in table.columns:
        is_blank &= pc.equal(column, "").to_numpy()
    if is_blank.any():
        table, lines = table.filter(pa.array(~is_blank)), lines[~is_blank]
    return Columns(
        lines=lines, texts={name: table[column] for name, column in wanted.items()}, broken_lines=broken
    )


def _lines(rows: int, skipped: Integers, *, first: int) -> Integers:
    """The line of each row, when some lines gave no row."""
    lines = np.arange(first, first + rows + len(skipped), dtype=np.int64)
    return lines[~np.isin(lines, skipped)][:rows]


def _postcode_fault(text: str) -> str:
    try:
        mended = parse_postcode(text)
    except PostcodeError as fault:
        return str(fault)
    return f"“{text}” is not written exactly as a postcode; {mended} may be meant."
