"""Phone banks on the command line."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.outreach.phonebank.commands import app
from hustings.outreach.phonebank.models import BankState, CallSheet
from hustings.outreach.phonebank.usecases.take_call import accept_words
from tests.cast import Cast
from tests.outreach.phonebank.banks import make_bank, make_person

pytestmark = pytest.mark.django_db
runner = CliRunner()


def test_from_the_gate_to_the_results(cast: Cast, now: datetime, tmp_path: Path) -> None:
    assert "no phone bank yet" in runner.invoke(app, ["list"]).stdout
    make_person(name="Gwen Proudie", number=1, area=cast.east, now=now)
    make_person(name="Hal Bold", number=None, area=cast.east, now=now)
    bank = make_bank(cast=cast, now=now)
    number, by = str(bank.pk), ["--by", "Alice@barset.example"]
    (row,) = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    assert (row["title"], row["state"], row["cleared"]) == ("Spring calls", "draft", None)
    asked = json.loads(runner.invoke(app, ["gate", number, "--json"]).stdout)
    assert (asked["asked"], asked["cleared"], asked["by_reason"]) == (2, 1, {"no-address": 1})
    assert "No telephone number (" in runner.invoke(app, ["gate", number]).stdout
    assert "Screen it before you ring" in runner.invoke(app, ["gate", number]).stdout
    wrong = runner.invoke(app, ["open", number, "--by", "charlie@barset.example"])
    assert wrong.exit_code == 1
    opened = json.loads(runner.invoke(app, ["open", number, *by, "--json"]).stdout)
    assert (opened["state"], opened["cleared"]) == ("open", 1)
    accept_words(bank=bank, by=cast.bob, now=now)
    out = tmp_path / "list.pdf"
    made = runner.invoke(
        app, ["sheet", number, *by, "--for", "Ann", "--return-by", "2026-04-02", "--out", str(out), "--json"]
    )
    assert json.loads(made.stdout) == {"code": CallSheet.objects.get().code, "lines": 1, "pdf": str(out)}
    assert out.read_bytes().startswith(b"%PDF")
    shown = json.loads(runner.invoke(app, ["show", number, "--json"]).stdout)
    assert shown["figures"]["agree"]
    assert shown["figures"]["on_paper"] == 1
    said = runner.invoke(app, ["show", number]).stdout
    assert "yes: the figures agree" in said
    assert "refused by reason: no-address  1" in said
    assert "True" not in said
    assert "{" not in said
    assert shown["callers"] == [{"caller": "bob@barset.example", "calls": 0, "spoke": 0}]
    rows = json.loads(runner.invoke(app, ["results", number, "--json"]).stdout)
    assert [(one["state"], one["reason"], "name" in one) for one in rows] == [
        ("held", "", False),
        ("", "no-address", False),
    ]
    for command, state in (("pause", "paused"), ("resume", "open"), ("close", "closed")):
        assert state in runner.invoke(app, [command, number, *by]).stdout
    bank.refresh_from_db()
    assert bank.state == BankState.CLOSED


def test_what_is_not_there_is_said(cast: Cast) -> None:
    for arguments in (["show", "9"], ["open", "9", "--by", "alice@barset.example"], ["results", "9"]):
        answer = runner.invoke(app, arguments)
        assert answer.exit_code == 1
        assert "no phone bank 9" in answer.stderr
