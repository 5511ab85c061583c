"""The public record on the command line: what left another way, corrections, withholding."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.openness.models import Entry
from hustings.openness.record_commands import app
from tests.cast import Cast, make_user
from tests.clearance.materials import make_copy, make_election

pytestmark = pytest.mark.django_db


def run(*words: object, code: int = 0, told: str = "") -> str:
    """What a command prints; `told` must stand in what it says on either stream."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert told in result.stdout + result.stderr
    return result.stdout


def test_a_round_is_recorded_corrected_and_withheld(cast: Cast, tmp_path: Path, now: datetime) -> None:
    copy = make_copy(by=cast.alice, area=cast.east.code, election=make_election(), targeting="Every door")
    sheet, agent = tmp_path / "wards.csv", ("--by", cast.agent.email)
    sheet.write_text("ward,number\nBarset East,446\nNowhere,4\n")
    words = (
        "add",
        "round",
        "--material",
        copy.pk,
        "--from",
        "2026-03-20",
        "--to",
        "2026-03-28",
        "--cost",
        "45",
    )
    run(*words, "--wards", sheet, *agent, code=1, told="“Nowhere: 4” is not a ward we know")
    run(*words, *agent, code=2)
    sheet.write_text("ward,number\nBarset East,446\n")
    number = json.loads(run(*words, "--wards", sheet, *agent, "--json"))["entry"]
    entry = Entry.objects.get(number=number)
    assert (entry.kind, entry.area) == ("round", cast.east)
    run(*words, "--wards", sheet, *agent, code=1, told="Exactly this was recorded before")
    correct = ("correct", number, "--was", "446", "--right", "546", "--reason")
    run(*correct, " ", *agent, code=1, told="How the mistake came about: This field is required.")
    assert json.loads(run(*correct, "A slip.", *agent, "--json"))["corrects"] == number
    withhold = ("withhold", number, "facts", "--reason", "A home address")
    run(*withhold, *agent, code=1, told="Give --yes")
    run(
        "withhold",
        number,
        "nothing",
        "--reason",
        "x",
        "--yes",
        *agent,
        code=1,
        told="has no document “nothing”",
    )
    assert json.loads(run(*withhold, "--yes", *agent, "--json"))["document"] == "facts"
    run(*withhold, "--yes", *agent, code=1, told="withheld already")
    listed = {row["entry"]: row for row in json.loads(run("list", *agent, "--json"))}
    assert listed[number]["documents"]["facts"] == "withheld"
    other = make_user(name="Will", role="agent", area=cast.west)
    for by, told in ((cast.charlie, "may not do this here"), (other, "")):
        for act in (
            (*words, "--total", 4),
            (*correct, "A slip."),
            (*withhold, "--yes"),
        ):
            run(*act, "--by", by.email, code=1, told=told)
    assert json.loads(run("list", "--by", other.email, "--json")) == []
    assert Entry.objects.filter(kind="correction").count() == 1
