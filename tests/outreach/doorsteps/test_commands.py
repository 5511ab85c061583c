"""`hustings rounds` from the plan to the closing."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from hustings.outreach.doorsteps.commands import app
from hustings.outreach.doorsteps.models import Round
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
    run("give", row["code"], "--volunteer", str(vera.pk), "--on", "soon", *alice, code=1)
    target = tmp_path / "sheet.pdf"
    assert run("sheet", row["code"], str(target))["lines"] == 6
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
    run("sheet", row["code"], str(target), code=1)
    assert run("list")[0]["state"] == "closed"


def test_what_is_not_there_is_said(cast: Cast) -> None:
    for words in (
        ("show", "9"),
        ("sheet", "XXXXX", "/dev/null"),
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
    assert Round.objects.get().code in CliRunner().invoke(app, ["show", which]).stdout
