"""`hustings materials`, `promoters`, `gate`: what is done on the desk, on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from hustings.clearance import material_commands, promoter_commands
from hustings.clearance.models import Material, OwnLimits, Promoter
from hustings.clearance.usecases import link_imprint as linking
from hustings.clearance.usecases.link_imprint import Seen
from tests.clearance.materials import IMPRINT, make_agent, make_election, make_material, make_promoter
from tests.contacts import cast

pytestmark = pytest.mark.django_db
ALICE = ("--by", "alice@barset.example")
CHARLIE = ("--by", "charlie@barset.example")
FRED = ("--by", "fred@barset.example")


def _run(app: typer.Typer, *arguments: str, said: str = "", code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], input=said)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code == 0 else result.stderr


def _materials(*arguments: str, said: str = "", code: int = 0) -> Any:
    return _run(material_commands.app, *arguments, said=said, code=code)


@pytest.fixture(autouse=True)
def people() -> None:
    cast.make_organisation()
    cast.make_places()
    cast.make_alice()
    cast.make_charlie()
    make_agent()


def test_a_material_is_written_approved_and_withdrawn() -> None:
    promoter, election = make_promoter(), make_election()
    new = ("write", "-", "--title", "The park", "--medium", "email", "--subject", "Save our park")
    told = _materials(
        *new, "--promoter", str(promoter.pk), "--area", cast.EAST, "--election", election.pk, *ALICE,
        said="The council wants to sell it.",
    )  # fmt: skip
    assert told["may_be_approved"], told
    number = str(told["id"])
    assert "Place" in _materials("write", "--material", number, "--area", cast.WEST, *ALICE, code=1)
    assert "There is no material" in _materials("approve", number, *CHARLIE, code=1)
    assert _materials("approve", number, *ALICE)["imprint"].startswith(IMPRINT[:20])
    assert (
        _materials("write", "--material", number, "--targeting", "Everybody", *ALICE)["state"] != "approved"
    )
    assert Material.objects.get(pk=number).body == "The council wants to sell it."
    assert "There is no material" in _materials("withdraw", number, "-", *CHARLIE, said="Old.", code=1)
    assert "Reason" in _materials("withdraw", number, "-", *ALICE, code=1)
    assert _materials("withdraw", number, "-", *ALICE, said="Old.")["state"] == "withdrawn"
    assert [row["id"] for row in _materials("list")] == [told["id"]]
    assert len(_materials("show", number)["copies"]) == 1


def test_the_agent_alone_sets_a_finding_aside() -> None:
    material = make_material(promoter=make_promoter(is_verified=False), election=make_election())
    number = str(material.pk)
    stopping = next(
        one
        for one in _materials("write", "--material", number, *ALICE)["findings"]
        if one["level"] == "block" and one["id"] in {"I3", "I4"}
    )
    which = ("override", number, stopping["code"], "-")
    assert "may not do this" in _materials(*which, *ALICE, said="Known.", code=1)
    assert "does not stand in the way" in _materials("override", number, "x", "-", *FRED, said="x", code=1)
    assert _materials(*which, *FRED, said="Known to us for years.")["code"] == stopping["code"]


def test_a_leaflet_and_a_card_are_made(tmp_path: Path) -> None:
    promoter = make_promoter()
    number = str(make_material(promoter=promoter).pk)
    leaflet = ("leaflet", number, "--out", str(tmp_path / "leaflet.pdf"))
    assert "There is no material" in _materials(*leaflet, *CHARLIE, code=1)
    assert "Printer" in _materials(*leaflet, *ALICE, code=1)
    _materials(*leaflet, "--printer", str(promoter.pk), *ALICE)
    assert (tmp_path / "leaflet.pdf").read_bytes().startswith(b"%PDF")
    made = _materials("card", number, "--words", "Save our park.", *ALICE)
    assert Material.objects.get(pk=made["id"]).upload_type == "image/png"


def test_an_imprint_stands_behind_a_link_and_in_the_material_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = [Seen(status=404), Seen(status=200, text=IMPRINT, needs_login=False)]
    monkeypatch.setattr(linking, "look_over_http", lambda _url: seen.pop(0))
    number = str(make_material(medium="social").pk)
    link = (
        "link-imprint",
        number,
        "-",
        "--platform",
        "short-post",
        "--url",
        "https://barset.example/imprint",
    )
    assert "There is no material" in _materials(*link, *CHARLIE, said="200 letters.", code=1)
    assert "answers with status 404" in _materials(*link, *ALICE, said="200 letters.", code=1)
    assert _materials(*link, *ALICE, said="200 letters.")["trouble"] == ""
    assert "There is no material" in _materials("unlink-imprint", number, *CHARLIE, code=1)
    assert _materials("unlink-imprint", number, *ALICE)["adds_imprint"]


def test_a_promoter_is_written_and_verified() -> None:
    def promoters(*arguments: str, said: str = "", code: int = 0) -> Any:
        return _run(promoter_commands.app, *arguments, said=said, code=code)

    new = ("write", "--name", "Ann Agent", "--address", "1 High Street, Barset", "--postcode", "ZZ1 1AA")
    made = promoters(*new, "--area", cast.EAST, *ALICE)
    number = str(made["id"])
    assert "There is no promoter" in promoters("write", number, "--name", "X", *CHARLIE, code=1)
    assert "may not do this" in promoters("verify", number, "-", *ALICE, said="Her letter.", code=1)
    assert "How do you know" in promoters("verify", number, "-", *FRED, code=1)
    assert promoters("verify", number, "-", *FRED, said="Her letter.")["verified_at"]
    assert promoters("write", number, "--printer", *ALICE)["verified_at"]
    assert promoters("write", number, "--name", "Ann Archer", *ALICE)["verified_at"] is None
    assert [row["name"] for row in promoters("list")] == ["Ann Archer"]
    assert Promoter.objects.get().is_printer


def test_our_own_limits_are_set_with_a_reason() -> None:
    def gate(*arguments: str, said: str = "", code: int = 0) -> Any:
        return _run(promoter_commands.gate, *arguments, said=said, code=code)

    assert "may not do this" in gate("set-limits", "-", "--most", "3", *CHARLIE, said="Less.", code=1)
    assert "Why" in gate("set-limits", "-", "--most", "3", *FRED, code=1)
    assert gate("set-limits", "-", "--most", "3", *FRED, said="Less.")["most_contacts"] == 3
    told = gate("set-limits", "-", "--most", "0", "--under-16", *FRED, said="As the law has it.")
    assert (told["most_contacts"], told["leaves_out_under_16"]) == (None, False)
    assert gate("limits") == told
    assert OwnLimits.objects.count() == 2
