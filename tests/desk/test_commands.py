"""`hustings elections note`."""

import json

import pytest
from typer.testing import CliRunner

from hustings.elections.models import Election
from hustings.project.wiring import COMMANDS
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_next_election_is_noted(cast: Cast) -> None:
    def note(day: str, by: str) -> tuple[int, str, str]:
        words = ["note", "Barset council election", day, "--nation", "england", "--by", by, "--json"]
        told = CliRunner().invoke(COMMANDS["elections"], words)
        return told.exit_code, told.stdout, told.stderr

    assert note("2026-05-07", "charlie@barset.example")[:2] == (1, "")
    code, said, why = note("2026-03-01", "ada@barset.example")
    assert (code, said) == (1, "")
    assert "That day has passed" in why
    assert json.loads(note("2026-05-07", "ada@barset.example")[1])["id"] == "local.2026-05-07"
    assert Election.objects.get().title == "Barset council election"
