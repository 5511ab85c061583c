"""Spending of parties day by day, as researchers published it during the general election of 2019."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hustings.adwatch.importers.archive import SnapshotImporter, Staged
from hustings.adwatch.rules.periods import period_of
from hustings.adwatch.rules.series import read_series
from hustings.adwatch.store.files import folder
from hustings.adwatch.store.layouts import Layout
from hustings.adwatch.store.staging import StagedTable, refuse_empty
from hustings.basics.money import NotAnAmount, parse_pounds
from hustings.platform.importing.importer import DatasetCard, Options, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

SERIES = Layout(
    slug="party-series", platform="meta", kind="series", title="Daily spend of parties", columns={}
)
_SHAPES = (("name", "date", "value"), ("group", "variable", "value"))


class PartySeries(SnapshotImporter):
    """Party, day and amount; running totals are noticed and turned into daily amounts."""

    slug = "party-series"
    card = DatasetCard(
        title="Daily spend of parties",
        publisher="Who Targets Me, from the Facebook Ad Library",
        licence="MIT (the collection); figures published by Facebook",
        what="One amount a party and day, as name, date, value or as group (the day), variable (the party), value.",
        columns=("name", "date", "value"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """Exactly one of the two headings."""
        return source.suffix == ".csv" and tuple(cell.casefold() for cell in source.header) in _SHAPES

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> Staged:
        """Read the amounts, take differences where they are running totals, and write them as rows."""
        import tempfile

        from hustings.adwatch.models import Snapshot

        work = Path(tempfile.mkdtemp(dir=folder("work")))
        staged = Staged(source=source, work=work, period=period_of(file_name=source.name))
        known = Snapshot.objects.filter(sha256=source.sha256, layout=SERIES.slug).first()
        if known is not None:
            staged.known.append(known)
            sink.unchanged(sum(1 for _ in source.rows()))
            return staged
        is_day_first = source.header[0].casefold() == "group"
        values: dict[str, list[tuple[date, int]]] = defaultdict(list)
        read = 0
        for line, row in source.rows():
            party, day = (row[1], row[0]) if is_day_first else (row[0], row[1])
            try:
                values[party.strip()].append((date.fromisoformat(day.strip()), parse_pounds(row[2])))
            except (NotAnAmount, ValueError, IndexError) as problem:
                sink.reject(
                    line=line, reason=f"The row is not a party, a day and an amount: {problem}", row=row
                )
                continue
            read += 1
        sink.accept(read)
        series = read_series(values=values)
        rows = [
            {"party": one.party, "first_on": one.on, "last_on": one.on, "low": one.pence, "high": one.pence}
            for one in series.days
        ]
        into = work / SERIES.slug
        into.mkdir()
        _write(rows, into)
        staged.tables.append(_table(rows, into, read))
        refuse_empty(staged=staged.tables, name=source.name)
        sink.detail(
            were_running_totals=series.were_totals, oddities=[one.sentence for one in series.oddities]
        )
        return staged


def _write(rows: Sequence[dict[str, object]], into: Path) -> None:
    parties = sorted({str(row["party"]) for row in rows})
    keys = {party: place for place, party in enumerate(parties)}
    pq.write_table(
        pa.table(
            {
                "page_key": pa.array([keys[str(row["party"])] for row in rows], pa.int32()),
                "first_on": pa.array([row["first_on"] for row in rows], pa.date32()),
                "last_on": pa.array([row["last_on"] for row in rows], pa.date32()),
                "low": pa.array([row["low"] for row in rows], pa.int64()),
                "high": pa.array([row["high"] for row in rows], pa.int64()),
            }
        ),
        into / "rows.parquet",
    )
    pq.write_table(
        pa.table(
            {
                "page_key": pa.array(range(len(parties)), pa.int32()),
                "page_id": parties,
                "disclaimer": [""] * len(parties),
                "page": parties,
            }
        ),
        into / "pages.parquet",
    )


def _table(rows: Sequence[dict[str, object]], into: Path, read: int) -> StagedTable:
    total = sum(int(str(row["low"])) for row in rows)
    days = sorted(str(row["first_on"]) for row in rows)
    return StagedTable(
        layout=SERIES,
        folder=into,
        read=read,
        rows=read,
        doubled=0,
        rejected=0,
        elsewhere=0,
        pages=len({row["party"] for row in rows}),
        ads=0,
        low_pence=total,
        high_pence=total,
        open_rows=0,
        first_on=date.fromisoformat(days[0]) if days else None,
        last_on=date.fromisoformat(days[-1]) if days else None,
    )
