"""A CSV goes in with a column of postcodes and comes out with the answers added."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.places.commands import app
from hustings.places.importers.postcode_directory import PostcodeDirectory
from hustings.places.usecases.locate_file import NoPostcodeColumn, postcode_column
from hustings.platform.importing.run_import import run_import

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[1] / "data" / "places"
runner = CliRunner()


@pytest.fixture(autouse=True)
def barset(tmp_path: Path, settings: Any, now: datetime) -> None:
    settings.HUSTINGS_HOME = tmp_path / "home"
    run_import(path=DATA / "onspd_new_headings.csv", now=now, importers=[PostcodeDirectory()])


def test_json_alone_on_standard_output_in_the_order_asked() -> None:
    result = runner.invoke(app, ["lookup", "zz1 1ab", "ZZ11AA", "BT1 5GS", "ZZ1 1AD", "x", "--json"])
    assert result.exit_code == 0
    answers = json.loads(result.stdout)
    assert [answer["status"] for answer in answers] == [
        "terminated",
        "live",
        "northern_ireland",
        "unknown",
        "invalid",
    ]
    assert answers[1] == {
        "postcode": "ZZ1 1AA",
        "status": "live",
        "lat": 51.500001,
        "lon": -0.120001,
        "ward": "E05999001",
        "district": "E07999001",
        "constituency": "E14999001",
    }
    assert "Great Britain alone" in result.stderr


def test_people_get_sentences() -> None:
    result = runner.invoke(app, ["lookup", "zz1 1aa", "BT1 5GS", "SW1A 1AA"])
    assert "ZZ1 1AA: live; 51.50000, -0.12000; ward E05999001" in result.stdout
    assert "import the ONS Postcode Directory" in result.stdout
    assert "none of the area SW" in result.stdout


def test_a_file_keeps_its_rows_and_gains_columns(tmp_path: Path) -> None:
    given = tmp_path / "people.csv"
    given.write_bytes(
        'name,Post Code,lat\n"Smith, Ann",zz11aa,x\nBob,nonsense,\nGwen,,\nShort\n'.encode("utf-8-sig")
    )
    out = tmp_path / "out.csv"
    result = runner.invoke(app, ["lookup", "--file", str(given), "--out", str(out), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"read": 4, "live": 1, "invalid": 3}
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "name": "Smith, Ann",
        "Post Code": "zz11aa",
        "lat": "x",
        "postcode_status": "live",
        "located_lat": "51.500001",
        "lon": "-0.120001",
        "ward": "E05999001",
        "district": "E07999001",
        "constituency": "E14999001",
    }
    assert [row["postcode_status"] for row in rows] == ["live", "invalid", "invalid", "invalid"]
    assert rows[3]["name"] == "Short"


def test_without_out_the_rows_go_to_standard_output(tmp_path: Path) -> None:
    given = tmp_path / "people.csv"
    given.write_text("postcode\nZZ1 1AA\n")
    result = runner.invoke(app, ["lookup", "--file", str(given)])
    assert result.stdout.splitlines()[1].startswith("ZZ1 1AA,live,51.5")
    assert "1 rows: 1 live." in result.stderr


@pytest.mark.parametrize(
    ("header", "place"),
    [
        (["name", "POSTCODE"], 1),
        (["name", "Post code"], 1),
        (["pcds", "x"], 0),
        (["home_postcode", "x"], 0),
        (["postcode", "home postcode"], 0),
    ],
)
def test_the_postcode_column_is_found_by_its_heading(header: list[str], place: int) -> None:
    assert postcode_column(header) == place


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["name"], "No column is headed"),
        ([], "No column is headed"),
        (["postcode", "Post Code"], "More than one"),
        (["home postcode", "work postcode"], "No column is headed"),
    ],
)
def test_a_file_without_a_plain_postcode_column_is_refused(header: list[str], told: str) -> None:
    with pytest.raises(NoPostcodeColumn, match=told):
        postcode_column(header)


def test_refusals_end_with_one_and_wrong_usage_with_two(tmp_path: Path) -> None:
    given = tmp_path / "people.csv"
    given.write_text("name\nBob\n")
    assert runner.invoke(app, ["lookup", "--file", str(given)]).exit_code == 1
    assert runner.invoke(app, ["lookup", "--file", str(tmp_path / "absent.csv")]).exit_code == 1
    assert runner.invoke(app, ["lookup", "--file", str(given), "--out", str(given)]).exit_code == 1
    assert given.read_text() == "name\nBob\n"
    assert runner.invoke(app, ["lookup"]).exit_code == 2
    assert runner.invoke(app, ["lookup", "ZZ1 1AA", "--file", str(given)]).exit_code == 2
    assert runner.invoke(app, ["lookup", "ZZ1 1AA", "--out", "x"]).exit_code == 2
    assert runner.invoke(app, ["lookup", "--file", str(given), "--json"]).exit_code == 2


def test_about_lists_the_sources(tmp_path: Path, settings: Any) -> None:
    about = json.loads(runner.invoke(app, ["about", "--json"]).stdout)
    assert (about["postcodes"], about["areas"]) == (3, ["ZZ"])
    assert about["sources"][0]["file"] == "onspd_new_headings.csv"
    assert "3 postcodes of 1 postcode areas" in runner.invoke(app, ["about"]).stdout
    settings.HUSTINGS_HOME = tmp_path / "another"
    assert "No postcodes have been imported yet" in runner.invoke(app, ["about"]).stdout
    assert "No postcodes have been imported yet" in runner.invoke(app, ["lookup", "ZZ1 1AA"]).stdout
