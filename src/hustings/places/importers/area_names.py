"""Names of areas and what lies in what, from the statistical agency's name-and-code lists and look-ups."""

import re
from collections.abc import Iterator, Mapping, Sequence

from hustings.places.importers.area_facts import (
    AreaFact,
    AreaImporter,
    StagedAreas,
    constituency_fact,
    is_code,
    nation_fact,
)
from hustings.places.models import AreaLink
from hustings.places.rules.codes import kind_of
from hustings.places.rules.lifespans import ward_first_day
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

# How the lists name their columns: letters of the kind, two digits of the year or none, CD, NM or NMW. From
# the smallest area to the largest, so that each finds its parent behind it.
_KINDS = ("WD", "LAD", "CTYUA", "UTLA", "CTY", "RGN", "CTRY", "PCON")
_HEADING = re.compile(rf"({'|'.join(_KINDS)})([0-9]{{2}})?(CD|NM|NMW)")
_ABOVE = {
    "ward": ("district",),
    "district": ("county", "region", "nation"),
    "county": ("region", "nation"),
    "region": ("nation",),
    "nation": (),
}


class AreaNames(AreaImporter):
    """Reads any list with pairs of columns such as WD24CD and WD24NM, with or without the year."""

    slug = "area-names"
    card = DatasetCard(
        title="Names and codes of wards, councils, regions and constituencies",
        publisher="Office for National Statistics",
        licence="Open Government Licence v3.0",
        what=(
            "Any name-and-code list or look-up with columns such as WD24CD, WD24NM, LAD24CD, RGNCD, "
            "PCON24CD. Areas in "
            "one row lie in each other; constituencies get the days on which their code exists."
        ),
        columns=("WD24CD", "WD24NM", "LAD24CD", "LAD24NM", "PCON24CD", "PCON24NM"),
        updated="every year",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By at least one kind that has both a code and a name column."""
        return source.suffix in {".csv", ".xlsx"} and bool(_pairs(source.header))

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedAreas:
        """Besides the areas themselves, note in which constituencies each ward lies."""
        self._seats: dict[str, set[str]] = {}
        staged = super().stage(source=source, run=run, options=options, sink=sink, progress=progress)
        staged.extra = self._seats
        return staged

    def activate(self, *, staged: StagedAreas, run: ImportRun, options: Options) -> None:
        """Write the areas, and a link from each ward to each constituency it lies in.

        A ward that the list names with one constituency lies wholly in it; of one that is split the shares
        are not known.
        """
        super().activate(staged=staged, run=run, options=options)
        AreaLink.objects.bulk_create(
            [
                AreaLink(
                    inner_id=ward,
                    outer_id=seat,
                    population_share=1.0 if len(seats) == 1 else None,
                    ground_share=1.0 if len(seats) == 1 else None,
                    source=run.file_name[:200],
                )
                for ward, seats in staged.extra.items()
                for seat in sorted(seats)
            ],
            update_conflicts=True,
            unique_fields=["inner", "outer"],
            update_fields=["population_share", "ground_share", "source"],
            batch_size=500,
        )

    def rows(self, *, source: SourceFile) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Every row with the headings that count brought to one form: WDCD, WDNM, WDNMW …"""
        renamed = _pairs(source.header)
        for line, row in source.records():
            yield line, {renamed.get(name, name.upper()): cell.strip() for name, cell in row.items()}

    def facts(self, *, row: Mapping[str, str]) -> Sequence[AreaFact]:
        """Each area of the row, its parent the next larger one in the same row."""
        found: dict[str, AreaFact] = {}
        for letters in _KINDS:
            code, name = row.get(f"{letters}CD", ""), row.get(f"{letters}NM", "")
            if not is_code(code):
                continue
            kind = kind_of(code)
            if kind is None or (letters in {"CTYUA", "UTLA", "CTY"} and kind != "county"):
                continue  # a unitary council is its own upper tier, and parks and the like are not kept
            if not name:
                raise RowRejected(f"{code} has no name.")
            welsh = row.get(f"{letters}NMW", "")
            if kind == "constituency":
                found[kind] = constituency_fact(code=code, name=name, name_cy=welsh)
            else:
                found.setdefault(kind, AreaFact(code=code, name=name, name_cy=welsh))
        if not found:
            raise RowRejected("The row has no area code.")
        if "ward" in found and "constituency" in found:
            self._seats.setdefault(found["ward"].code, set()).add(found["constituency"].code)
        return _with_parents(found, first_listed_in=row.get("SOURCEFILE", ""))


def _with_parents(found: Mapping[str, AreaFact], *, first_listed_in: str) -> list[AreaFact]:
    from dataclasses import replace

    facts = []
    for kind, fact in found.items():
        changes: dict[str, object] = {}
        above = next((found[upper].code for upper in _ABOVE.get(kind, ()) if upper in found), None)
        if above is not None:
            changes["parent"] = above
        elif kind in {"district", "county", "region"} and fact.code[0] in "EWSN":
            changes["parent"] = nation_fact(fact.code).code
        if kind == "ward" and first_listed_in.isdigit():
            changes["valid_from"] = ward_first_day(first_listed_in=int(first_listed_in))
        facts.append(replace(fact, **changes))  # type: ignore[arg-type]  # the names are fields of a fact
    if "nation" not in found:
        facts += [nation_fact(fact.code) for fact in list(found.values())[:1] if fact.code[0] in "EWSN"]
    return facts


def _pairs(header: Sequence[str]) -> dict[str, str]:
    """Each heading that counts → its form without the year; the latest year where a kind has several."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for cell in header:
        if match := _HEADING.fullmatch(cell.strip().upper()):
            kind, year, part = match[1], match[2] or "", match[3]
            # A list without years in its headings may carry one past year besides (LAD20CD beside LADCD).
            rank = year or "99"
            if (kind, part) not in found or rank > found[kind, part][0]:
                found[kind, part] = (rank, cell)
    has_both = {kind for kind, part in found if part == "CD"} & {kind for kind, part in found if part == "NM"}
    return {cell: f"{kind}{part}" for (kind, part), (_rank, cell) in found.items() if kind in has_both}
