"""The exports of the election management systems that councils use, each declared by what is its own."""

import re
from collections.abc import Iterable
from typing import Any

from hustings.elections.models import Election
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress
from hustings.register.importers.polling_export import PollingExport, Row, chosen_election, council_of
from hustings.register.models import PollingStation
from hustings.register.rules.stations import StationFact
from hustings.register.usecases.keep_stations import StationPlan, keep_stations


def _card(*, system: str, what: str, columns: tuple[str, ...]) -> DatasetCard:
    return DatasetCard(
        title=f"Polling stations by property, {system}",
        publisher="the council's elections office",
        licence="as the council states; given to candidates and agents, and to Democracy Club",
        what=f"{what} The file takes the place of the council's earlier one for the same election (--election).",
        columns=columns,
        updated="for every poll",
    )


class XpressDemocracyClub(PollingExport):
    """Xpress, the export for Democracy Club, with or without the kind of election. It names the day of the poll."""

    slug = "polling-xpress"
    known_by = ("Post_Code", "Polling_Place_Id", "Polling_Place_Name", "Polling_Place_District_Reference")
    card = _card(
        system="Xpress (Democracy Club export)",
        what="One row for each property with its polling district, its station and the day of the poll.",
        columns=known_by,
    )
    postcode = "Post_Code"
    address = ("AddressLine1", "AddressLine2")
    district = "Polling_Place_District_Reference"
    reference = "Polling_Place_Id"
    station_name = "Polling_Place_Name"
    station_address = tuple(f"Polling_Place_Address_{number}" for number in range(1, 5))
    station_postcode = "Polling_Place_Postcode"
    poll_on = "ElectionDate"


class XpressWebLookup(PollingExport):
    """Xpress, the export for the council's own look-up: the station's name is the first line of its address."""

    slug = "polling-xpress-weblookup"
    known_by = ("PropertyNumber", "StreetName", "PollingDistrictReference", "PollingPlaceAddress7")
    card = _card(
        system="Xpress (WebLookup export)",
        what="One row for each property with its polling district and station.",
        columns=known_by,
    )
    postcode = "PostCode"
    address = ("PropertyNumber", "StreetName")
    district = "PollingDistrictReference"
    reference = "PollingPlaceId"
    station_name = "PollingPlaceAddress1"
    station_address = tuple(f"PollingPlaceAddress{number}" for number in range(2, 7))
    station_postcode = "PollingPlaceAddress7"


class IdoxEros(PollingExport):
    """Idox Eros: no polling district, and a station's number may repeat between buildings, so the building is its name."""

    slug = "polling-idox-eros"
    known_by = ("HousePostCode", "PollingStationName", "PollingStationAddress_1")
    card = _card(
        system="Idox Eros",
        what="One row for each house with its station. It tells no polling districts, so people are found by postcode.",
        columns=known_by,
    )
    postcode = "HousePostCode"
    address = ("HouseName", "HouseNumber", "SubStreetName", "StreetNumber", "StreetName")
    station_name = "PollingStationName"
    station_address = tuple(f"PollingStationAddress_{number}" for number in range(1, 6))
    station_postcode = "PollingStationPostCode"


class Halarose(PollingExport):
    """Halarose: the letters of the polling district stand in brackets behind its name; one venue may hold several stations."""

    slug = "polling-halarose"
    known_by = ("PollingVenueID", "PollingStationName", "PollingDistrictName", "PollingStationAddress1")
    card = _card(
        system="Halarose",
        what="One row for each house with its polling district (“BEETHAM EAST (AD)” is AD) and its venue.",
        columns=known_by,
    )
    postcode = "Postcode"
    address = ("AddressLine1", "AddressLine2")
    district = "PollingDistrictName"
    reference = "PollingVenueID"
    station_name = "PollingStationName"
    station_address = tuple(f"PollingStationAddress{number}" for number in range(1, 6))
    station_postcode = "PollingStationPostCode"

    def district_of(self, *, row: Row) -> str:
        """The letters in the last brackets; the name as it stands where there are none."""
        found = re.findall(r"\(([^()]+)\)", row[self.district])
        return (found[-1] if found else row[self.district]).strip().upper()


class NorthernIreland(PollingExport):
    """The Electoral Office for Northern Ireland: whole addresses in one cell, no polling districts."""

    slug = "polling-eoni"
    known_by = ("PRO_FULLADDRESS", "PRO_POSTCODE", "PREM_ID", "PREM_NAME")
    card = _card(
        system="Electoral Office for Northern Ireland",
        what="One row for each property with its premises. People are found by postcode.",
        columns=known_by,
    )
    postcode = "PRO_POSTCODE"
    address = ("PRO_FULLADDRESS",)
    reference = "PREM_ID"
    station_name = "PREM_NAME"
    station_address = ("PREM_FULLADDRESS",)
    station_postcode = "PREM_POSTCODE"

    def station_of(self, *, row: Row) -> StationFact:
        """The address without the postcode that ends it."""
        without = re.sub(rf",?\s*{re.escape(row['PREM_POSTCODE'])}\s*$", "", row["PREM_FULLADDRESS"])
        return super().station_of(row={**row, "PREM_FULLADDRESS": without})


class DemocracyCountsProperties(PollingExport):
    """Democracy Counts, the file of properties: it names stations by a code alone, so the file of stations comes first."""

    slug = "polling-democracy-counts"
    known_by = ("Add1", "StationCode", "UPRN", "Xordinate")
    card = _card(
        system="Democracy Counts (properties)",
        what="One row for each property with the code of its station. Import the file of stations first.",
        columns=known_by,
    )
    postcode = "PostCode"
    address = ("Add1", "Add2")
    _known: dict[str, StationFact]
    _council: str

    def recognises(self, *, source: SourceFile) -> bool:
        """Not the file of stations, which has their names."""
        return super().recognises(source=source) and not source.has_columns("PlaceName")

    def begin(self, *, election: Election) -> dict[str, StationFact]:
        """The stations as their own file named them."""
        stations = PollingStation.objects.filter(election=election, source=DemocracyCountsStations.slug)
        self._known = {
            one.reference: StationFact(
                reference=one.reference, name=one.name, address=one.address, postcode=one.postcode
            )
            for one in stations.order_by("imported_at", "pk")
        }
        latest = stations.order_by("-imported_at", "-pk").first()
        self._council = latest.council if latest else ""
        return dict(self._known)

    def station_of(self, *, row: Row) -> StationFact:
        """The station with this code."""
        found = self._known.get(row["StationCode"])
        if found is None:
            raise RowRejected(
                f"There is no station “{row['StationCode']}”. Import the file of stations for the same election first."
            )
        return found

    def council_of(self, *, stations: Iterable[StationFact], postcodes: Iterable[str]) -> str:
        """The council of the file of stations, so that both files are one."""
        return self._council


class DemocracyCountsStations:
    """Democracy Counts, the file of stations: code, name and address, without anybody who votes there."""

    slug = "polling-democracy-counts-stations"
    card = _card(
        system="Democracy Counts (stations)",
        what="One row for each station: code, name, address. Then import the file of properties.",
        columns=("Add1", "PostCode", "StationCode", "PlaceName"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By code and name together."""
        return source.has_columns("Add1", "StationCode", "PlaceName")

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StationPlan:
        """Read every station."""
        election = chosen_election(options=options, days=set(), source=source)
        stations: dict[str, StationFact] = {}
        for line, row in source.records():
            try:
                fact = _Stations().station_of(row=row)
                if not fact.reference:
                    raise RowRejected("The station has no code, by which properties name it.")
                if fact.reference in stations:
                    raise RowRejected(f"The code {fact.reference} stands already earlier in the file.")
            except RowRejected as reason:
                sink.reject(line=line, reason=str(reason), row=row)
                continue
            stations[fact.reference] = fact
        council = council_of(postcodes=[fact.postcode for fact in stations.values()])
        kept = PollingStation.objects.filter(election=election, council=council)
        before = {one.reference: (one.name, one.address, one.postcode) for one in kept}
        for fact in stations.values():
            if before.get(fact.reference) == (fact.name, fact.address, fact.postcode):
                sink.unchanged()
            else:
                sink.accept()
        sink.detail(election=election.pk, council=council, stations=len(stations))
        return StationPlan(election=election, council=council, stations=stations, allocations=None)

    def activate(self, *, staged: StationPlan, run: ImportRun, options: Options) -> None:
        """Write the stations; who goes to them stays."""
        keep_stations(plan=staged, source=self.slug, now=run.started_at)

    def discard(self, *, staged: Any) -> None:
        """Nothing is left behind."""


class _Stations(PollingExport):
    """How a row of the file of stations names one."""

    reference = "StationCode"
    station_name = "PlaceName"
    station_address = tuple(f"Add{number}" for number in range(1, 7))
    station_postcode = "PostCode"
