"""Venues from files: police stations, polling stations, council offices, and a plain sheet for everything else."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from hustings.places.models import Venue, VenueKind
from hustings.places.rules.venue_rows import VenueRefused, VenueRow, point_of, read_venue
from hustings.places.usecases.keep_venues import PlacedVenue, Placing, is_news, keep_venues
from hustings.platform.importing.importer import DatasetCard, Options, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

#: Headings of the plain sheet, in order, each with what belongs below it.
SHEET_COLUMNS = {
    "kind": "police station, custody suite, hospital, polling station, council office, count venue or other",
    "name": "the name at the door",
    "address": "street and town, if known",
    "postcode": "either this or a point",
    "latitude": "degrees, such as 53.4808",
    "longitude": "degrees, such as -2.2426",
    "easting": "or metres of the national grid",
    "northing": "metres of the national grid",
    "phone": "the public number, if any",
    "reference": "your own name for the row; leave empty if you have none",
}


class VenueImporter(ABC):
    """An importer of venues: it only says what a row (heading in lower case → cell) tells about one."""

    slug: str
    card: DatasetCard

    @abstractmethod
    def recognises(self, *, source: SourceFile) -> bool:
        """Say whether the file has this layout."""

    @abstractmethod
    def venue(self, *, row: Mapping[str, str]) -> VenueRow:
        """The venue of one row. Raises `VenueRefused`."""

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> dict[str, PlacedVenue]:
        """Read every row; keep those that are new or changed."""
        placing = Placing()
        known = {venue.reference: venue for venue in Venue.objects.filter(source=self.slug)}
        lines: dict[str, int] = {}
        staged: dict[str, PlacedVenue] = {}
        for done, (line, cells) in enumerate(source.records(), start=1):
            row = {heading.strip().lower(): cell.strip() for heading, cell in cells.items()}
            try:
                placed = placing.place(row=self.venue(row=row))
                reference = placed.row.reference
                if reference in lines:
                    raise VenueRefused(f"The same place stands already on line {lines[reference]}.")
            except VenueRefused as reason:
                sink.reject(line=line, reason=str(reason), row=cells)
                continue
            lines[reference] = line
            if is_news(venue=placed, known=known.get(reference)):
                staged[reference] = placed
                sink.accept()
            else:
                sink.unchanged()
            if done % 200 == 0:
                progress.report(done=done, note="places")
        return staged

    def activate(self, *, staged: dict[str, PlacedVenue], run: ImportRun, options: Options) -> None:
        """Write what is new or changed."""
        keep_venues(
            venues=list(staged.values()), source=self.slug, dataset=self.card.title, now=run.started_at
        )

    def discard(self, *, staged: dict[str, PlacedVenue] | None) -> None:
        """Forget what was gathered."""
        if staged is not None:
            staged.clear()


class PoliceStations(VenueImporter):
    """Points of police stations: a name, a latitude and a longitude, and nothing else."""

    slug = "police-stations"
    card = DatasetCard(
        title="Police stations in England",
        publisher="OpenStreetMap contributors",
        licence="Open Database Licence 1.0",
        what=(
            "Name and point of police stations and offices. Some have closed or are headquarters: check a place before you "
            "send anybody there. Custody suites are not told apart; put those in by hand or by the sheet of places."
        ),
        columns=("name", "lat", "lon"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By three columns alone, and a file that is about police stations."""
        header = [cell.casefold() for cell in source.header]
        return header == ["name", "lat", "lon"] and (
            "police" in source.name.casefold() or "police station" in source.sample[:5_000].casefold()
        )

    def venue(self, *, row: Mapping[str, str]) -> VenueRow:
        """One station; where names repeat, the point tells them apart."""
        point = point_of(cells={"latitude": row["lat"], "longitude": row["lon"]})
        where = "" if point is None else f"{point[0]:.4f},{point[1]:.4f}"
        return read_venue(
            kind=VenueKind.POLICE_STATION,
            name=row["name"],
            reference=f"{where} {row['name']}",
            point=point,
        )


class PollingStations(VenueImporter):
    """Polling stations with address, ward and district, by coordinates or grid reference."""

    slug = "polling-stations"
    card = DatasetCard(
        title="Polling stations",
        publisher="Trafford Data Lab, and councils that use its layout",
        licence="Open Government Licence v3.0",
        what=(
            "Polling stations with address, ward and district, and either longitude and latitude or easting and northing. "
            "Stations change from poll to poll: what the council publishes for the poll is what counts."
        ),
        columns=("id", "name", "address", "postcode", "ward_code", "la_code", "lon", "lat"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By its headings."""
        has_point = source.has_columns("lon", "lat") or source.has_columns("easting", "northing")
        return source.has_columns("id", "name", "address", "postcode", "la_code") and has_point

    def venue(self, *, row: Mapping[str, str]) -> VenueRow:
        """One station."""
        named = {**row, "latitude": row.get("lat", ""), "longitude": row.get("lon", "")}
        if not row["id"]:
            raise VenueRefused("The station has no id, by which it would be known again.")
        return read_venue(
            kind=VenueKind.POLLING_STATION,
            name=row["name"],
            address=row["address"],
            postcode=row["postcode"],
            reference=f"{row['la_code']} {row['id']}",
            point=point_of(cells=named),
            area_codes=tuple(filter(None, (row.get("ward_code", ""), row["la_code"]))),
        )


class CouncilOffices(VenueImporter):
    """Head offices of councils."""

    slug = "council-offices"
    card = DatasetCard(
        title="Council head offices",
        publisher="CalebP94 (GitHub), from council websites",
        licence="none stated: for looking up, not for passing on",
        what="The head office of each council with address, postcode and point. Northern Ireland is set aside.",
        columns=("name", "address_1", "postcode", "authority_type", "country", "lat", "lon"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By its headings."""
        return source.has_columns("name", "address_1", "postcode", "authority_type", "lat", "lon")

    def venue(self, *, row: Mapping[str, str]) -> VenueRow:
        """One office."""
        if row.get("country", "").casefold() == "northern ireland":
            raise VenueRefused(f"{row['name']} is in Northern Ireland; only Great Britain is covered.")
        lines = [row.get(f"address_{number}", "") for number in range(1, 5)]
        return read_venue(
            kind=VenueKind.COUNCIL_OFFICE,
            name=row["name"],
            address=", ".join(filter(None, lines)),
            postcode=row["postcode"],
            reference=row["name"],
            point=point_of(cells={"latitude": row["lat"], "longitude": row["lon"]}),
        )


class VenueSheet(VenueImporter):
    """The plain sheet: any kind of place, by postcode, coordinates or grid reference."""

    slug = "places-sheet"
    card = DatasetCard(
        title="Sheet of places",
        publisher="yourself",
        licence="your own",
        what=(
            "Custody suites, hospitals, count venues and any other place, one a row. An empty sheet with the headings can be "
            "downloaded on the page of places, or is printed by `hustings places template`."
        ),
        columns=tuple(SHEET_COLUMNS),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By kind, name and one way to find it."""
        return source.has_columns("kind", "name", "postcode", "latitude", "longitude")

    def venue(self, *, row: Mapping[str, str]) -> VenueRow:
        """One place; its kind may be written in any case, with blanks or underscores."""
        kind = _kind(row["kind"])
        reference = row.get("reference") or f"{kind} {row['name']} {row['postcode']}".strip()
        return read_venue(
            kind=kind,
            name=row["name"],
            address=row.get("address", ""),
            postcode=row["postcode"],
            reference=reference,
            point=point_of(cells=row),
            phone=row.get("phone", ""),
        )


def _kind(text: str) -> str:
    wanted = " ".join(text.replace("_", " ").casefold().split())
    kinds: dict[str, str] = {str(label).casefold(): value for value, label in VenueKind.choices}
    kinds |= {value.replace("_", " "): value for value in VenueKind.values}
    if wanted not in kinds:
        known = ", ".join(str(label) for label in VenueKind.labels)
        raise VenueRefused(f"“{text}” is not a kind of place. Write one of: {known}.")
    return kinds[wanted]
