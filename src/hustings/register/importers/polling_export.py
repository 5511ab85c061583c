"""What the importers of councils' election management exports share: rows of properties in, stations and allocations out."""

import re
from abc import ABC
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import ClassVar

from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.elections.models import Election
from hustings.places.queries import locate
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress
from hustings.register.models import PollingStation
from hustings.register.rules.matching.folding import house_of
from hustings.register.rules.stations import Key, KeyKind, PropertyRow, StationFact, allocate, keys_of
from hustings.register.usecases.keep_stations import StationPlan, keep_stations, known_allocations

Row = Mapping[str, str]


class PollingExport(ABC):
    """An importer of one layout. Its class says which column holds what; a method is overridden only for what is odd.

    A column name left empty means that the layout has no such column. `reference` empty: the building's name and postcode.
    """

    slug: str
    card: DatasetCard
    known_by: ClassVar[tuple[str, ...]]
    postcode: ClassVar[str]
    address: ClassVar[tuple[str, ...]]
    district: ClassVar[str] = ""
    reference: ClassVar[str] = ""
    station_name: ClassVar[str]
    station_address: ClassVar[tuple[str, ...]]
    station_postcode: ClassVar[str]
    poll_on: ClassVar[str] = ""

    def recognises(self, *, source: SourceFile) -> bool:
        """By columns that no other layout has together."""
        return source.has_columns(*self.known_by)

    def district_of(self, *, row: Row) -> str:
        """The letters of the polling district, as the register writes them."""
        return row[self.district].upper() if self.district else ""

    def station_of(self, *, row: Row) -> StationFact:
        """The station that a row names; raises `RowRejected`."""
        name = _tidy(row[self.station_name])
        if not name:
            raise RowRejected("The row names no polling station.")
        lines = [_tidy(row[column]) for column in self.station_address]
        try:
            postcode = parse_postcode(row[self.station_postcode]).spaced
        except PostcodeError:
            # Some halls have none; whatever stands there is still part of the address that people are told.
            postcode = ""
            lines.append(_tidy(row[self.station_postcode]))
        told = [line for line in lines if line and line.upper() != postcode]
        reference = _tidy(row[self.reference]) if self.reference else f"{name} {postcode}".strip()
        return StationFact(
            reference=reference[:80], name=name, address=", ".join(dict.fromkeys(told)), postcode=postcode
        )

    def property_of(self, *, row: Row, station: str) -> PropertyRow:
        """The property of a row; raises `RowRejected`."""
        district = self.district_of(row=row)
        written = row[self.postcode]
        try:
            postcode = parse_postcode(written).spaced if written else ""
        except PostcodeError as fault:
            raise RowRejected(str(fault)) from fault
        if not postcode and not district:
            raise RowRejected(
                "The property has neither a postcode nor a polling district, so it tells nobody's station."
            )
        address = ", ".join(part for column in self.address if (part := _tidy(row[column])))
        house = house_of(address=address) if address else ""
        return PropertyRow(postcode=postcode, house=house[:100], district=district, station=station)

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StationPlan:
        """Read every row, work out the fewest keys that tell a station, and compare with what is kept."""
        rows = [(line, _stripped(row)) for line, row in source.records()]
        election = chosen_election(options=options, days=self._days(rows), source=source)
        stations = self.begin(election=election)
        taken: list[PropertyRow] = []
        for done, (line, row) in enumerate(rows, start=1):
            try:
                fact = self.station_of(row=row)
                taken.append(self.property_of(row=row, station=fact.reference))
            except RowRejected as reason:
                sink.reject(line=line, reason=str(reason), row=row)
                continue
            stations.setdefault(fact.reference, fact)
            if done % 5_000 == 0:
                progress.report(done=done, total=len(rows), note="properties")
        council = self.council_of(stations=stations.values(), postcodes=(one.postcode for one in taken))
        allocations = allocate(rows=taken)
        known, kept = known_allocations(election=election, council=council), _kept(election, council)
        for place in taken:
            keys = keys_of(postcode=place.postcode, house=place.house, district=place.district)
            is_news = kept.get(place.station) != stations[place.station] or any(
                known.get(key) != allocations.get(key) for key in keys
            )
            if is_news:
                sink.accept()
            else:
                sink.unchanged()
        sink.detail(election=election.pk, council=council, stations=len(stations))
        sink.detail(**_described(taken, allocations))
        return StationPlan(election=election, council=council, stations=stations, allocations=allocations)

    def begin(self, *, election: Election) -> dict[str, StationFact]:
        """The stations known before the first row: those of an earlier file where a layout has several, else none."""
        del election
        return {}

    def council_of(self, *, stations: Iterable[StationFact], postcodes: Iterable[str]) -> str:
        """The code of the district in which most of the file's postcodes lie; empty where none is known."""
        return council_of(postcodes=[*(fact.postcode for fact in stations), *postcodes])

    def activate(self, *, staged: StationPlan, run: ImportRun, options: Options) -> None:
        """Put the file in the place of the council's earlier one for the same election."""
        if not staged.stations:
            raise ImportRefused("No row of the file can be used. The rejects file says why, line by line.")
        keep_stations(plan=staged, source=self.slug, now=run.started_at)

    def discard(self, *, staged: StationPlan | None) -> None:
        """Nothing is left behind."""
        del staged

    def _days(self, rows: list[tuple[int, Row]]) -> set[date]:
        if not self.poll_on:
            return set()
        return {day for _line, row in rows if (day := _day(row[self.poll_on])) is not None}


def chosen_election(*, options: Options, days: set[date], source: SourceFile) -> Election:
    """The election a file is about: as chosen, else the one on the day that the file names. Raises `ImportRefused`."""
    if options.election:
        found = Election.objects.filter(pk=options.election).first()
        if found is None:
            raise ImportRefused(
                f"There is no election {options.election} here. Note it on the desk (Set-up, Dates) first."
            )
        if days and found.poll_on not in days:
            raise ImportRefused(
                f"{source.name} is about the poll of {_told(days)}, and {found.title} is on {found.poll_on:%d %B %Y}."
            )
        return found
    fitting = list(Election.objects.filter(poll_on__in=days, is_notional=False)[:3]) if days else []
    if len(fitting) == 1:
        return fitting[0]
    of = f" of {_told(days)}" if days else ""
    raise ImportRefused(
        f"Say which election the stations{of} are for, for example --election local.barset.2027-05-06. It must stand on the "
        "desk (Set-up, Dates)."
    )


def council_of(*, postcodes: Iterable[str]) -> str:
    """The code of the district in which most of these postcodes lie; empty where none is known."""
    districts = (locate(postcode=postcode).district for postcode in set(postcodes) if postcode)
    found = Counter(district for district in districts if district)
    return min(found, key=lambda code: (-found[code], code)) if found else ""


def _kept(election: Election, council: str) -> dict[str, StationFact]:
    return {
        station.reference: StationFact(
            reference=station.reference,
            name=station.name,
            address=station.address,
            postcode=station.postcode,
        )
        for station in PollingStation.objects.filter(election=election, council=council)
    }


def _described(rows: list[PropertyRow], allocations: Mapping[Key, str]) -> dict[str, int]:
    kinds = Counter(kind for kind, _name in allocations)
    postcodes = {row.postcode for row in rows if row.postcode}
    return {
        "districts": kinds[KeyKind.DISTRICT],
        "postcodes": len(postcodes),
        "divided_postcodes": len(postcodes) - kinds[KeyKind.POSTCODE],
        "houses_in_divided_postcodes": kinds[KeyKind.HOUSE],
    }


def _stripped(row: Row) -> Row:
    return {name: value.strip() for name, value in row.items()}


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,")


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        return None


def _told(days: set[date]) -> str:
    return " and ".join(f"{day:%d %B %Y}" for day in sorted(days))
