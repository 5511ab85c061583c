"""Venues come in from real files and from the plain sheet; what cannot be one is refused in a sentence."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from hustings.places.models import Area, Venue, VenueKind
from hustings.places.queries import venues
from hustings.places.rules.venue_rows import VenueRefused, point_of, read_venue
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from tests.data_folder import data_path

HEADINGS = "kind,name,address,postcode,latitude,longitude,easting,northing,phone,reference\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


def load_text(text: str, now: datetime, tmp_path: Path, name: str = "places.csv") -> ImportRun:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return run_import(path=tmp_path / name, now=now)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.read, run.accepted, run.rejected, run.unchanged


def rejects(run: ImportRun) -> list[dict[str, str]]:
    with (Path(settings.HUSTINGS_HOME) / run.rejects_path).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db
def test_polling_stations_of_greater_manchester_come_in_once(now: datetime) -> None:
    path = data_path("places/polling_stations_greater_manchester.csv")
    run = run_import(path=path, now=now)
    assert run.importer == "polling-stations"
    assert run.read == 700
    assert run.accepted >= 690
    for reject in rejects(run) if run.rejected else []:
        assert reject["reason"].endswith((".", "?"))
        assert json.loads(reject["row"])["id"]
    again = run_import(path=path, now=now)
    assert (again.accepted, again.unchanged) == (0, run.accepted)
    trafford = run_import(path=data_path("places/polling_stations_trafford.csv"), now=now)
    assert trafford.read == 81
    assert trafford.importer == "polling-stations"
    assert trafford.unchanged + trafford.accepted + trafford.rejected == 81
    elton = Venue.objects.get(source="polling-stations", reference="E08000002 4386")
    assert (elton.name, elton.postcode, elton.kind) == ("Elton Centre", "BL8 1SA", "polling_station")
    assert (elton.latitude, elton.longitude) == (53.599001, -2.316675)


@pytest.mark.django_db
def test_police_stations_of_england_come_in_once(now: datetime) -> None:
    path = data_path("places/police_stations_england.csv")
    run = run_import(path=path, now=now)
    assert run.importer == "police-stations"
    assert run.read == 467
    assert run.accepted >= 460
    again = run_import(path=path, now=now)
    assert (again.accepted, again.unchanged) == (0, run.accepted)


@pytest.mark.django_db
def test_council_offices_come_in_but_for_one_bad_postcode(now: datetime) -> None:
    run = run_import(path=data_path("places/council_offices_uk.csv"), now=now)
    assert run.importer == "council-offices"
    assert run.read == 386
    told = [reject["reason"] for reject in rejects(run)]
    assert len(told) == 1
    assert told[0].startswith("“CA38MA” does not end like a postcode")
    assert Venue.objects.filter(kind=VenueKind.COUNCIL_OFFICE).count() == run.accepted >= 360


@pytest.mark.django_db
def test_a_sheet_takes_points_grid_references_and_a_ward_nearby(
    cast: Any, now: datetime, tmp_path: Path
) -> None:
    Area.objects.filter(pk=cast.east.pk).update(lat=53.48, lon=-2.24)
    Area.objects.filter(pk=cast.west.pk).update(lat=53.40, lon=-2.60)
    text = HEADINGS + (
        "Custody Suite,Barchester Custody Suite,1 Gaol Lane,ZZ1 1AA,53.481,-2.243,,,01632 960999,c1\n"
        'hospital,Barset Infirmary,,,,,"383,819","398,052",,\n'
    )
    run = load_text(text, now, tmp_path)
    assert (run.importer, counts(run)) == ("places-sheet", (2, 2, 0, 0))
    custody, hospital = Venue.objects.get(kind="custody_suite"), Venue.objects.get(kind="hospital")
    assert (custody.area_id, custody.phone, custody.reference) == (cast.east.pk, "01632 960999", "c1")
    assert (round(hospital.latitude, 2), round(hospital.longitude, 2)) == (53.48, -2.25)
    assert counts(load_text(text, now, tmp_path)) == (2, 0, 0, 2)
    changed = text.replace("1 Gaol Lane", "2 Gaol Lane")
    assert counts(load_text(changed, now, tmp_path)) == (2, 1, 0, 1)
    assert Venue.objects.get(kind="custody_suite").address == "2 Gaol Lane"
    assert [venue.name for venue in venues(inside=cast.district.pk)] == [custody.name, hospital.name]
    assert list(venues(kind="hospital", inside=cast.west.pk)) == []


@pytest.mark.django_db
def test_bad_rows_are_told_in_a_sentence_and_kept(now: datetime, tmp_path: Path) -> None:
    text = HEADINGS + (
        "hospital,Good Hospital,,,53.48,-2.24,,,,\n"
        "hospital,Belfast Hospital,,,54.597,-5.930,,,,\n"
        "hospital,Nowhere,,,,,,,,\n"
        "hospital,Bad Postcode,,ZZ1 1ZZZ9,53.48,-2.24,,,,\n"
        "hospital,Irish,,BT1 1AA,53.48,-2.24,,,,\n"
        "prison,Wrong Kind,,,53.48,-2.24,,,,\n"
        "hospital,,,,53.48,-2.24,,,,\n"
        "hospital,Half a Point,,,53.48,,,,,\n"
        "hospital,Good Hospital,,,53.48,-2.24,,,,\n"
        "hospital,No Such Postcode,,ZZ9 9ZZ,,,,,,\n"
    )
    run = load_text(text, now, tmp_path)
    assert counts(run) == (10, 1, 9, 0)
    told = rejects(run)
    assert [row["line"] for row in told] == [str(line) for line in range(3, 12)]
    assert "in Ireland" in told[0]["reason"]
    assert json.loads(told[0]["row"])["name"] == "Belfast Hospital"
    assert "neither a postcode nor coordinates" in told[1]["reason"]
    assert "Northern Ireland" in told[3]["reason"]
    assert "is not a kind of place" in told[4]["reason"]
    assert "no name" in told[5]["reason"]
    assert "line 2" in told[7]["reason"]
    assert all(row["reason"].endswith(".") for row in told)


@pytest.mark.django_db
def test_a_point_far_from_its_postcode_is_refused(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hustings.places.queries import Located, PostcodeStatus

    manchester = Located("ZZ1 1AA", PostcodeStatus.LIVE, 53.48, -2.24)
    monkeypatch.setattr("hustings.places.usecases.keep_venues.locate", lambda postcode: manchester)
    run = load_text(HEADINGS + "hospital,Far Hospital,,ZZ1 1AA,51.5,-0.12,,,,\n", now, tmp_path)
    assert run.rejected == 1
    assert "263 km from its postcode ZZ1 1AA" in rejects(run)[0]["reason"]


@given(lat=st.floats(50.6, 51.2), lon=st.floats(-3.0, 0.2))
def test_any_point_in_the_south_is_kept_as_given(lat: float, lon: float) -> None:
    row = read_venue(kind="hospital", name=" A  hospital ", reference="r", point=(lat, lon))
    assert (row.point, row.name) == ((lat, lon), "A hospital")


def test_a_grid_reference_off_the_grid_is_refused() -> None:
    with pytest.raises(VenueRefused, match="outside the British National Grid"):
        point_of(cells={"easting": "900000", "northing": "100000"})
    with pytest.raises(VenueRefused, match="not an easting and a northing"):
        point_of(cells={"easting": "383819", "northing": "north"})
