"""A sheet of gifts is looked through from the command line, without an installation's tables."""

import json
from pathlib import Path

from typer.testing import CliRunner

from hustings.money.commands import app

SHEET = (
    "received_on,amount,evidence,route,given_name,family_name,address,postcode,payment\n"
    "2026-03-01,£300,line 1,card,Bill,Marsh,3 Mill Street,ZZ1 1AA,tok_1\n"
    "2026-03-09,£400,line 2,card,William,Marsh,3 Mill Street,ZZ1 1AA,tok_2\n"
    "2026-03-09,lots,line 3,card,Ben,Marsh,3 Mill Street,ZZ1 1AA,tok_3\n"
)


def test_flags_and_tests_are_printed(tmp_path: Path) -> None:
    """One question with its lines, one row left out, three tests with too few gifts."""
    path = tmp_path / "gifts.csv"
    path.write_text(SHEET, encoding="utf-8")
    result = CliRunner().invoke(app, ["split-gifts", str(path), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["read"] == 3
    assert [one["line"] for one in found["rejected"]] == [4]
    assert [(one["kind"], one["grade"], one["lines"]) for one in found["flags"]] == [
        ("parts", "question", [2, 3])
    ]
    assert [one["p_value"] for one in found["bunching"]] == [None, None, None]
    assert "tok_" not in result.stdout
    said = CliRunner().invoke(app, ["split-gifts", str(path)])
    assert "question: 2 gifts of at most £500.00" in said.stdout


def test_another_file_is_refused(tmp_path: Path) -> None:
    """In a sentence, with exit code 1."""
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["split-gifts", str(path)])
    assert result.exit_code == 1
    assert "not a sheet of gifts" in result.output
