"""Google's political ads transparency bundle: the zip, or one of its CSV files. Amounts are taken from the GBP columns."""

from pathlib import Path

from hustings.adwatch.importers.archive import ArchiveImporter, csv_table
from hustings.adwatch.importers.zips import members, unpack
from hustings.adwatch.store.layouts import GOOGLE, Layout
from hustings.adwatch.store.staging import Table, missing_columns
from hustings.platform.importing.importer import DatasetCard
from hustings.platform.importing.source import SourceFile


class GoogleBundle(ArchiveImporter):
    """Creative stats (single ads in bands), advertiser stats and weekly spend (totals), and spend by place."""

    slug = "google-bundle"
    card = DatasetCard(
        title="Google political ads transparency bundle",
        publisher="Google",
        licence="published by Google for anybody to download; terms of the Transparency Report apply",
        what=(
            "The bundle's zip, or one of creative-stats, advertiser-stats, advertiser-weekly-spend and geo-spend. Only rows "
            "of the United Kingdom come in (--option region=all for every country; its pounds are converted amounts)."
        ),
        columns=(
            "Ad_ID",
            "Advertiser_ID",
            "Advertiser_Name",
            "Spend_Range_Min_GBP",
            "Spend_Range_Max_GBP",
            "Spend_GBP",
        ),
        updated="weekly",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A zip with at least one of the tables, or one of the tables."""
        if inside := members(source=source):
            return any(_layout_of(header) for header in inside.values())
        return source.suffix == ".csv" and _layout_of(source.header) is not None

    def tables(self, *, source: SourceFile, work: Path) -> list[tuple[Layout, Table]]:
        """Every table we know, in the order in which they are of use: totals before single ads."""
        if not (inside := members(source=source)):
            layout = _layout_of(source.header)
            assert layout is not None
            return [(layout, csv_table(source=source, work=work))]
        found: dict[str, str] = {}
        for name, header in inside.items():
            layout = _layout_of(header)
            if layout is not None and layout.slug not in found:
                found[layout.slug] = name
        return [
            (
                layout,
                csv_table(
                    source=SourceFile(unpack(source=source, member=found[layout.slug], into=work)), work=work
                ),
            )
            for layout in GOOGLE
            if layout.slug in found
        ]


def _layout_of(header: tuple[str, ...]) -> Layout | None:
    fitting = [layout for layout in GOOGLE if header and not missing_columns(layout=layout, header=header)]
    # Weekly spend has every column that advertiser stats need but the number of creatives, and one of its own.
    return fitting[0] if fitting else None
