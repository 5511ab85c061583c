"""Phone banks on the command line."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.contacts.models import Contact, Issue
from hustings.outreach.phonebank.commands import app
from hustings.outreach.phonebank.models import BankState, CallSheet, PhoneBank
from hustings.outreach.phonebank.usecases.take_call import accept_words
from tests.cast import Cast
from tests.outreach.phonebank.banks import make_audience, make_bank, make_open_bank, make_person

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
    assert "refused by reason: No telephone number  1" in said
    assert "no-address" not in said
    assert "True" not in said
    assert "{" not in said
    assert shown["callers"] == [{"caller": "bob@barset.example", "calls": 0, "spoke": 0}]
    rows = json.loads(runner.invoke(app, ["results", number, "--json"]).stdout)
    assert [(one["state"], one["reason"], "name" in one) for one in rows] == [
        ("held", "", False),
        ("", "no-address", False),
    ]
    told = runner.invoke(app, ["results", number]).stdout
    assert "being rung" in told
    assert "refused  No telephone number" in told
    assert "no-address" not in told
    for command, state in (("pause", "paused"), ("resume", "open"), ("close", "closed")):
        assert state in runner.invoke(app, [command, number, *by]).stdout
    bank.refresh_from_db()
    assert bank.state == BankState.CLOSED


def test_a_phone_bank_is_written_and_changed_through_the_checks_of_its_screen(
    cast: Cast, now: datetime
) -> None:
    audience = make_audience(area=cast.east, now=now)
    Issue.objects.create(name="Buses")
    by = ["--by", "alice@barset.example", "--json"]
    wrong = runner.invoke(app, ["write", "--title", "Calls", "--tries", "12", *by])
    assert wrong.exit_code == 1
    assert "Audience: This field is required." in wrong.stderr
    assert "Ring at most so many times" in wrong.stderr
    assert "There are: Buses." in runner.invoke(app, ["write", "--issue", "Trams", *by]).stderr
    words = ["--title", "Calls", "--audience", str(audience.pk), "--opening", "Hello", "--issue", "buses"]
    made = json.loads(runner.invoke(app, ["write", *words, "--until", "18:00", *by]).stdout)
    bank = PhoneBank.objects.get()
    assert (made["id"], made["state"], bank.area, f"{bank.rings_until:%H:%M}") == (
        bank.pk,
        "draft",
        cast.east,
        "18:00",
    )
    number = str(bank.pk)
    assert runner.invoke(app, ["write", number, "--no-ask-vote", "--tries", "2", *by]).exit_code == 0
    bank.refresh_from_db()
    kept = (bank.title, bank.asks_intention, bank.most_tries, f"{bank.rings_until:%H:%M}")
    assert kept == ("Calls", False, 2, "18:00")
    assert [issue.name for issue in bank.issues.all()] == ["Buses"]
    make_person(name="Gwen Proudie", number=1, area=cast.east, now=now)
    assert runner.invoke(app, ["open", number, *by]).exit_code == 0
    assert "audience" in runner.invoke(app, ["write", number, "--audience", "1", *by]).stderr
    assert runner.invoke(app, ["write", number, "--title", "Spring", *by]).exit_code == 0
    charlie = runner.invoke(app, ["write", number, "--title", "Mine", "--by", "charlie@barset.example"])
    assert charlie.exit_code == 1
    bank.refresh_from_db()
    assert bank.title == "Spring"


def test_a_sheet_is_keyed_from_a_file_once_printed_again_and_ended(
    cast: Cast, now: datetime, tmp_path: Path
) -> None:
    bank = make_open_bank(cast=cast, now=now)
    alice = ["--by", "alice@barset.example"]
    pdf, lines = tmp_path / "list.pdf", tmp_path / "lines.csv"
    made = runner.invoke(
        app, ["sheet", str(bank.pk), *alice, "--for", "Ann", "--return-by", "2026-04-02", "--out", str(pdf), "--json"]
    )  # fmt: skip
    code = json.loads(made.stdout)["code"]
    blank = runner.invoke(app, ["key", code, *alice])
    assert blank.stdout.splitlines()[0].startswith("line,result,vote")
    assert [row.partition(",")[0] for row in blank.stdout.splitlines()[1:]] == ["1", "2", "3"]
    assert "U Undecided" in blank.stderr
    lines.write_text("line,result,vote,wish\n1,spoke,u,\n2,no answer,U,\n3,,,\n9,spoke,,\n2,spoke,,\n")
    key = ["key", code, str(lines), "--on", "2026-03-30", *alice, "--json"]
    keyed = runner.invoke(app, key)
    assert keyed.exit_code == 1
    told = json.loads(keyed.stdout)
    assert (told["kept"], told["kept_before"], [row["line"] for row in told["refused"]]) == (1, 0, [2, 2, 9])
    lines.write_text(
        "line,result,vote,wish,agreed,mobile\n1,spoke,u,\n2,no_answer,,\n3,objected,,channel,T,07700 900111\n"
    )
    told = json.loads(runner.invoke(app, key).stdout)
    assert (told["kept"], told["kept_before"], told["refused"]) == (2, 1, [])
    assert list(Contact.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "spoke",
        "no_answer",
        "objected",
    ]
    assert runner.invoke(app, ["key", code, *alice]).stdout.splitlines()[1:] == []
    assert "no sheet" in runner.invoke(app, ["key", code, "--by", "charlie@barset.example"]).stderr
    assert "Nobody is held" in runner.invoke(app, ["print", code, *alice, "--out", str(pdf)]).stderr
    assert json.loads(runner.invoke(app, ["end", code, *alice, "--json"]).stdout)["freed"] == 0
    assert runner.invoke(app, ["end", "AAAAAB", *alice]).exit_code == 1
    assert runner.invoke(app, ["key", code, str(lines), *alice]).exit_code == 2


def test_what_is_not_there_is_said(cast: Cast) -> None:
    for arguments in (["show", "9"], ["open", "9", "--by", "alice@barset.example"], ["results", "9"]):
        answer = runner.invoke(app, arguments)
        assert answer.exit_code == 1
        assert "no phone bank 9" in answer.stderr
