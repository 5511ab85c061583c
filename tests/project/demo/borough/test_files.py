"""The files have the layouts of the real ones and hold what the borough holds."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from hustings.project.demo.borough import Borough, write_borough
from hustings.project.demo.borough.land import lat_lon
from hustings.project.demo.borough.writers import write_register
from tests.data_folder import data_path


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_file_is_written(borough: Borough, tmp_path: Path) -> None:
    files = write_borough(borough=borough, folder=tmp_path / "barset")
    register = _rows(files.register)
    assert len(register) == 75_000
    assert len(_rows(files.postcodes)) == len(borough.land.postcodes)
    assert len(_rows(files.area_names)) == 21
    assert len(_rows(files.polling_stations)) == len(borough.land.districts)
    outlines = json.loads(files.ward_boundaries.read_text())
    assert len(outlines["features"]) == 20
    assert {row["ballot_paper_id"] for row in _rows(files.parliamentary_results)} == {
        "parl.barset-east.2024-07-04",
        "parl.barset-west.2024-07-04",
    }
    assert len({row["ballot_paper_id"] for row in _rows(files.local_results)}) == 20
    shares = [float(row["Share"]) for row in _rows(files.parliamentary_results_by_candidate)]
    assert sum(shares) == pytest.approx(2, abs=1e-4)


def test_elector_dob_holds_the_day_of_attainment(borough: Borough, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    write_register(path=path, electors=borough.electors)
    dates = {row["Elector DOB"] for row in _rows(path)} - {""}
    assert dates == {f"{row.attains_on:%d/%m/%Y}" for row in borough.electors if row.attains_on}


@pytest.mark.data
@pytest.mark.parametrize(("layout", "is_single"), [("xpress_full_14", False), ("xpress_full_13", True)])
def test_register_has_the_headings_councils_use(
    borough: Borough, tmp_path: Path, layout: str, is_single: bool
) -> None:
    headings = [
        row["heading"]
        for row in _rows(data_path("register_layouts/electoral_register_headings.csv"))
        if row["layout"] == layout
    ]
    path = tmp_path / "register.csv"
    write_register(path=path, electors=borough.electors[:5], has_single_name_column=is_single)
    assert list(_rows(path)[0]) == headings
    write_register(
        path=path, electors=borough.electors[:5], has_single_name_column=is_single, has_elector_id=True
    )
    assert list(_rows(path)[0]) == [*headings, "Elector ID"]


def test_every_contest_has_one_winner_and_its_votes_add_up(borough: Borough) -> None:
    contests: dict[str, list[int]] = {}
    winners: Counter[str] = Counter()
    for row in borough.results:
        contests.setdefault(row.ballot_id, []).append(row.votes)
        winners[row.ballot_id] += row.is_elected
        assert row.votes < row.electorate
    assert len(contests) == 22
    assert set(winners.values()) == {1}
    assert len({row.person_id for row in borough.results}) == len(borough.results)
    for row in borough.results:
        cast = sum(contests[row.ballot_id]) + row.spoilt
        assert cast / row.electorate * 100 == pytest.approx(row.turnout_pct, abs=0.1)


def test_barset_lies_in_the_sea_where_the_grid_says(borough: Borough) -> None:
    # Checked against the Ordnance Survey's own formulae for the middle of the borough.
    assert lat_lon(easting=655_000, northing=370_000) == (53.165982, 1.813578)
    for row in borough.land.postcodes:
        assert 53.0 < row.lat < 53.3
        assert 1.6 < row.lon < 2.1
