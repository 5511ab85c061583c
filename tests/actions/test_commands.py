"""`hustings petitions`: written, opened, keyed, struck out, closed and answered on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.actions.commands import app
from hustings.actions.models import Petition, Signature, SignatureState
from hustings.contacts.models import Intention
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ALICE = ("--by", "alice@barset.example")
BOB = ("--by", "bob@barset.example")
CHARLIE = ("--by", "charlie@barset.example")


def _run(*arguments: str, said: str = "", code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], input=said)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code == 0 else result.stderr


def test_a_petition_is_written_opened_closed_and_answered(draft: Petition, cast: Cast) -> None:
    assert "Title" in _run("write", *ALICE, code=1)
    new = ("write", "--title", "Mend the lamps", "--text", "-", "--asked-of", "Barset Council")
    new = (
        *new,
        "--asked-by",
        "Residents",
        "--area",
        cast.east.pk,
        "--goal",
        "100",
        "--issue",
        "Light",
        *ALICE,
    )
    told = _run(*new, said="Mend every lamp.")
    assert (told["slug"], told["state"]) == ("mend-the-lamps", "draft")
    made = Petition.objects.get(slug="mend-the-lamps")
    assert [issue.name for issue in made.issues.all()] == ["Light"]
    assert "Choose the promoter" in _run("open", "mend-the-lamps", *ALICE, code=1)
    assert "a draft" in _run("close", "mend-the-lamps", *ALICE, code=1)
    assert "no party" in _run("write", draft.slug, "--party", "Barset Reds", *ALICE, code=1)

    assert "There is no petition" in _run("write", draft.slug, "--goal", "9", *CHARLIE, code=1)
    assert "Wards" in _run("write", draft.slug, "--goal", "900", *ALICE, code=1)
    _run("write", draft.slug, "--goal", "900", "--ward", cast.east.pk, *ALICE)
    draft.refresh_from_db()
    assert (draft.goal, draft.issues.count(), draft.wards.count(), draft.parties.count()) == (900, 2, 1, 2)
    assert "There is no petition" in _run("open", draft.slug, *CHARLIE, code=1)
    assert _run("open", draft.slug, *ALICE)["state"] == "open"
    assert _run("close", draft.slug, *ALICE)["state"] == "closed"
    assert "may not do this" in _run("state-outcome", draft.slug, "-", *BOB, said="Won.", code=1)
    assert _run("state-outcome", draft.slug, "-", *ALICE, said="The bus stays.")["outcome_at"]
    draft.refresh_from_db()
    assert draft.outcome == "The bus stays."


def test_a_sheet_is_keyed_as_a_whole_and_a_signature_struck_out(
    petition: Petition, postcodes: None, tmp_path: Path
) -> None:
    Petition.objects.filter(pk=petition.pk).update(asks=["email.campaign"], asks_intention=True)
    sheet = tmp_path / "sheet.csv"
    heading = "given_name,family_name,postcode,signed_on,evidence,line,email,consent,issue,intention\n"
    gwen = "Gwen,Jones,ZZ1 1AA,2026-03-29,Box 3,4,gwen@barset.example,email.campaign,Buses,Barset Greens\n"
    sheet.write_text(heading + gwen + "Hal,Jones,ZZ9 9ZZ,2026-03-29,Box 3,5,,,,\n")
    assert "There is no petition" in _run("key", petition.slug, str(sheet), *CHARLIE, code=1)
    refused = _run("key", petition.slug, str(sheet), *BOB, code=1)
    assert "Row 3: Postcode: We do not know" in refused
    assert not Signature.objects.exists()
    assert _run("key", petition.slug, str(sheet), "--postcodes-checked", *BOB)["keyed"] == 2
    signature = Signature.objects.get(given_name="Gwen")
    assert [one["purpose"] for one in signature.choices["consents"]] == ["campaign"]
    assert Signature.objects.count() == 2
    assert Intention.objects.get(person=signature.person).party.name == "Barset Greens"
    rows = _run("export", petition.slug)
    assert {row["number"] for row in rows} == set(Signature.objects.values_list("pk", flat=True))

    which = ("strike-out", petition.slug, str(signature.pk), "-")
    assert "There is no petition" in _run(*which, *CHARLIE, said="Keyed twice.", code=1)
    assert "Reason" in _run(*which, *ALICE, code=1)
    assert _run(*which, *ALICE, said="Keyed twice.")["state"] == SignatureState.WITHDRAWN
    assert "has no signature 999" in _run("strike-out", petition.slug, "999", "-", *ALICE, said="x", code=1)


def test_an_empty_sheet_says_what_can_be_written(petition: Petition) -> None:
    Petition.objects.filter(pk=petition.pk).update(asks=["email.campaign"])
    told = CliRunner().invoke(app, ["key", petition.slug, *BOB])
    assert told.stdout.startswith("given_name,family_name,postcode,signed_on,evidence,")
    assert "consent: email.campaign (" in told.stderr
    assert "issue: Buses" in told.stderr
