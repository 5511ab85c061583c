"""Look up the postcodes of a whole file and write it again with the answers added."""

import csv
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np

from hustings.places.postcode_file import LocatedMany, PostcodeFile
from hustings.places.postcode_file.layout import STATUSES
from hustings.platform.importing.source import SourceFile
from hustings.platform.progress import SILENT, Progress

_AT_ONCE = 50_000
_ADDED = ("postcode_status", "lat", "lon", "ward", "district", "constituency")


class NoPostcodeColumn(Exception):
    """The file has no column, or more than one, that is plainly the postcode; the message lists its columns."""


def locate_file(
    *, path: Path, out: Path | None, postcodes: PostcodeFile, progress: Progress = SILENT
) -> dict[str, int]:
    """Write every row of a CSV with its postcode's status, point and areas added, and count the answers by
    status.

    The rows keep their order and their cells; the answers come behind them in columns of their own. `out` is
    put in place only when it is whole; without it the rows go to standard output. Raises `NoPostcodeColumn`.
    """
    source = SourceFile(path)
    place = postcode_column(source.header)
    totals = np.zeros(len(STATUSES), dtype=np.int64)
    read = 0
    with _opened(out) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*source.header, *added_columns(source.header)])
        rows = (row for _, row in source.rows())
        while batch := list(islice(rows, _AT_ONCE)):
            found = postcodes.locate_many([row[place] if place < len(row) else "" for row in batch])
            totals += np.bincount(found.statuses, minlength=len(STATUSES))
            width = len(source.header)
            writer.writerows(
                [*row, *[""] * (width - len(row)), *answer]
                for row, answer in zip(batch, _answers(found), strict=True)
            )
            read += len(batch)
            progress.report(done=read, note="rows")
    return {"read": read, **{status.value: int(n) for status, n in zip(STATUSES, totals, strict=True) if n}}


def postcode_column(header: Sequence[str]) -> int:
    """The place of the column that holds the postcodes: the only one whose heading says so."""
    words = ["".join(filter(str.isalpha, cell.casefold())) for cell in header]
    for wanted in ({"postcode"}, {"pcds", "pcd", "postalcode"}):
        fitting = [place for place, word in enumerate(words) if word in wanted]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise NoPostcodeColumn(
                "More than one column could be the postcode: "
                f"{', '.join(header[place] for place in fitting)}. "
                "Rename all but one."
            )
    fitting = [place for place, word in enumerate(words) if "postcode" in word]
    if len(fitting) == 1:
        return fitting[0]
    raise NoPostcodeColumn(
        f"No column is headed “postcode”; the columns are: {', '.join(header) or 'none'}. Rename the right "
        "one."
    )


def added_columns(header: Sequence[str]) -> list[str]:
    """The headings of the answers; one that the file has already is told apart."""
    return [f"located_{name}" if name in header else name for name in _ADDED]


def _answers(found: LocatedMany) -> Iterator[tuple[str, ...]]:
    points = (
        ["" if number != number else f"{number:.6f}" for number in found.degrees(name).tolist()]  # noqa: PLR0124
        for name in ("lat", "lon")
    )
    codes = (found.codes(name).astype(str).tolist() for name in ("ward", "district", "constituency"))
    return zip(found.status_names(), *points, *codes, strict=True)


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    written.chmod(0o644)
    written.replace(out)
