"""Importing postcodes: three layouts merge into one file, wrong rows are told by line."""

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hustings.places.importers.code_point import CodePointOpen
from hustings.places.importers.derived_seats import DerivedSeats
from hustings.places.importers.postcode_directory import PostcodeDirectory
from hustings.places.importers.postcodes import PostcodeImporter
from hustings.places.queries import locate, postcode_file_path, postcodes_in_use
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import LayoutNotRecognised, run_import
from hustings.platform.models import ImportRun, ImportState

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[1] / "data" / "places"
IMPORTERS: Sequence[PostcodeImporter] = (CodePointOpen(), DerivedSeats(), PostcodeDirectory())

CONVERTED = "postcode,lat,lon,quality,admin_district_code,admin_ward_code\n"
SEATS = "postcode,pcon2024,lsoa2011,method\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HUSTINGS_HOME = tmp_path
    return tmp_path


def load(path: Path, now: datetime, **options: Any) -> ImportRun:
    return run_import(path=path, now=now, importers=IMPORTERS, **options)


def load_text(text: str, now: datetime, tmp_path: Path, **options: Any) -> ImportRun:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode())
    return load(path, now, **options)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.read, run.accepted, run.rejected, run.unchanged


def rejects(run: ImportRun) -> list[tuple[str, str]]:
    with (Path(settings.HUSTINGS_HOME) / run.rejects_path).open(newline="") as file:
        return [(row["line"], row["reason"]) for row in csv.DictReader(file)]


def test_code_point_and_derived_seats_merge_into_one_file(now: datetime, tmp_path: Path) -> None:
    first = load_text(
        CONVERTED + "ZZ1 1AA,51.5,-0.12,10,E07999001,E05999001\nzz11ab,51.6,-0.13,10,E07999001,E05999002\n",
        now,
        tmp_path,
    )
    assert first.importer == "code-point-open"
    assert counts(first) == (2, 2, 0, 0)
    second = load_text(SEATS + "ZZ1 1AA,E14999001,E01999001,split\n", now, tmp_path)
    assert second.importer == "postcode-seats"
    located = locate(postcode="zz1 1aa")
    assert (located.lat, located.ward, located.constituency) == (51.5, "E05999001", "E14999001")
    assert (located.lsoa_2011, located.constituency_basis) == ("E01999001", "split")
    assert locate(postcode="ZZ1 1AB").constituency is None
    assert [source["importer"] for source in postcodes_in_use().sources] == [
        "code-point-open",
        "postcode-seats",
    ]


def test_importing_a_file_again_changes_nothing(now: datetime, tmp_path: Path) -> None:
    load(DATA / "onspd_old_headings.csv", now)
    before = postcode_file_path().stat()
    again = load(DATA / "onspd_old_headings.csv", now)
    assert counts(again) == (4, 0, 1, 3)
    assert postcode_file_path().stat().st_mtime_ns == before.st_mtime_ns


def test_the_old_headings_of_the_directory(now: datetime) -> None:
    run = load(DATA / "onspd_old_headings.csv", now)
    assert run.importer == "ons-postcode-directory"
    assert counts(run) == (4, 3, 1, 0)
    assert rejects(run) == [("4", "“95GG01S1” in lsoa_2011 is not an area code of nine characters.")]
    live, ended, jersey = (locate(postcode=text) for text in ("ZZ1 1AA", "ZZ1 1AB", "ZZ9 9ZZ"))
    assert (live.status, ended.status) == ("live", "terminated")
    assert (live.constituency, live.constituency_2010) == (None, "E14000530")
    assert (live.lsoa_2011, live.lsoa_2021) == ("E01999001", "E01999101")
    assert (jersey.status, jersey.lat, jersey.ward) == ("live", None, None)


def test_the_new_headings_of_the_directory_keep_both_sets_of_seats(now: datetime) -> None:
    load(DATA / "onspd_old_headings.csv", now)
    run = load(DATA / "onspd_new_headings.csv", now)
    assert counts(run) == (3, 3, 0, 0)
    assert run.details == {"postcodes": 4, "added": 1, "changed": 2, "ended": 0}
    located = locate(postcode="ZZ1 1AA")
    assert (located.constituency, located.constituency_2010) == ("E14999001", "E14000530")
    assert located.constituency_basis == "official"


def test_the_ordnance_surveys_own_files_have_no_heading(now: datetime, tmp_path: Path) -> None:
    native = (
        '"ZZ1 1AA",10,530000,180000,"E92000001","E19000003","E18000007","","E07999001","E05999001"\n'
        '"ZZ1 1AB",90,0,0,"E92000001","","","","E07999001","E05999001"\n'
    )
    run = load_text(native, now, tmp_path)
    assert run.importer == "code-point-open"
    assert counts(run) == (2, 2, 0, 0)
    located = locate(postcode="ZZ1 1AA")
    assert located.lat == pytest.approx(51.5035, abs=0.001)
    assert located.lon == pytest.approx(-0.1285, abs=0.001)
    assert locate(postcode="ZZ1 1AB").lat is None


def test_wrong_rows_are_set_aside_with_their_line_and_reason(now: datetime, tmp_path: Path) -> None:
    run = load_text(
        CONVERTED
        + "ZZ1 1AA,51.5,-0.12,10,E07999001,E05999001\n"
        + "\n"
        + "ZZ1 1AA,51.5,-0.12,10,E07999001,E05999001\n"
        + "ZZI 1AB,51.5,-0.12,10,E07999001,E05999001\n"
        + "nonsense,51.5,-0.12,10,E07999001,E05999001\n"
        + "ZZ1 1AD,north,-0.12,10,E07999001,E05999001\n"
        + "ZZ1 1AE,41.5,-0.12,10,E07999001,E05999001\n"
        + "ZZ1 1AF,51.5,-0.12,10,07999001,E05999001\n"
        + "ZZ1 1AG,51.5\n"
        + "ZZ1 1AH,,,90,E07999001,\n",
        now,
        tmp_path,
    )
    assert counts(run) == (9, 2, 7, 0)
    assert dict(rejects(run)) == {
        "4": "This postcode stands already on line 2.",
        "5": "“ZZI 1AB” is not written exactly as a postcode; ZZ1 1AB may be meant.",
        "6": "“nonsense” is too long for a postcode. Enter the postcode alone.",
        "7": "“north” in lat is not a number.",
        "8": "The point lies far outside the United Kingdom.",
        "9": "“07999001” in district is not an area code of nine characters.",
        "10": "The line has 2 cells where 6 are expected.",
    }
    assert locate(postcode="ZZ1 1AD").status == "unknown"
    assert locate(postcode="ZZ1 1AH").status == "live"


def test_an_unknown_method_and_a_wrong_month_are_set_aside(now: datetime, tmp_path: Path) -> None:
    run = load_text(SEATS + "ZZ1 1AA,E14999001,,guess\nZZ1 1AB,E14999001,,polygon\n", now, tmp_path)
    assert rejects(run) == [("2", "“guess” is not a known method: lsoa, split or polygon.")]
    text = (DATA / "onspd_new_headings.csv").read_text().replace("199906", "199913")
    run = load_text(text, now, tmp_path)
    assert rejects(run) == [
        ("3", "The month in which the postcode ended (doterm) is not written like 202406.")
    ]


def test_a_dry_run_says_what_would_happen_and_stores_nothing(now: datetime) -> None:
    run = load(DATA / "onspd_new_headings.csv", now, options=Options(is_dry_run=True))
    assert run.state == ImportState.DRY_RUN
    assert counts(run) == (3, 3, 0, 0)
    assert not postcode_file_path().exists()


def test_a_file_without_a_good_row_is_refused(now: datetime, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no row that can be used"):
        load_text(SEATS + "x,y,z,a\n", now, tmp_path)
    assert not postcode_file_path().exists()


def test_postcodes_that_leave_the_next_edition_are_terminated(now: datetime, tmp_path: Path) -> None:
    row = "{},51.5,-0.12,10,E07999001,E05999001\n"
    load_text(CONVERTED + row.format("ZZ1 1AA") + row.format("ZZ1 1AB"), now, tmp_path)
    run = load_text(CONVERTED + row.format("ZZ1 1AA"), now, tmp_path)
    assert run.details["ended"] == 1
    assert locate(postcode="ZZ1 1AB").status == "terminated"


def test_another_import_in_between_is_not_lost(now: datetime, tmp_path: Path) -> None:
    class Slow(DerivedSeats):
        """Another file is imported while this one is read."""

        def activate(self, *, staged: Any, run: ImportRun, options: Options) -> None:
            load(DATA / "onspd_new_headings.csv", now)
            super().activate(staged=staged, run=run, options=options)

    path = tmp_path / "seats.csv"
    path.write_text(SEATS + "ZZ1 1AA,E14999001,,lsoa\n")
    with pytest.raises(ImportRefused, match="Import it again"):
        run_import(path=path, now=now, importers=[Slow()])
    assert locate(postcode="ZZ1 1AE").status == "live"
    assert sorted(item.name for item in postcode_file_path().parent.iterdir()) == [
        "postcodes.bin",
        "postcodes.lock",
    ]


def test_other_files_are_not_taken_for_postcodes(now: datetime, tmp_path: Path) -> None:
    with pytest.raises(LayoutNotRecognised):
        load_text("name,postcode\nAlice,ZZ1 1AA\n", now, tmp_path)
