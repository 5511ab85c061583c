"""The register of companies, in which advertisers are looked up by name."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hustings.adwatch.models import Register, RegisterFile
from hustings.adwatch.rules.registers import aliases
from hustings.adwatch.store.files import below_home, folder, keep_original
from hustings.adwatch.usecases.link_registers import link_registers
from hustings.adwatch.usecases.suggest_codes import suggest_codes
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("key", "register", "number", "name", "status", "body", "company")),
        ("registered_on", pa.date32()),
        ("shows_uk", pa.bool_()),
    ]
)
_BATCH = 20_000


@dataclass(kw_only=True)
class StagedRegister:
    """The entries as Parquet, how many, the newest of them, and whether the file was taken in before."""

    source: SourceFile
    work: Path
    entries: int = 0
    newest: date | None = None
    is_known: bool = False


class CompanyRegister:
    """The register of companies as it is published for everybody (basic company data)."""

    slug = "companies"
    card = DatasetCard(
        title="Register of companies",
        publisher="Companies House",
        licence="Open Government Licence v3.0",
        what="Names and numbers of companies; advertisers are looked up in it by name.",
        columns=("CompanyName", "CompanyNumber", "CompanyStatus"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """Its headings."""
        return source.has_columns(*self.card.columns)

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedRegister:
        """Write the entries, one row for each name under which a body may be met."""
        staged = StagedRegister(source=source, work=Path(tempfile.mkdtemp(dir=folder("work"))))
        staged.is_known = RegisterFile.objects.filter(sha256=source.sha256).exists()
        with pq.ParquetWriter(staged.work / "entries.parquet", _SCHEMA, compression="zstd") as writer:
            batch: list[dict[str, Any]] = []
            for entry in self._entries(source, sink, staged, progress):
                batch += [{**entry, "key": key} for key in aliases(name=entry["name"])]
                if len(batch) >= _BATCH:
                    writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))
                    batch = []
            writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))
        return staged

    def _entries(
        self, source: SourceFile, sink: Sink, staged: StagedRegister, progress: Progress
    ) -> Iterator[dict[str, Any]]:
        for line, row in source.records():
            try:
                entry = self._entry(row)
            except RowRejected as problem:
                sink.reject(line=line, reason=str(problem), row=row)
                continue
            if staged.is_known:
                sink.unchanged()
            else:
                sink.accept()
            staged.entries += 1
            if staged.entries % 1000 == 0:
                progress.report(done=staged.entries)
            if entry["registered_on"] and (staged.newest is None or entry["registered_on"] > staged.newest):
                staged.newest = entry["registered_on"]
            yield entry

    def activate(self, *, staged: StagedRegister, run: ImportRun, options: Options) -> None:
        """Keep the file, and look every entity up in it."""
        if staged.is_known:
            return
        source = staged.source
        to = folder("registers") / f"{source.sha256[:16]}.parquet"
        shutil.move(staged.work / "entries.parquet", to)
        RegisterFile.objects.create(
            title=self.card.title,
            layout=self.slug,
            sha256=source.sha256,
            file_name=source.name[:200],
            original=keep_original(path=source.path, sha256=source.sha256),
            path=below_home(to),
            entries=staged.entries,
            newest_entry_on=staged.newest,
            taken_in_at=run.started_at,
        )
        links = link_registers(entity_ids=None, now=run.started_at)
        suggest_codes(entity_ids=None)
        run.details = {**run.details, "links": links}

    def discard(self, *, staged: Any) -> None:
        """Empty the work folder."""
        if staged is not None:
            shutil.rmtree(staged.work, ignore_errors=True)

    def _entry(self, row: Mapping[str, str]) -> dict[str, Any]:
        values = {name.casefold(): value.strip() for name, value in row.items()}
        if not values["companyname"] or not values["companynumber"]:
            raise RowRejected("The row has no name or no number of a company.")
        country = values.get("countryoforigin", "").casefold()
        return {
            "register": str(Register.COMPANIES),
            "number": values["companynumber"],
            "name": values["companyname"],
            "status": values.get("companystatus", ""),
            "body": values.get("companycategory", ""),
            "company": values["companynumber"],
            "registered_on": _day(values.get("incorporationdate", "")),
            "shows_uk": country
            in {"", "united kingdom", "england", "wales", "scotland", "northern ireland", "great britain"},
        }


def _day(text: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip()[:10], shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
