"""`hustings register match list`, `accept`, `reject`, `undo`."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.people.models import Person
from hustings.register.commands import app
from hustings.register.models import Match, MatchState
from hustings.register.usecases.match_people import match_people
from tests.cast import Cast
from tests.register.conftest import ROWS, Import

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 30)
TWINS = (
    *ROWS,
    ("AA", "6", "0", "", "", "Ash", "John Arthur", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
    ("AA", "7", "0", "", "", "Ash", "John Brian", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
)
ALICE = ("--by", "alice@barset.example")


def _run(*arguments: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, ["match", *arguments, "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code == 0 else result.stderr


def test_a_question_is_answered_and_taken_back(load: Import, barset: Cast, now: datetime) -> None:
    load(TWINS)
    Person.objects.create(
        given_name="John",
        family_name="Ash",
        postcode="ZZ1 1AB",
        ward=barset.east,
        source="test",
        created_at=now,
    )
    match_people(now=now, on=TODAY)
    first, second = _run("list")
    assert {row["entry"]["forename"] for row in (first, second)} == {"John Arthur", "John Brian"}
    number = str(first["id"])
    assert "There is no match" in _run("accept", number, "--by", "charlie@barset.example", code=1)
    assert "may not do this" in _run("accept", number, "--by", "tess@barset.example", code=1)
    assert "no decision to take back" in _run("undo", number, *ALICE, code=1)
    assert _run("accept", number, *ALICE)["state"] == "accepted"
    assert "nothing was changed" in _run("accept", number, *ALICE, code=1)
    assert [row["id"] for row in _run("list", "--state", "accepted")] == [first["id"]]
    assert _run("undo", number, *ALICE)["state"] == "unsure"
    assert _run("reject", number, *ALICE)["state"] == "rejected"
    assert Match.objects.get(pk=first["id"]).decided_by == barset.alice
    assert Match.objects.get(pk=second["id"]).state == MatchState.SUPERSEDED
