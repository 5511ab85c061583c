"""Gifts on the command line: the same acts, rights and refusals as on the desk."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.money.commands import app
from hustings.money.models import Campaign, Gift, GiftDecision, GiftEvidence
from hustings.money.usecases.record_gift import fingerprint
from tests.cast import Cast, make_user
from tests.money.campaigns import make_campaign

pytestmark = pytest.mark.django_db

FACTS = ("--received-on", "2026-03-20", "--route", "card", "--evidence", "Card statement, line 7")
ADA = ("--given-name", "Ada", "--family-name", "Marsh", "--postcode", "ZZ1 1AA")


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """The books of Septimus Harding in Barset East."""
    return make_campaign(area=cast.east)


def run(*words: object, code: int = 0, told: str = "", typed: str | None = None) -> str:
    """What a command prints; `told` must stand in what it says on either stream."""
    result = CliRunner().invoke(app, ["gifts", *(str(word) for word in words)], input=typed)
    assert result.exit_code == code, result.output
    assert told in result.stdout + result.stderr
    return result.stdout


def test_from_record_to_decision(cast: Cast, campaign: Campaign, tmp_path: Path) -> None:
    """Recorded with its file, listed, checked, accepted; JSON throughout; the card's number is not kept."""
    by = ("--by", cast.tess.email)
    cheque = tmp_path / "cheque.pdf"
    cheque.write_bytes(b"%PDF-1.7 cheque")
    written = json.loads(
        run(
            "record", campaign.pk, "--amount", "£120", *FACTS, *ADA, *by, "--file", cheque, "--payment-file", "-", "--json",
            typed="4929 0000\n",
        )
    )  # fmt: skip
    number = written["gift"]
    assert (written["amount_pence"], written["state"], written["donor"]) == (12_000, "to_check", "Ada Marsh")
    assert written["files"][0]["name"] == "cheque.pdf"
    assert Gift.objects.get().token == fingerprint(payment="49290000")
    assert bytes(GiftEvidence.objects.get().content) == b"%PDF-1.7 cheque"
    (row,) = json.loads(run("list", *by, "--open", "--json"))
    assert (row["gift"], row["decide_by"]) == (number, "2026-04-18")
    assert "Ada Marsh to Septimus Harding" in run("list", *by, "--campaign", campaign.pk)
    asked = json.loads(run("check", number, *by, "--json"))
    assert list(asked["questions"]) == ["register"]
    run("decide", number, "accepted", "--reason", "Fine", *by, code=1, told="Check the donor first")
    found = json.loads(
        run("check", number, *by, "--answer", "register=yes: the council's letter: page 2", "--json")
    )
    assert (found["outcome"], found["answers"]["register"]["seen"]) == (
        "permissible",
        "the council's letter: page 2",
    )
    done = json.loads(
        run("decide", number, "accepted", "--reason", "Checked.", "--done-on", "2026-03-25", *by, "--json")
    )
    assert (done["state"], done["is_late"]) == ("accepted", False)
    assert json.loads(run("list", *by, "--open", "--json")) == []


def test_an_impermissible_gift_goes_back(cast: Cast, campaign: Campaign) -> None:
    """The check ends with 1; so does accepting; the return is kept."""
    by = ("--by", cast.tess.email)
    run("record", campaign.pk, "--amount", "120", *FACTS, *ADA, *by, told="is written down")
    number = Gift.objects.get().pk
    run("check", number, *by, told="register: Was the donor on a UK electoral register")
    run("check", number, *by, "--answer", "register=no: the letter", code=1, told="Not permissible")
    run("check", number, *by, "--register", code=1, told="No electoral register is held")
    run("decide", number, "accepted", "--reason", "Fine", *by, code=1, told="may not give")
    run("decide", number, "returned_donor", "--reason", "On no register.", *by, told="returned to the donor")
    assert GiftDecision.objects.get().reason == "On no register."


def test_a_correction_and_its_refusals(cast: Cast, campaign: Campaign, tmp_path: Path) -> None:
    """A correction wants a reason; a bad file takes the whole gift back; wrong usage ends with 2."""
    by = ("--by", cast.tess.email)
    record = ("record", campaign.pk, *FACTS, *ADA, *by)
    run(*record, "--amount", "120")
    first = Gift.objects.get().pk
    run(*record, "--amount", "100", "--replaces", first, code=1, told="Say why")
    run(*record, "--amount", "100", "--replaces", first, "--reason", "Read again.")
    (row,) = json.loads(run("list", *by, "--json"))
    assert (row["replaces"], row["amount_pence"]) == (first, 10_000)
    program = tmp_path / "run.pdf"
    program.write_bytes(b"MZ program")
    run(*record, "--amount", "7", "--file", program, code=1, told="not a PDF")
    run(*record, "--amount", "7", "--file", tmp_path / "none.pdf", code=1, told="cannot be read")
    assert Gift.objects.count() == 2
    run(*record, "--amount", "lots", code=2)
    run(*record, "--amount", "7", "--kind", "wizard", code=2)
    run("record", campaign.pk, "--amount", "7", *FACTS, *by, "--received-on", "soon", code=2)
    run("check", first, *by, "--answer", "register", code=2)
    run("check", first, *by, "--answer", "register=yes: x", code=1, told="corrected")
    run(
        "record",
        campaign.pk,
        "--amount",
        "7",
        *FACTS,
        "--route",
        "pigeon",
        *by,
        code=1,
        told="how the gift came",
    )


def test_charlie_cannot(cast: Cast, campaign: Campaign) -> None:
    """An organiser is refused; a treasurer of the west finds neither the books nor the gift; nobody is nobody."""
    run("record", campaign.pk, "--amount", "120", *FACTS, *ADA, "--by", cast.tess.email)
    number = Gift.objects.get().pk
    west = make_user(name="Will", role="treasurer", area=cast.west)
    for email, told in (
        (cast.charlie.email, "may not do this here"),
        ("nobody@post.example", "There is no login nobody@post.example"),
        (west.email, "no gift"),
    ):
        by = ("--by", email)
        run("check", number, *by, "--answer", "register=yes: x", code=1, told=told)
        run("decide", number, "accepted", "--reason", "x", *by, code=1, told=told)
    run("record", campaign.pk, "--amount", "1", *FACTS, "--by", west.email, code=1, told="no such books")
    run("list", "--campaign", campaign.pk, "--by", west.email, code=1, told="no such books")
    assert json.loads(run("list", "--by", west.email, "--json")) == []
    assert Gift.objects.count() == 1
