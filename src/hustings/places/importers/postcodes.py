"""What all importers of postcodes share: staging a whole new look-up file beside the one in use."""

import fcntl
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hustings.places.importers.columns import Columns
from hustings.places.postcode_file.reading import PostcodeFile
from hustings.places.postcode_file.writing import (
    Contribution,
    empty_table,
    merge,
    put_in_place,
    table_of,
    write_beside,
)
from hustings.places.queries import postcode_file_path
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

_STEPS = 4


@dataclass(frozen=True)
class StagedPostcodes:
    """A new look-up file that waits beside the old one, and which old one it was made from."""

    written: Path | None
    base: tuple[int, int, int] | None


class PostcodeImporter(ABC):
    """An importer of one layout of postcodes: it only says how to read it."""

    slug: str
    card: DatasetCard

    @abstractmethod
    def recognises(self, *, source: SourceFile) -> bool:
        """Say whether the file has this layout."""

    @abstractmethod
    def read(self, *, source: SourceFile) -> Columns:
        """The columns this layout is read by."""

    @abstractmethod
    def contribution(self, *, columns: Columns) -> Contribution:
        """What the columns say, one place for each of their rows; faults are noted in `columns`."""

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedPostcodes:
        """Read and check every row, merge the good ones into the present content, and write the new file aside."""
        progress.report(done=0, total=_STEPS, note="reading")
        columns = self.read(source=source)
        progress.report(done=1, total=_STEPS, note=f"checking {len(columns):,} rows")
        contribution = _in_order(self.contribution(columns=columns), columns)
        for line, reason, text in columns.broken_lines:
            sink.reject(line=line, reason=reason, row=[text])
        for row in sorted(columns.faults):
            sink.reject(line=int(columns.lines[row]), reason=columns.faults[row], row=columns.row(row))
        if not len(contribution.keys):
            raise ImportRefused(
                f"{source.name} has no row that can be used. The rejects file says why, line by line."
            )
        progress.report(done=2, total=_STEPS, note="merging")
        path = postcode_file_path()
        base, table = _identity(path), empty_table()
        if base is not None:
            table = table_of(PostcodeFile.open(path))
        merged = merge(
            base=table, new=contribution, source=_source_of(self.slug, source, run, len(contribution.keys))
        )
        sink.accept(merged.added + merged.changed)
        sink.unchanged(merged.unchanged)
        sink.detail(
            postcodes=len(merged.table.keys), added=merged.added, changed=merged.changed, ended=merged.ended
        )
        progress.report(done=3, total=_STEPS, note="writing")
        is_same = merged.added + merged.changed + merged.ended == 0
        written = None if options.is_dry_run or is_same else write_beside(table=merged.table, path=path)
        progress.report(done=_STEPS, total=_STEPS)
        return StagedPostcodes(written=written, base=base)

    def activate(self, *, staged: StagedPostcodes, run: ImportRun, options: Options) -> None:
        """Put the new file in the old one's place; refused where another import came between."""
        if staged.written is None:
            return
        path = postcode_file_path()
        with _locked(path):
            if _identity(path) != staged.base:
                raise ImportRefused(
                    "Other postcodes were imported while this file was read. Import it again."
                )
            put_in_place(written=staged.written, path=path)

    def discard(self, *, staged: StagedPostcodes | None) -> None:
        """Remove what was not put in place."""
        if staged is not None and staged.written is not None:
            staged.written.unlink(missing_ok=True)


def _in_order(contribution: Contribution, columns: Columns) -> Contribution:
    """The good rows alone, by rising key."""
    from dataclasses import replace

    rows = columns.good_rows()
    rows = rows[contribution.keys[rows].argsort()]
    return replace(
        contribution,
        keys=contribution.keys[rows],
        coded={name: replace(coded, places=coded.places[rows]) for name, coded in contribution.coded.items()},
        numbers={name: numbers[rows] for name, numbers in contribution.numbers.items()},
    )


def _source_of(slug: str, source: SourceFile, run: ImportRun, rows: int) -> dict[str, Any]:
    return {
        "importer": slug,
        "file": source.name,
        "sha256": source.sha256,
        "rows": rows,
        "imported_at": run.started_at.isoformat(),
    }


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One import at a time looks at the file and replaces it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
