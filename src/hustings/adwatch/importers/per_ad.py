"""Per-ad exports of the Meta archive as CSV, in the two shapes that researchers have published."""

from pathlib import Path

from hustings.adwatch.importers.archive import ArchiveImporter, csv_table
from hustings.adwatch.store.layouts import BANDS, BOUNDS, Layout
from hustings.adwatch.store.staging import Table, missing_columns
from hustings.platform.importing.importer import DatasetCard
from hustings.platform.importing.source import SourceFile


class MetaAdsBands(ArchiveImporter):
    """Bands as dictionaries in a cell: `{'lower_bound': '0', 'upper_bound': '99'}`."""

    slug = "meta-ads-bands"
    card = DatasetCard(
        title="Meta ads, one row an ad, bands as published",
        publisher="researchers, from the Meta Ad Library API",
        licence="see where the file comes from",
        what="One row an ad with who paid, the page, and the bands of spend and impressions in the API's own shape.",
        columns=tuple(BANDS.needs),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """Its headings, and not those of the other shape."""
        return (
            source.suffix == ".csv"
            and not missing_columns(layout=BANDS, header=source.header)
            and bool(missing_columns(layout=BOUNDS, header=source.header))
        )

    def tables(self, *, source: SourceFile, work: Path) -> list[tuple[Layout, Table]]:
        """The one table."""
        return [(BANDS, csv_table(source=source, work=work))]


class MetaAdsBounds(ArchiveImporter):
    """Bounds in columns of their own, with an end day and the audience by age and gender."""

    slug = "meta-ads-bounds"
    card = DatasetCard(
        title="Meta ads, one row an ad, bounds in columns",
        publisher="researchers, from the Meta Ad Library API",
        licence="see where the file comes from",
        what="One row an ad with who paid, the page, first and last day, bounds of spend and impressions, and demographics.",
        columns=tuple(BOUNDS.needs),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """Its headings."""
        return source.suffix == ".csv" and not missing_columns(layout=BOUNDS, header=source.header)

    def tables(self, *, source: SourceFile, work: Path) -> list[tuple[Layout, Table]]:
        """The one table."""
        return [(BOUNDS, csv_table(source=source, work=work))]
