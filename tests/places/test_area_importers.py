"""Areas come in from lists of names, councils, centre points, outlines and overlaps."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hustings.places.models import Area, AreaLink, Boundary
from hustings.places.queries import area, area_chain, areas_inside, areas_on
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from tests.data_folder import data_path

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[1] / "data" / "places"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


def load(path: Path, now: datetime, **options: Any) -> ImportRun:
    return run_import(path=path, now=now, **options)


def load_text(text: str, now: datetime, tmp_path: Path, name: str = "file.csv", **options: Any) -> ImportRun:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return load(tmp_path / name, now, **options)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.read, run.accepted, run.rejected, run.unchanged


def rejects(run: ImportRun) -> list[tuple[str, str]]:
    with (Path(settings.HUSTINGS_HOME) / run.rejects_path).open(newline="") as file:
        return [(row["line"], row["reason"]) for row in csv.DictReader(file)]


def test_a_look_up_gives_areas_their_names_parents_and_nation(now: datetime) -> None:
    run = load(DATA / "ward_names.csv", now)
    assert run.importer == "area-names"
    assert counts(run) == (4, 4, 0, 0)
    assert area_chain(code="E05999001") == ("E05999001", "E07999001", "E10999001", "E92000001")
    seat = Area.objects.get(code="E14999001")
    assert (seat.name, seat.kind, seat.nation) == ("Barset East", "constituency", "england")
    assert (seat.valid_from, seat.valid_until) == (date(2024, 7, 4), None)
    assert counts(load(DATA / "ward_names.csv", now)) == (4, 0, 0, 4)


def test_a_ward_wholly_in_a_constituency_lies_below_it_and_a_split_one_does_not(now: datetime) -> None:
    load(DATA / "ward_names.csv", now)
    assert areas_inside(code="E14999001") == {"E14999001", "E05999001", "E05999002"}
    assert areas_inside(code="E14999002") == {"E14999002"}
    assert areas_inside(code="E07999001") == {"E07999001", "E05999001", "E05999002", "E05999003"}
    assert AreaLink.objects.get(inner="E05999003", outer="E14999002").population_share is None
    assert areas_inside(code="E00000000") == {"E00000000"}
    assert area_chain(code="E00000000") == ()
    assert area(code="E00000000") is None


def test_lists_without_years_and_with_a_past_year_beside(now: datetime, tmp_path: Path) -> None:
    text = (
        "WDCD,WDNM,LADCD,LADNM,SOURCEFILE,LAD20CD,LAD20NM,UTLACD,UTLANM,RGNCD,RGNNM,CTRYCD,CTRYNM\n"
        "E05999001,Allerdyke,E07999001,Barset,2016,E07999009,Old,E10999001,Barsetshire,E12000006,East,E92000001,England\n"
        "E05999002,Bellmarket,E07999001,Barset,2024,E07999009,Old,E10999001,Barsetshire,E12000006,East,E92000001,England\n"
        "E05999002,Bell Market,E07999001,Barset,2024,,,,,,,,\n"
        "W05999001,,W06999001,Sir Barset,2024,,,,,,,W92000004,Wales\n"
        "S13999001,Loch,S12999001,Barset Loch,2024,,,S12999001,Barset Loch,,,S92000003,Scotland\n"
        ",,,,,,,,,,,,\n"
    )
    run = load_text(text, now, tmp_path)
    assert counts(run) == (6, 3, 3, 0)
    assert rejects(run) == [
        ("4", "E05999002 is called “Bellmarket” on line 3."),
        ("5", "W05999001 has no name."),
        ("7", "The row has no area code."),
    ]
    assert not Area.objects.filter(code__in=["E07999009", "W06999001"]).exists()
    assert area_chain(code="E05999002") == ("E05999002", "E07999001", "E10999001", "E12000006", "E92000001")
    assert area_chain(code="S13999001") == ("S13999001", "S12999001", "S92000003")
    assert Area.objects.get(code="E05999001").valid_from is None
    assert Area.objects.get(code="E05999002").valid_from == date(2024, 5, 1)


COUNCILS = "local-authority-code,nice-name,gss-code,start-date,end-date,lat,long\n"


def test_councils_have_lifespans_and_their_wards_end_with_them(now: datetime, tmp_path: Path) -> None:
    load(DATA / "ward_names.csv", now)
    text = (
        COUNCILS
        + "BST,Barset Borough,E07999001,1974-04-01,2025-03-31,51.5,-0.1\n"
        + "NEW,New Barset,E06999001,2025-04-01,,51.5,-0.1\n"
        + "OLD,Old,E07999003,2009-04-01,2008-04-01,,\n"
        + "XXX,Combined,E47999001,2014-04-01,,,\n"
        + "YYY,No code,,2014-04-01,,,\n"
        + "ZZZ,Wrong day,E07999004,01/04/1974,,,\n"
    )
    run = load_text(text, now, tmp_path)
    assert run.importer == "councils"
    assert counts(run) == (6, 2, 4, 0)
    council = Area.objects.get(code="E07999001")
    assert (council.name, council.valid_from, council.valid_until) == (
        "Barset",
        date(1974, 4, 1),
        date(2025, 4, 1),
    )
    assert Area.objects.get(code="E05999001").valid_until == date(2025, 4, 1)
    assert [a.code for a in areas_on(kind="district", on=date(2025, 3, 31))] == ["E07999001"]
    assert [a.code for a in areas_on(kind="district", on=date(2025, 4, 1))] == ["E06999001"]
    assert list(areas_on(kind="ward", on=date(2025, 4, 1))) == []
    assert load(tmp_path / "file.csv", now).accepted == 0


def test_centre_points_by_code_alone(now: datetime, tmp_path: Path) -> None:
    load(DATA / "ward_names.csv", now)
    text = "wdcd,longitude,latitude\nE05999001,-0.1,51.5\nE05999009,-0.2,51.6\nE05999002,51.5,-0.1\nx,-0.1,51.5\nE05999002,a,b\n"
    run = load_text(text, now, tmp_path)
    assert run.importer == "centres"
    assert counts(run) == (5, 2, 3, 0)
    ward = Area.objects.get(code="E05999001")
    assert (ward.name, ward.lat, ward.lon) == ("Allerdyke", 51.5, -0.1)
    assert Area.objects.get(code="E05999009").name == "E05999009"
    load_text("WD24CD,WD24NM\nE05999009,Found\n", now, tmp_path, name="names.csv")
    assert Area.objects.get(code="E05999009").name == "Found"


def test_constituencies_with_both_names_and_centre_points(now: datetime, tmp_path: Path) -> None:
    text = (
        "gss_code,name,name_cy,center_lat,center_lon\n"
        "W07999001,Barset Valley,Cwm Barset,51.7,-3.5\n"
        "E05999001,Ward,,51.7,-3.5\n"
    )
    run = load_text(text, now, tmp_path)
    assert run.importer == "constituency-centres"
    assert counts(run) == (2, 1, 1, 0)
    seat = Area.objects.get(code="W07999001")
    assert (seat.name, seat.name_cy, seat.lat, seat.nation) == ("Barset Valley", "Cwm Barset", 51.7, "wales")
    assert seat.parent_id == "W92000004"


def test_outlines_are_boxed_and_make_areas_that_were_not_known(now: datetime) -> None:
    load(DATA / "ward_names.csv", now)
    run = load(DATA / "wards.geojson", now, options=Options(values={"detail": "drawn by hand"}))
    assert run.importer == "outlines"
    assert counts(run) == (5, 2, 3, 0)
    assert [reason for _, reason in rejects(run)] == [
        "The outline is a Point, not a Polygon or MultiPolygon.",
        "The outline is not in degrees of longitude and latitude (perhaps grid references).",
        "No property holds an area code, such as WD24CD or PCON24CD.",
    ]
    outline = Boundary.objects.get(area="E05999001")
    assert (outline.west, outline.south, outline.east, outline.north) == (-0.2, 51.5, -0.1, 51.6)
    assert outline.detail == "drawn by hand"
    ward = Area.objects.get(code="E05999001")
    assert (ward.name, ward.lat) == ("Allerdyke", 51.55)
    assert Area.objects.get(code="E05999004").parent_id == "E07999001"
    assert counts(load(DATA / "wards.geojson", now)) == (5, 0, 3, 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"type": "FeatureCollection", "features": [', "not whole GeoJSON"),
        ('{"type": "FeatureCollection"}', "not a GeoJSON feature collection"),
        (
            '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:27700"}}, "features": []}',
            "EPSG:27700",
        ),
    ],
)
def test_a_file_that_is_no_collection_in_degrees_is_refused(
    text: str, told: str, now: datetime, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefused, match=told):
        load_text(text, now, tmp_path, name="x.geojson")


def test_overlaps_link_old_and_new_constituencies_both_ways(now: datetime, tmp_path: Path) -> None:
    text = (
        "E14000530E14999001,E14000530,Old Barset,E14999001,Barset East,0.7,0.9,0.6,0.8,0.75,0.95\n"
        "E14000530E14999002,E14000530,Old Barset,E14999002,Barset West,0.3,1,0.4,1,0.25,1\n"
        "S14000027S14000027,S14000027,Isles,S14000027,Isles,1,1,1,1,1,1\n"
        "E14000531E14999002,E14000531,Other,E14999002,Barset West,0.3,1,0.4,1,2,1\n"
        "E14000531E14999002,E14000531,Other,E14999002,Barset West,0.3,1,0.4,1,x,1\n"
    )
    run = load_text(text, now, tmp_path)
    assert run.importer == "constituency-overlaps"
    assert counts(run) == (5, 3, 2, 0)
    link = AreaLink.objects.get(inner="E14000530", outer="E14999001")
    assert (link.population_share, link.ground_share) == (0.75, 0.6)
    back = AreaLink.objects.get(inner="E14999001", outer="E14000530")
    assert (back.population_share, back.ground_share) == (0.95, 0.8)
    assert AreaLink.objects.count() == 4
    old = Area.objects.get(code="E14000530")
    assert (old.valid_from, old.valid_until) == (date(2010, 5, 6), date(2024, 7, 4))
    kept = Area.objects.get(code="S14000027")
    assert (kept.valid_from, kept.valid_until) == (date(2005, 5, 5), None)
    assert counts(load(tmp_path / "file.csv", now)) == (5, 0, 2, 3)


@pytest.mark.data
def test_the_real_constituencies_of_2010_and_2024_live_side_by_side(now: datetime) -> None:
    load(data_path("geography/pcon.csv"), now)
    load(data_path("geography/pcon2024_centroids.csv"), now)
    run = load(data_path("elections/constituency_overlap_2010_to_2024.csv"), now)
    assert counts(run)[2] == 0
    assert Area.objects.filter(kind="constituency").count() == 1295
    assert areas_on(kind="constituency", on=date(2024, 7, 3)).count() == 650
    assert areas_on(kind="constituency", on=date(2024, 7, 4)).count() == 650
    shares = AreaLink.objects.filter(inner="E14000534").values_list("population_share", flat=True)
    assert sum(share or 0 for share in shares) == pytest.approx(1, abs=1e-6)


@pytest.mark.data
def test_every_real_ward_and_council_is_named(now: datetime) -> None:
    run = load(data_path("geography/ward_all_codes.csv.gz"), now)
    assert counts(run) == (15729, 15728, 1, 0)
    assert "Hunmanby & Sherburn" in rejects(run)[0][1]
    run = load(data_path("geography/uk_local_authorities_future.csv"), now)
    assert run.rejected == 40
    allerdale = Area.objects.get(code="E07000026")
    assert allerdale.valid_until == date(2023, 4, 1)
    assert allerdale.children.filter(valid_until=None).count() == 0
    assert area_chain(code="E05009058")[-1] == "E92000001"
