"""A file to import: plain or gzip CSV (comma or tab, UTF-8 with or without mark, else Windows-1252), or a spreadsheet."""

import codecs
import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO

from openpyxl import load_workbook

_SAMPLE_BYTES = 65_536


class UnreadableFile(Exception):
    """The file cannot be read as any kind of table; the message says what was tried."""


class SourceFile:
    """One file, opened as often as needed; never changed."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UnreadableFile(f"There is no file at {path}.")
        self.path = path

    @property
    def name(self) -> str:
        """File name without folders."""
        return self.path.name

    @property
    def is_gzip(self) -> bool:
        """Whether the name ends in .gz."""
        return self.path.suffix.lower() == ".gz"

    @property
    def suffix(self) -> str:
        """Kind of file by its name, lower case, without .gz: `.csv`, `.xlsx`, `.geojson` …"""
        return Path(self.path.stem if self.is_gzip else self.path.name).suffix.lower()

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return self.path.stat().st_size

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the file as it lies on disk."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def open_binary(self) -> IO[bytes]:
        """The content, unpacked."""
        return gzip.open(self.path, "rb") if self.is_gzip else self.path.open("rb")  # type: ignore[return-value]  # a gzip file reads like any other

    @cached_property
    def encoding(self) -> str:
        """`utf-8-sig` where the whole file is valid UTF-8, else `cp1252`, the usual one of council software."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self.open_binary() as file:
            try:
                while block := file.read(1 << 20):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return "cp1252"
        return "utf-8-sig"

    def open_text(self) -> IO[str]:
        """The content as text, new lines untouched for the CSV reader."""
        return io.TextIOWrapper(self.open_binary(), encoding=self.encoding, newline="")

    @cached_property
    def sample(self) -> str:
        """The first 64 kB as text, whatever they are."""
        with self.open_binary() as file:
            return file.read(_SAMPLE_BYTES).decode("utf-8-sig", errors="replace")

    @cached_property
    def delimiter(self) -> str:
        """Comma, tab, semicolon or bar: whichever the first line has most of."""
        first = self.sample.split("\n", 1)[0]
        return max(",\t;|", key=first.count)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The first row's cells, stripped; empty for a file without a table."""
        if self.suffix == ".xlsx":
            return next((tuple(str(cell or "").strip() for cell in row) for row in self._sheet_rows()), ())
        rows = csv.reader(io.StringIO(self.sample, newline=""), delimiter=self.delimiter)
        try:
            return tuple(cell.strip() for cell in next(rows, []))
        except csv.Error:
            # Not text at all, such as a zip file.
            return ()

    def has_columns(self, *names: str) -> bool:
        """Whether the header has all these columns, whatever their case."""
        present = {cell.casefold() for cell in self.header}
        return all(name.casefold() in present for name in names)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row after the header with its line number (for CSV, the line on which the row ends).

        Raises `UnreadableFile` on a NUL byte or broken quoting.
        """
        if self.suffix == ".xlsx":
            for number, cells in enumerate(self._sheet_rows(), start=1):
                if number > 1:
                    yield number, ["" if cell is None else str(cell) for cell in cells]
            return
        with self.open_text() as file:
            reader = csv.reader(file, delimiter=self.delimiter)
            try:
                next(reader, None)
                for row in reader:
                    if row:
                        yield reader.line_num, row
            except csv.Error as problem:
                raise UnreadableFile(f"{self.name}, line {reader.line_num}: {problem}.") from problem

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Every row after the header as a dictionary by column; a short row lacks its last columns' values."""
        header = self.header
        for line, row in self.rows():
            yield line, dict(zip(header, [*row, *([""] * (len(header) - len(row)))], strict=False))

    def _sheet_rows(self) -> Iterator[tuple[object, ...]]:
        try:
            book = load_workbook(self.path, read_only=True, data_only=True)
        except Exception as problem:
            raise UnreadableFile(f"{self.name} is not a readable spreadsheet.") from problem
        try:
            sheet = book.worksheets[0]
            yield from sheet.iter_rows(values_only=True)
        finally:
            book.close()
