"""How the constituencies of 2010 overlap those of 2024."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hustings.places.importers.area_facts import (
    Gathering,
    StagedAreas,
    constituency_fact,
    nation_fact,
    write_areas,
)
from hustings.places.models import AreaLink
from hustings.places.rules.codes import kind_of
from hustings.places.rules.lifespans import code_in_2024
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

_CELLS = 11


class Shares(NamedTuple):
    """How much of one area lies in another, by the people who live there and by the ground."""

    population: float | None
    ground: float | None


@dataclass
class StagedOverlaps:
    """Areas that were not known, and every link that is new or changed."""

    areas: StagedAreas
    links: dict[tuple[str, str], Shares]


class Overlaps:
    """Reads the House of Commons Library's list, which has no heading; each row gives the link both ways."""

    slug = "constituency-overlaps"
    card = DatasetCard(
        title="How the constituencies of 2010 overlap those of 2024",
        publisher="House of Commons Library",
        licence="Open Parliament Licence v3.0",
        what=(
            "One row for each pair that overlaps, without heading: joined key, code and name of 2010, code "
            "and name of "
            "2024, then shares from and to by residential addresses, ground and population."
        ),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By eleven cells of which the second and fourth are constituencies that make up the first."""
        cells = source.header
        return (
            len(cells) == _CELLS
            and cells[0] == cells[1] + cells[3]
            and kind_of(cells[1]) == kind_of(cells[3]) == "constituency"
        )

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedOverlaps:
        """Check every row against what is known."""
        known = {
            (inner, outer): Shares(population, ground)
            for inner, outer, population, ground in AreaLink.objects.values_list(
                "inner_id", "outer_id", "population_share", "ground_share"
            )
        }
        gathering = Gathering()
        links: dict[tuple[str, str], Shares] = {}
        for line, row in _rows(source):
            try:
                old, new, there, back = _pair(row)
                facts = [
                    constituency_fact(code=code, name=name, names_only_new=True)
                    for code, name in ((old, row[2]), (new, row[4]))
                ]
                is_news = gathering.add([nation_fact(old), *facts], line=line)
            except RowRejected as reason:
                sink.reject(line=line, reason=str(reason), row=row)
                continue
            # A seat that was kept overlaps itself alone; it needs no link.
            pairs = {(old, new): there, (new, old): back} if old != new else {}
            changed = {pair: shares for pair, shares in pairs.items() if known.get(pair) != shares}
            links |= changed
            if changed or is_news:
                sink.accept()
            else:
                sink.unchanged()
        sink.detail(areas=len(gathering.changed), links=len(links))
        return StagedOverlaps(areas=gathering.staged(), links=links)

    def activate(self, *, staged: StagedOverlaps, run: ImportRun, options: Options) -> None:
        """Write the areas, then the links."""
        write_areas(staged=staged.areas)
        AreaLink.objects.bulk_create(
            [
                AreaLink(
                    inner_id=inner,
                    outer_id=outer,
                    population_share=shares.population,
                    ground_share=shares.ground,
                    source=run.file_name[:200],
                )
                for (inner, outer), shares in staged.links.items()
            ],
            update_conflicts=True,
            unique_fields=["inner", "outer"],
            update_fields=["population_share", "ground_share", "source"],
            batch_size=500,
        )

    def discard(self, *, staged: StagedOverlaps | None) -> None:
        """Nothing is kept outside the memory."""


def _rows(source: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """Every row, the first too: the file has no heading."""
    with source.open_text() as file:
        first = next(csv.reader(io.StringIO(file.readline())), [])
    yield 1, first
    yield from source.rows()


def _pair(row: list[str]) -> tuple[str, str, Shares, Shares]:
    if len(row) != _CELLS:
        raise RowRejected(f"The row has {len(row)} cells where {_CELLS} are expected.")
    try:
        ground_from, ground_to, people_from, people_to = (float(cell) for cell in row[7:11])
    except ValueError:
        raise RowRejected("A share is not a number.") from None
    if not all(0 <= share <= 1.000001 for share in (ground_from, ground_to, people_from, people_to)):
        raise RowRejected("A share is not between nought and one.")
    return row[1], code_in_2024(code=row[3]), Shares(people_from, ground_from), Shares(people_to, ground_to)
