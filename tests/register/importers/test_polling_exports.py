"""Polling stations from the exports of every election management system, on real sample files."""

import csv
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from hustings.elections.models import Election
from hustings.people.models import Person
from hustings.places.models import Venue, VenueKind
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from hustings.register.commands import app
from hustings.register.models import (
    Match,
    MatchState,
    PollingStation,
    RegisterEntry,
    StationAllocation,
)
from hustings.register.queries import StationFinder
from tests.cast import Cast, signed_in
from tests.data_folder import data_path
from tests.register.conftest import Import

pytestmark = pytest.mark.django_db
POLL = date(2026, 5, 7)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


@pytest.fixture
def election() -> Election:
    return _election(POLL)


def _election(poll_on: date) -> Election:
    return Election.objects.create(
        id=f"local.{poll_on}", kind="local", title=f"Council election {poll_on:%Y}", poll_on=poll_on
    )


def load_sample(name: str, now: datetime, *, election: str = "") -> ImportRun:
    return run_import(
        path=data_path(f"register_layouts/polling_{name}_sample.csv"),
        now=now,
        options=Options(election=election),
    )


def finder(election: Election) -> StationFinder:
    return StationFinder(election_id=election.pk, on=election.poll_on)


def told(station: PollingStation | None) -> tuple[str, str] | None:
    return None if station is None else (station.name, station.where)


@pytest.mark.parametrize(
    ("name", "slug", "rows", "stations", "at", "where"),
    [
        (
            "xpress_weblookup_export",
            "polling-xpress-weblookup",
            9,
            1,
            {"postcode": "LS17 7DN"},
            ("Wigton Moor United Reformed Church", "(Rear Entrance), High Ash Drive, Leeds, LS17 8RE"),
        ),
        (
            "idox_eros_export",
            "polling-idox-eros",
            9,
            1,
            {"postcode": "PR6 9NN"},
            (
                "FAIR VIEW YOUTH & COMMUNITY CENTRE",
                "HIGHFIELD ROAD NORTH, ADLINGTON, CHORLEY, LANCS, PR6 9RN",
            ),
        ),
        (
            "halarose_export",
            "polling-halarose",
            5,
            2,
            {"postcode": "", "district": "ad"},
            ("The Heron Theatre", "Beetham"),
        ),
        (
            # One row of the sample has a postcode that cannot be (its last letters hold a C): it is set aside.
            "electoral_office_for_northern_ireland_export",
            "polling-eoni",
            2,
            1,
            {"postcode": "BT99 9AA"},
            ("PUBLIC BUILDING", "THE SQUARE, BELFAST, BT99 9BB"),
        ),
    ],
)
def test_a_layout_that_names_no_day_needs_the_election(
    election: Election,
    now: datetime,
    name: str,
    slug: str,
    rows: int,
    stations: int,
    at: Mapping[str, str],
    where: tuple[str, str],
) -> None:
    """Every row of the real sample counts, twice changes nothing, and an address of it is told its station."""
    with pytest.raises(ImportRefused, match="Say which election"):
        load_sample(name, now)
    run = load_sample(name, now, election=election.pk)
    assert (run.importer, run.accepted, run.read) == (slug, rows, rows + run.rejected)
    assert run.rejected == (slug == "polling-eoni")
    assert PollingStation.objects.count() == stations
    assert told(finder(election).station_at(**at)) == where
    again = load_sample(name, now, election=election.pk)
    assert (again.accepted, again.unchanged) == (0, rows)
    assert PollingStation.objects.count() == stations


@pytest.mark.parametrize(
    ("name", "poll_on", "rows", "district", "hall"),
    [
        ("xpress_democracy_club_export", date(2019, 5, 23), 9, "EAA", "Flash Musicals Youth Theatre"),
        ("xpress_democracy_club_export_second_layout", date(2017, 5, 4), 5, "AO1", "Monks Farm Hall"),
    ],
)
def test_xpress_names_the_day_of_the_poll(
    now: datetime, name: str, poll_on: date, rows: int, district: str, hall: str
) -> None:
    """So the election is found by it; a file for another poll is refused."""
    wrong = _election(POLL)
    with pytest.raises(ImportRefused, match="is on 07 May 2026"):
        load_sample(name, now, election=wrong.pk)
    with pytest.raises(ImportRefused, match="Say which election"):
        load_sample(name, now)
    right = _election(poll_on)
    run = load_sample(name, now)
    assert (run.importer, run.read, run.accepted, run.rejected) == ("polling-xpress", rows, rows, 0)
    assert run.details["election"] == right.pk
    station = finder(right).station_at(postcode="", district=district)
    assert station is not None
    assert station.name == hall


def test_democracy_counts_comes_in_two_files(election: Election, now: datetime) -> None:
    """Properties name stations by a code: without the file of stations each is set aside with the reason."""
    with pytest.raises(ImportRefused, match="No row of the file can be used"):
        load_sample("democracy_counts_districts_export", now, election=election.pk)
    stations = load_sample("democracy_counts_stations_export", now, election=election.pk)
    assert stations.importer == "polling-democracy-counts-stations"
    assert (stations.read, stations.accepted, stations.rejected) == (19, 19, 0)
    run = load_sample("democracy_counts_districts_export", now, election=election.pk)
    assert run.importer == "polling-democracy-counts"
    assert run.read == run.accepted + run.rejected
    assert run.accepted
    assert told(finder(election).station_at(postcode="EN5 4PR")) == (
        "Hadley Memorial Hall",
        "29 Hadley Highstone, Barnet, Herts, EN5 4PU",
    )
    again = load_sample("democracy_counts_stations_export", now, election=election.pk)
    assert (again.accepted, again.unchanged) == (0, 19)
    assert StationAllocation.objects.exists()


HEADINGS = (
    "AuthorityCode,PropertyNumber,StreetName,PostCode,PollingDistrictReference,PollingPlaceId,PollingPlaceAddress1,"
    "PollingPlaceAddress2,PollingPlaceAddress3,PollingPlaceAddress4,PollingPlaceAddress5,PollingPlaceAddress6,"
    "PollingPlaceAddress7,UPRN,PollingPlaceEasting,PollingPlaceNorthing\n"
)


def _sheet(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "stations.csv"
    path.write_text(HEADINGS + "\n".join(lines) + "\n")
    return path


def _line(number: int, postcode: str, district: str, place: int, hall: str) -> str:
    return f"X,{number},Mill Street,{postcode},{district},{place},{hall},High Street,,,,,ZZ1 1AB,,0,0"


def test_a_divided_postcode_is_told_by_the_house_and_never_guessed(
    barset: object, election: Election, now: datetime, tmp_path: Path
) -> None:
    """Houses 1 and 2 go to different halls; number 9, which the council does not list, is told by nothing but its district."""
    path = _sheet(
        tmp_path,
        _line(1, "ZZ1 1AA", "AA", 1, "Mill Hall"),
        _line(2, "ZZ1 1AA", "AB", 2, "Chapel"),
        _line(3, "ZZ1 1AB", "AB", 2, "Chapel"),
        _line(4, "nonsense", "AB", 2, "Chapel"),
        _line(5, "", "", 2, "Chapel"),
        _line(6, "ZZ1 1AB", "AB", 3, ""),
    )
    run = run_import(path=path, now=now, options=Options(election=election.pk))
    assert (run.read, run.accepted, run.rejected) == (6, 3, 3)
    assert run.details["divided_postcodes"] == 1
    assert run.details["council"] == "E07999001"
    reasons = [row["reason"] for row in _rejects(run, tmp_path)]
    assert len(reasons) == 3
    assert all(reason.endswith(".") for reason in reasons)
    ask = finder(election)
    mill, chapel = (
        ask.station_at(postcode="ZZ1 1AA", address="1 Mill Street"),
        ask.station_at(postcode="ZZ1 1AA", address="2 Mill Street"),
    )
    assert mill is not None
    assert chapel is not None
    assert (mill.name, chapel.name) == ("Mill Hall", "Chapel")
    assert ask.station_at(postcode="ZZ1 1AA", address="9 Mill Street") is None
    assert told(ask.station_at(postcode="ZZ1 1AA", address="9 Mill Street", district="AA")) == told(mill)
    hall = Venue.objects.get(name="Mill Hall")
    assert (hall.kind, mill.venue) == (VenueKind.POLLING_STATION, hall)


def test_a_newer_file_of_the_same_council_takes_the_place_of_the_old_one(
    barset: object, election: Election, now: datetime, tmp_path: Path
) -> None:
    """The chapel is closed: everybody goes to the hall, and the chapel is a station no more."""
    for halls in (("Mill Hall", "Chapel"), ("Mill Hall", "Mill Hall")):
        numbers = {hall: place for place, hall in enumerate(dict.fromkeys(halls), start=1)}
        path = _sheet(
            tmp_path,
            _line(1, "ZZ1 1AA", "AA", numbers[halls[0]], halls[0]),
            _line(2, "ZZ1 1AA", "AA", numbers[halls[1]], halls[1]),
        )
        run_import(path=path, now=now, options=Options(election=election.pk))
    assert [station.name for station in PollingStation.objects.all()] == ["Mill Hall"]
    assert finder(election).station_at(postcode="ZZ1 1AA") is not None


def _rejects(run: ImportRun, home: Path) -> list[dict[str, Any]]:
    with (home / run.rejects_path).open(newline="") as file:
        return [{**row, "row": json.loads(row["row"])} for row in csv.DictReader(file)]


def test_the_register_tells_more_than_an_old_address(
    load: Import, barset: Cast, election: Election, now: datetime, tmp_path: Path
) -> None:
    """Alice gave us a postcode long ago; the register knows her house, and its polling district goes to the chapel."""
    load()
    alice = Person.objects.create(
        given_name="Alice", family_name="Archer", postcode="ZZ2 2BB", source="test", created_at=now
    )
    entry = RegisterEntry.objects.get(forename="Alice Mary")
    Match.objects.create(
        person=alice,
        elector=entry.elector,
        state=MatchState.MATCHED,
        weight=9.0,
        probability=0.99,
        method="test",
        at=now,
    )
    path = _sheet(
        tmp_path, _line(1, "ZZ1 1AA", "AA", 1, "Mill Hall"), _line(7, "ZZ2 2BB", "BA", 2, "Castle School")
    )
    run_import(path=path, now=now, options=Options(election=election.pk))
    found = finder(election).stations_of(people=[alice])
    assert {pk: station.name for pk, station in found.items()} == {alice.pk: "Mill Hall"}
    late = StationFinder(election_id=election.pk, on=date(2027, 1, 2))
    told_by_address = late.stations_of(people=[alice])
    assert told_by_address[alice.pk].name == "Castle School", (
        "the entitlement ended: the register is not read"
    )


def test_stations_on_the_desk_and_in_the_terminal(
    barset: Cast, election: Election, now: datetime, tmp_path: Path
) -> None:
    """Alice sees those of her place, Charlie does not; the command tells the station of an address."""
    address = reverse("register_desk:stations")
    assert "No polling stations yet" in signed_in(barset.alice).get(address).content.decode()
    path = _sheet(tmp_path, _line(1, "ZZ1 1AA", "AA", 1, "Mill Hall"))
    run_import(path=path, now=now, options=Options(election=election.pk))
    assert "Mill Hall" in signed_in(barset.alice).get(address).content.decode()
    assert "Mill Hall" not in signed_in(barset.charlie).get(address).content.decode()
    assert signed_in(barset.bob).get(address).status_code == 403
    runner = CliRunner()
    asked = ["stations", "--election", election.pk]
    assert json.loads(runner.invoke(app, [*asked, "--json"]).stdout)[0]["name"] == "Mill Hall"
    assert runner.invoke(app, [*asked, "--postcode", "zz11aa"]).stdout == "Mill Hall, High Street, ZZ1 1AB\n"
    assert runner.invoke(app, [*asked, "--postcode", "ZZ2 2BB"]).exit_code == 1
    assert runner.invoke(app, [*asked, "--postcode", "nonsense"]).exit_code == 1
