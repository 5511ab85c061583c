"""Meta Ad Library Report: totals by page and disclaimer, with the headings of 2019 or later, plain, gzip or zip."""

from pathlib import Path

from hustings.adwatch.importers.archive import ArchiveImporter, csv_table
from hustings.adwatch.importers.zips import members, unpack
from hustings.adwatch.store.layouts import REPORT, Layout
from hustings.adwatch.store.staging import Table, missing_columns
from hustings.platform.importing.importer import DatasetCard
from hustings.platform.importing.source import SourceFile


class MetaReport(ArchiveImporter):
    """The report that Meta publishes for each country and span of days."""

    slug = "meta-report"
    card = DatasetCard(
        title="Meta Ad Library Report",
        publisher="Meta (before 2021: Facebook)",
        licence="published by Meta for anybody to download; terms of the Ad Library apply",
        what=(
            "Spend and number of ads by page and disclaimer. The days covered are not in the file: they are read from its "
            "name, or given with --option from=DATE --option to=DATE. Small amounts read “≤100” and stay intervals."
        ),
        columns=tuple(REPORT.needs),
        updated="daily",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """The five headings, whatever their case; in a zip, the file of advertisers."""
        if inside := members(source=source):
            return any(_fits(header) for header in inside.values())
        return source.suffix == ".csv" and _fits(source.header)

    def tables(self, *, source: SourceFile, work: Path) -> list[tuple[Layout, Table]]:
        """The one table; of a zip, its file of advertisers (the other one, by place, holds no disclaimers)."""
        if inside := members(source=source):
            member = next(name for name, header in inside.items() if _fits(header))
            inner = SourceFile(unpack(source=source, member=member, into=work))
            return [(REPORT, csv_table(source=inner, work=work))]
        return [(REPORT, csv_table(source=source, work=work))]


def _fits(header: tuple[str, ...]) -> bool:
    return bool(header) and not missing_columns(layout=REPORT, header=header)
