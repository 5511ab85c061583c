"""What every importer of an archive does: stage its tables as Parquet, then keep the original and make snapshots of them."""

import shutil
import tempfile
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hustings.adwatch.models import Snapshot
from hustings.adwatch.rules.periods import NotADay, Period, period_of
from hustings.adwatch.store.files import folder, keep_original
from hustings.adwatch.store.layouts import Layout
from hustings.adwatch.store.staging import (
    StagedTable,
    Table,
    as_utf8,
    missing_columns,
    refuse_empty,
    stage_table,
)
from hustings.adwatch.usecases.take_snapshot import date_snapshot, take_snapshot
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress


@dataclass(kw_only=True)
class Staged:
    """What was staged: the tables, the file they came from, and snapshots that are there already."""

    source: SourceFile
    work: Path
    period: Period
    tables: list[StagedTable] = field(default_factory=list)
    known: list[Snapshot] = field(default_factory=list)


class SnapshotImporter:
    """What comes after staging, whatever was staged: the original is kept, and each table becomes a snapshot."""

    def activate(self, *, staged: Staged, run: ImportRun, options: Options) -> None:
        """Keep the original, make a snapshot of each table, find its advertisers, and look for faults."""
        original = keep_original(path=staged.source.path, sha256=staged.source.sha256)
        for known in staged.known:
            if staged.period.said_by == "given with the file":
                date_snapshot(snapshot=known, period=staged.period)
        faults = 0
        for table in staged.tables:
            if table.rows:
                snapshot = take_snapshot(
                    table=table,
                    name=staged.source.name,
                    sha256=staged.source.sha256,
                    original=original,
                    period=staged.period,
                    run=run,
                    now=run.started_at,
                )
                faults += snapshot.faults.count()
        run.details = {**run.details, "faults": faults}

    def discard(self, *, staged: Any) -> None:
        """Empty the work folder."""
        if staged is not None:
            shutil.rmtree(staged.work, ignore_errors=True)


class ArchiveImporter(SnapshotImporter, ABC):
    """Base of the importers: subclasses say which files they know and which tables a file holds."""

    slug: str
    card: DatasetCard

    @abstractmethod
    def recognises(self, *, source: SourceFile) -> bool:
        """Whether a file is of this importer's kind."""

    @abstractmethod
    def tables(self, *, source: SourceFile, work: Path) -> list[tuple[Layout, Table]]:
        """The tables of the file, each with its layout, as files that DuckDB reads."""

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> Staged:
        """Read everything into Parquet below the work folder; tables that are known already are only counted."""
        try:
            period = period_of(
                file_name=source.name,
                given_from=str(options.values.get("from", "")),
                given_to=str(options.values.get("to", "")),
            )
        except NotADay as problem:
            raise ImportRefused(str(problem)) from problem
        staged = Staged(source=source, work=Path(tempfile.mkdtemp(dir=folder("work"))), period=period)
        known = {one.layout: one for one in Snapshot.objects.filter(sha256=source.sha256)}
        tables = self.tables(source=source, work=staged.work)
        for number, (layout, table) in enumerate(tables):
            if layout.slug in known:
                staged.known.append(known[layout.slug])
                sink.unchanged(known[layout.slug].rows)
                continue
            if missing := missing_columns(layout=layout, header=table.header):
                raise ImportRefused(
                    f"{source.name} lacks the columns {', '.join(missing)}. Is it a {layout.title}?"
                )

            def report(share: float, note: str, number: int = number, title: str = layout.title) -> None:
                progress.report(
                    done=int((number + share) * 100), total=len(tables) * 100, note=f"{title}: {note}"
                )

            found = stage_table(
                table=table,
                layout=layout,
                into=staged.work / layout.slug,
                region=str(options.values.get("region", "GB")),
                reject=lambda line, reason, row: sink.reject(line=line, reason=reason, row=row),
                report=report,
            )
            sink.accept(found.rows)
            sink.unchanged(found.doubled)
            staged.tables.append(found)
        if not staged.known:
            refuse_empty(staged=staged.tables, name=source.name)
        sink.detail(
            snapshots=[
                {
                    "layout": one.layout.slug,
                    "rows": one.rows,
                    "ads": one.ads,
                    "spend_low_pence": one.low_pence,
                    "spend_high_pence": None if one.open_rows else one.high_pence,
                    "pages": one.pages,
                    "other_countries": one.elsewhere,
                }
                for one in staged.tables
            ],
            covers_from=None if period.first_on is None else period.first_on.isoformat(),
            covers_until=None if period.last_on is None else period.last_on.isoformat(),
            dates_said_by=period.said_by,
        )
        return staged


def csv_table(*, source: SourceFile, work: Path) -> Table:
    """The file itself, plain or gzip, as a table in UTF-8."""
    path = as_utf8(path=source.path, is_gzip=source.is_gzip, encoding=source.encoding, into=work)
    return Table(
        path=path,
        header=source.header,
        delimiter=source.delimiter,
        is_gzip=source.is_gzip and path == source.path,
    )
