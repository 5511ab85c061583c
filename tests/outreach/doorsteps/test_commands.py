"""`hustings rounds` from the plan to the closing."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from hustings.outreach.doorsteps.commands import app
from hustings.outreach.doorsteps.models import Canvass, Door, Round
from hustings.register.usecases.object_for_elector import object_for_elector
from tests.cast import Cast
from tests.outreach.doorsteps.barset import make_canvass, make_walker, make_ward

pytestmark = pytest.mark.django_db


def run(*words: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code == 0 else result.output


def test_the_whole_of_a_canvass(cast: Cast, now: datetime, tmp_path: Path) -> None:
    ward = make_ward(cast=cast, now=now)
    canvass, vera = (
        make_canvass(cast=cast, now=now, words="Good evening. May I ask about buses?"),
        make_walker(cast=cast, now=now),
    )
    object_for_elector(elector=ward.electors["Cora Harding"], source="door", now=now)
    which, alice = str(canvass.pk), ("--by", cast.alice.email)
    assert run("list")[0]["state"] == "draft"
    assert run("gate", which)["by_reason"] == {"objected": 1}
    assert run("open", which, "--by", cast.charlie.email, code=1)
    assert run("open", which, *alice) == {
        "id": canvass.pk,
        "state": "open",
        "rounds": 1,
        "cleared": 6,
        "refused": 1,
    }
    (row,) = run("show", which)["rounds"]
    assert (row["lines"], row["visited"], row["walkers"]) == (6, 0, [])
    given = run("give", row["code"], "--volunteer", str(vera.pk), "--on", "2026-03-31", *alice)
    assert given["walkers"] == ["Vera Tester"]
    assert "is not a day" in run(
        "give", row["code"], "--volunteer", str(vera.pk), "--on", "soon", *alice, code=2
    )
    target = tmp_path / "sheet.pdf"
    assert run("sheet", row["code"], str(target), *alice)["lines"] == 6
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    for word in ("Mill Lane", "Rye Hill", "Alma Grantly", "Flat 2, 3", row["code"], "9 April 2026", "buses?"):
        assert word in text, word
    assert "Cora" not in text
    assert run("give", row["code"], "--returned", *alice)["returned_at"]
    assert run("give", row["code"], *alice)["walkers"] == []
    results = run("results", which)
    assert [(one["lines"], one["refused_because"]) for one in results] == [(6, ""), (1, "objected")]
    assert run("close", which, *alice)["state"] == "closed"
    run("close", which, *alice, code=1)
    run("sheet", row["code"], str(target), *alice, code=1)
    assert run("list")[0]["state"] == "closed"


def test_a_canvass_is_planned_and_its_sheet_keyed_from_a_file(
    cast: Cast, now: datetime, tmp_path: Path
) -> None:
    make_ward(cast=cast, now=now)
    alice = ("--by", cast.alice.email)
    days = ("--starts-on", "2026-03-30", "--ends-on", "2026-04-02", "--return-by", "2026-04-09")
    assert "First day: " in run("plan", "--title", "Buses", "--area", cast.east.code, *alice, code=1)
    assert "Where: " in run("plan", "--title", "Buses", "--area", "Nowhere", *days, *alice, code=1)
    made = run("plan", "--title", "Buses", "--area", cast.east.code, "--words", "Good evening", *days, *alice)
    which = str(made["id"])
    assert run("plan", which, "--doors", "5", *alice)["title"] == "Buses"
    canvass = Canvass.objects.get()
    assert (canvass.doors_a_round, canvass.words, canvass.ends_on.isoformat()) == (
        5,
        "Good evening",
        "2026-04-02",
    )
    run("plan", which, "--title", "Mine", "--by", cast.charlie.email, code=1)
    run("open", which, *alice)
    assert "open" in run("plan", which, "--doors", "9", *alice, code=1)
    code = run("show", which)["rounds"][0]["code"]
    blank = CliRunner().invoke(app, ["key", code, *alice])
    assert blank.stdout.splitlines()[:2] == [
        "line,tries,outcome,vote,leaflet,agreed,email,mobile",
        "1,0,,,,,,",
    ]
    assert "S (spoke)" in blank.stderr
    lines = tmp_path / "lines.csv"
    lines.write_text("line,tries,outcome,vote,leaflet\n1,0,S,U,\n2,0,-,,L\n3,0,-,U,\n99,0,S,,\n")
    key = ("key", code, str(lines), "--on", "2026-03-30", *alice)
    refused = CliRunner().invoke(app, [*key, "--json"])
    assert refused.exit_code == 1
    told = json.loads(refused.stdout)
    assert (told["kept"], [row["line"] for row in told["refused"]]) == (2, [3, 99])
    lines.write_text(
        "line,tries,outcome,vote,leaflet,agreed,email\n1,0,S,U,\n2,0,-,,L\n3,0,S,U,,E P,cora@barset.example\n"
    )
    told = run(*key)
    assert (told["kept"], told["kept_before"], told["refused"]) == (1, 2, [])
    door = Door.objects.get(round__code=code, line=2)
    assert (door.outcome, door.attempts, door.is_leaflet_left) == ("no_answer", 1, True)
    assert Door.objects.get(round__code=code, line=3).agreed == "EP"
    assert "no round" in run("key", code, "--by", cast.charlie.email, code=1)
    assert CliRunner().invoke(app, ["key", code, str(lines), *alice]).exit_code == 2


def test_what_is_not_there_is_said(cast: Cast) -> None:
    for words in (
        ("show", "9"),
        ("sheet", "XXXXX", "/dev/null", "--by", cast.alice.email),
        ("open", "9", "--by", "nobody@barset.example"),
    ):
        assert "There is no" in run(*words, code=1)
    assert CliRunner().invoke(app, ["list"]).stdout.startswith("There is no canvass yet")


def test_words_for_people(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    canvass = make_canvass(cast=cast, now=now)
    which = str(canvass.pk)
    for words in (
        ("gate", which),
        ("open", which, "--by", cast.alice.email),
        ("show", which),
        ("results", which),
        ("list",),
    ):
        assert CliRunner().invoke(app, list(words)).exit_code == 0, words
    told = CliRunner().invoke(app, ["results", which]).stdout
    assert "7 lines, 0 spoken to" in told
    assert Round.objects.get().code in CliRunner().invoke(app, ["show", which]).stdout
