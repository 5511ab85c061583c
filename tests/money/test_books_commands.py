"""The books on the command line, and limits that are remembered."""

import json
from datetime import datetime
from pathlib import Path

import pytest
import typer
from pypdf import PdfReader
from typer.testing import CliRunner

from hustings.money.commands import app, limit
from hustings.money.models import Campaign, LimitRecord
from hustings.money.usecases.finish_return import finish_return
from tests.cast import Cast
from tests.money.campaigns import BY_ELECTION, IN_FEBRUARY, make_books, spend

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(cast: Cast, now: datetime) -> Campaign:
    made = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    spend(made, by=cast.tess, now=now, **IN_FEBRUARY)
    return made


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.stdout


def test_books_are_listed_and_read(books: Campaign) -> None:
    """As JSON and as text."""
    assert json.loads(run("campaigns", "--json"))[0]["name"] == "Septimus Harding"
    assert "Septimus Harding, Barset East" in run("campaigns")
    (item,) = json.loads(run("expenses", books.pk, "--json"))
    assert item["counts_pence"] == 40_000
    assert "£400.00" in run("expenses", books.pk)
    found = json.loads(run("headroom", books.pk, "--json"))
    assert found["periods"][0]["room_pence"] == 18_005_000 - 40_000
    assert "Careful:" in run("headroom", books.pk)
    assert "no books" in CliRunner().invoke(app, ["headroom", "999"]).stderr


def test_what_is_missing_ends_with_one(books: Campaign) -> None:
    """Until nothing is."""
    found = json.loads(run("missing", books.pk, "--json", code=1))
    assert {"receipt", "unpaid", "finish"} <= {one["key"] for one in found["missing"]}
    assert {one["task"] for one in found["deadlines"]} >= {"return", "candidate-declaration"}
    run("missing", books.pk, "--on", "soon", code=2)


def test_the_return_comes_as_pdf_and_spreadsheet(
    cast: Cast, books: Campaign, now: datetime, tmp_path: Path
) -> None:
    """A draft first, then the very bytes that were frozen."""
    pdf, xlsx = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    run("return", books.pk, "--pdf", pdf, "--xlsx", xlsx)
    assert "DRAFT" in PdfReader(pdf).pages[0].extract_text()
    made = finish_return(campaign=books, by=cast.agent, now=now)
    said = json.loads(run("return", books.pk, "--pdf", pdf, "--xlsx", xlsx, "--json"))
    assert said["sha256"] == made.sha256
    assert pdf.read_bytes() == bytes(made.documents.get(kind="return").content)
    assert xlsx.read_bytes()[:2] == b"PK"


def test_a_limit_asked_for_is_remembered(db: None) -> None:
    """With the facts and the entries."""
    alone = typer.Typer()
    alone.command()(limit)
    words = ["--election", "local", "--nation", "england", "--electors", "7500", "--poll-date", "2026-05-07"]
    words += ["--joint", "2", "--json"]
    result = CliRunner().invoke(alone, words)
    assert json.loads(result.stdout)["limit_pence"] == 117_000
    kept = LimitRecord.objects.get()
    assert (kept.limit_pence, kept.campaign, len(kept.entries)) == (117_000, None, 2)
    assert kept.question["joint"] == 2
    result = CliRunner().invoke(
        alone,
        [
            "--election",
            "parl",
            "--kind",
            "county",
            "--electors",
            "71841",
            "--poll-date",
            "2024-07-04",
            "--json",
        ],
    )
    assert set(json.loads(result.stdout)) == {"limit_pence", "formula", "entries", "status", "warnings"}
    assert json.loads(result.stdout)["limit_pence"] == 2_001_092
