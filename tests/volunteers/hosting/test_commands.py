"""`hustings hosting solve`, as somebody with two files meets it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.volunteers.hosting.commands import app

_HOSTS = "id,lat,lon,available_from,available_until,beds\nh1,53.0,-1.5,2026-04-20,2026-04-27,2\n"
_TRAVELLERS = (
    "id,lat,lon,arrive_on,leave_on,max_km\n"
    "t1,53.0,-1.5,2026-04-20,2026-04-22,10\n"
    "t2,53.1,-1.5,2026-04-22,2026-04-27,20\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two files that can be solved."""
    hosts, travellers = tmp_path / "hosts.csv", tmp_path / "travellers.csv"
    hosts.write_text(_HOSTS)
    travellers.write_text(_TRAVELLERS)
    return hosts, travellers


def _run(hosts: Path, travellers: Path, *more: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, ["solve", "--hosts", str(hosts), "--travellers", str(travellers), *more])
    return found.exit_code, found.stdout, found.stderr


def test_the_answer_as_json(files: tuple[Path, Path]) -> None:
    """Exactly the promised keys, and JSON alone on standard output."""
    code, out, _err = _run(*files, "--json")
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == ["placed", "bound", "gap", "total_km", "seconds", "assignments", "rejected"]
    assert (answer["placed"], answer["bound"], answer["gap"]) == (2, 2, 0.0)
    assert answer["assignments"][0] == {"traveller": "t1", "host": "h1", "km": 0.0}
    assert answer["total_km"] == pytest.approx(11.119, abs=0.01)


def test_the_answer_in_words(files: tuple[Path, Path]) -> None:
    """A sentence, then a line for each traveller."""
    files[1].write_text(_TRAVELLERS + "t3,53.0,-1.5,2026-05-20,2026-05-22,10\n")
    code, out, _err = _run(*files)
    assert code == 0
    assert "2 placed; no assignment can place more than 2 (gap 0.00%)" in out
    assert "t3\tno bed" in out


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("bad,53.0,-1.5,2026-02-30,2026-03-02,10", "is “2026-02-30”, which is no day of the calendar"),
        ("bad,53.0,-1.5,2026-04-22,2026-04-22,10", "is 0 nights"),
        ("bad,48.9,2.3,2026-04-20,2026-04-22,10", "not in Great Britain"),
        ("bad,53.0,here,2026-04-20,2026-04-22,10", "lon is “here”, which is not a number"),
        ("bad,53.0", "lon is “”"),
        ("t1,53.0,-1.5,2026-04-20,2026-04-22,10", "stands already in an earlier row"),
        (",53.0,-1.5,2026-04-20,2026-04-22,10", "has no id"),
    ],
)
def test_one_bad_row_is_told_and_the_rest_is_solved(
    files: tuple[Path, Path], tmp_path: Path, row: str, said: str
) -> None:
    """Line, reason and the row as it stands, on standard error, in the JSON and in a file; nothing else is lost."""
    files[1].write_text(_TRAVELLERS + row + "\n")
    rejects = tmp_path / "rejects.csv"
    code, out, err = _run(*files, "--json", "--rejects", str(rejects))
    answer = json.loads(out)
    assert (code, answer["placed"]) == (0, 2)
    assert "travellers.csv, line 4: " in err
    assert said in err
    assert [(one["line"], said in one["reason"]) for one in answer["rejected"]] == [(4, True)]
    with rejects.open() as file:
        assert [line[1] for line in csv.reader(file)] == ["line", "4"]


def test_a_host_without_beds_is_told(files: tuple[Path, Path]) -> None:
    """Zero beds is a sentence about that row."""
    files[0].write_text(_HOSTS + "h2,53.0,-1.5,2026-04-20,2026-04-27,0\n")
    code, out, err = _run(*files, "--json")
    assert (code, json.loads(out)["placed"]) == (0, 2)
    assert "hosts.csv, line 3: 0 beds cannot be offered" in err


def test_a_missing_column_or_file_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    """Exit code 1 and what the first line must be."""
    files[0].write_text("id,lat,lon\nh1,53,-1.5\n")
    code, out, err = _run(*files, "--json")
    assert (code, out) == (1, "")
    assert "has no column available_from and no available_until and no beds" in err
    code, _out, err = _run(tmp_path / "nowhere.csv", files[1])
    assert code == 1
    assert "There is no file" in err


def test_it_runs_without_an_installation(files: tuple[Path, Path], tmp_path: Path) -> None:
    """No keys, no database, and nothing is written."""
    hosts, travellers = files
    environment = {
        **{
            name: value for name, value in os.environ.items() if not name.startswith(("HUSTINGS_", "DJANGO_"))
        },
        "HUSTINGS_HOME": str(tmp_path / "home"),
        "HUSTINGS_KEYS": str(tmp_path / "keys"),
    }
    command = [sys.executable, "-m", "hustings.project.cli", "hosting", "solve", "--json"]
    run = subprocess.run(
        [*command, "--hosts", str(hosts), "--travellers", str(travellers)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["placed"] == 2
    assert not (tmp_path / "home").exists()


@pytest.mark.django_db
def test_matching_and_deleting_on_a_terminal(settings: Any) -> None:
    """Counts as JSON; without an installation a sentence."""
    found = CliRunner().invoke(app, ["match", "--json"])
    assert json.loads(found.stdout) == {"proposed": 0, "without_bed": 0, "bound": 0}
    found = CliRunner().invoke(app, ["delete-old", "--json"])
    assert json.loads(found.stdout) == {"stays": 0, "requests": 0, "offers": 0, "details": 0}
    settings.HUSTINGS_MODE = "files"
    for command in ("match", "delete-old"):
        found = CliRunner().invoke(app, [command])
        assert (found.exit_code, "hustings init" in found.stderr) == (1, True)
