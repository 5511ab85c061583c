"""What the importers of areas share: facts about areas gathered row by row, then written at once."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from hustings.places.models import Area, AreaKind
from hustings.places.rules.codes import is_gss_code, is_pseudo_code, kind_of, nation_of
from hustings.places.rules.lifespans import constituency_span
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

_FIELDS = ("name", "name_cy", "parent", "lat", "lon", "valid_from", "valid_until")
_COLUMNS = ("code", "kind", "nation", *_FIELDS)
NATIONS = {
    "E92000001": ("England", "Lloegr"),
    "W92000004": ("Wales", "Cymru"),
    "S92000003": ("Scotland", "Yr Alban"),
    "N92000002": ("Northern Ireland", "Gogledd Iwerddon"),
}
_ORDER = [kind.value for kind in AreaKind]


@dataclass(frozen=True, kw_only=True)
class AreaFact:
    """What one row says about one area; what it leaves empty stays as it is known.

    `names_only_new` is for sources that name areas by the way: an area that has a name keeps it.
    """

    code: str
    name: str = ""
    name_cy: str = ""
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    names_only_new: bool = False


@dataclass
class StagedAreas:
    """Every area that is new or changed, as it will be."""

    facts: dict[str, AreaFact]
    changed: set[str]
    extra: Any = None


class Gathering:
    """The areas as they are known while rows come in: what the database has, and what the file adds."""

    def __init__(self) -> None:
        self._known = {
            row["code"]: AreaFact(**{"parent": row.pop("parent_id"), **row})
            for row in Area.objects.values("code", "parent_id", *(f for f in _FIELDS if f != "parent"))
        }
        self._named: dict[str, tuple[str, int]] = {}
        self.changed: set[str] = set()

    def knows(self, code: str) -> bool:
        """Say whether there is an area with this code."""
        return code in self._known

    def add(self, facts: Iterable[AreaFact], *, line: int) -> bool:
        """Take in the facts of one row and say whether they tell anything new.

        Raises `RowRejected`, before anything of the row is taken in, for a code of a kind that is not kept
        and for a name that differs from an earlier row's.
        """
        merged = []
        for fact in facts:
            if not is_gss_code(fact.code) or kind_of(fact.code) is None:
                raise RowRejected(f"“{fact.code}” is not the code of a kind of area that is kept here.")
            earlier = self._named.get(fact.code)
            if earlier and fact.name and fact.name != earlier[0] and not fact.names_only_new:
                raise RowRejected(f"{fact.code} is called “{earlier[0]}” on line {earlier[1]}.")
            before = self._known.get(fact.code)
            merged.append((fact, before, _merged(before, fact)))
        is_news = False
        for fact, before, after in merged:
            if fact.name:
                self._named[fact.code] = (fact.name, line)
            if after != before:
                self._known[fact.code] = after
                self.changed.add(fact.code)
                is_news = True
        return is_news

    def staged(self, extra: Any = None) -> StagedAreas:
        """The changed areas; a parent that is not known is left out."""
        facts = {}
        for code in self.changed:
            fact = self._known[code]
            is_orphan = fact.parent is not None and fact.parent not in self._known
            facts[code] = replace(fact, parent=None) if is_orphan else fact
        return StagedAreas(facts=facts, changed=self.changed, extra=extra)


class AreaImporter(ABC):
    """An importer of a table of areas: it only says what a row tells about which areas."""

    slug: str
    card: DatasetCard

    @abstractmethod
    def recognises(self, *, source: SourceFile) -> bool:
        """Say whether the file has this layout."""

    @abstractmethod
    def facts(self, *, row: Mapping[str, str]) -> Sequence[AreaFact]:
        """What a row (heading in capitals → cell) says; raises `RowRejected`."""

    def rows(self, *, source: SourceFile) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Every row with its line, headings in capitals, cells stripped."""
        for line, row in source.records():
            yield line, {name.upper(): cell.strip() for name, cell in row.items()}

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedAreas:
        """Read every row and work out which areas are new or changed."""
        gathering = Gathering()
        for done, (line, row) in enumerate(self.rows(source=source), start=1):
            try:
                is_news = gathering.add(self.facts(row=row), line=line)
            except RowRejected as reason:
                sink.reject(line=line, reason=str(reason), row=row)
                continue
            if is_news:
                sink.accept()
            else:
                sink.unchanged()
            if done % 1000 == 0:
                progress.report(done=done, note="rows")
        sink.detail(areas=len(gathering.changed))
        return gathering.staged()

    def activate(self, *, staged: StagedAreas, run: ImportRun, options: Options) -> None:
        """Write the new and changed areas."""
        write_areas(staged=staged)

    def discard(self, *, staged: StagedAreas | None) -> None:
        """Forget what was gathered."""
        if staged is not None:
            staged.facts.clear()


def write_areas(*, staged: StagedAreas) -> None:
    """Write new and changed areas, parents first, and end the wards of councils that have ended."""
    rows = [
        Area(
            code=fact.code,
            kind=kind_of(fact.code) or "",
            nation=nation_of(fact.code),
            name=fact.name or fact.code,
            name_cy=fact.name_cy,
            parent_id=fact.parent,
            lat=fact.lat,
            lon=fact.lon,
            valid_from=fact.valid_from,
            valid_until=fact.valid_until,
        )
        for fact in staged.facts.values()
    ]
    rows.sort(key=lambda area: (_ORDER.index(area.kind), area.code))
    Area.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in _COLUMNS if name != "code"],
        batch_size=500,
    )
    ended = Area.objects.filter(code=OuterRef("parent"), kind=AreaKind.DISTRICT).values("valid_until")[:1]
    Area.objects.filter(
        kind=AreaKind.WARD,
        valid_until=None,
        parent__kind=AreaKind.DISTRICT,
        parent__valid_until__isnull=False,
    ).exclude(valid_from__gte=Subquery(ended)).update(valid_until=Subquery(ended))


def nation_fact(code: str) -> AreaFact:
    """The nation that an area's code belongs to."""
    nation = next(known for known in NATIONS if known[0] == code[0])
    name, name_cy = NATIONS[nation]
    return AreaFact(code=nation, name=name, name_cy=name_cy)


def constituency_fact(*, code: str, name: str, **known: Any) -> AreaFact:
    """A constituency with the days on which its code exists, below its nation."""
    if kind_of(code) != "constituency":
        raise RowRejected(f"“{code}” is not the code of a constituency.")
    span = constituency_span(code=code)
    parent = nation_fact(code).code if code[0] in "EWSN" else None
    return AreaFact(
        code=code, name=name, parent=parent, valid_from=span.valid_from, valid_until=span.valid_until, **known
    )


def degrees(*, lat: str, lon: str) -> tuple[float, float]:
    """Latitude and longitude of a row's cells; raises `RowRejected` unless they lie in or near the United Kingdom."""
    try:
        point = float(lat), float(lon)
    except ValueError:
        raise RowRejected(f"“{lat}”, “{lon}” is not a latitude and a longitude.") from None
    if not (49 <= point[0] <= 61.5 and -9.5 <= point[1] <= 2.5):
        raise RowRejected("The point lies far outside the United Kingdom.")
    return point


def is_code(text: str) -> bool:
    """Say whether a cell holds the code of some area, not a pseudo-code."""
    return is_gss_code(text) and not is_pseudo_code(text)


def _size(code: str) -> int:
    return -_ORDER.index(kind_of(code) or AreaKind.LSOA.value)


def _merged(before: AreaFact | None, fact: AreaFact) -> AreaFact:
    if before is None:
        return replace(fact, name=fact.name or fact.code, names_only_new=False)
    said = {name: getattr(fact, name) for name in _FIELDS if getattr(fact, name) not in (None, "")}
    # A row that leaves a tier out (no county, no region) does not lift an area out of the tier it is known
    # to lie in.
    if before.parent and fact.parent and _size(fact.parent) > _size(before.parent):
        del said["parent"]
    if fact.names_only_new and before.name != before.code:
        said.pop("name", None)
        if before.name_cy:
            said.pop("name_cy", None)
    return replace(before, **said)
