"""The desk's list of electors who perhaps objected, and the decision; Charlie sees nothing of Alice's."""

import json
from datetime import datetime

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from hustings.accounts.models import Role
from hustings.register.commands import app
from hustings.register.models import ElectorReview, Entitlement
from tests.cast import Cast, make_user, signed_in
from tests.register.conftest import Import
from tests.register.usecases.test_decide_elector_hit import elector, object_as

pytestmark = pytest.mark.django_db
LIST = reverse("register_desk:doubtful")


@pytest.fixture
def question(load: Import, barset: Cast, now: datetime) -> str:
    """Alice Archer's page, who may have written the letter of A. Archer."""
    load()
    objection = object_as("A", now=now)
    return reverse("register_desk:decide_doubtful", args=[elector("Alice Mary").pk, objection])


def test_charlie_cannot(question: str, barset: Cast) -> None:
    """Neither as organiser of another ward nor as its data officer."""
    officer = make_user(name="Cora", role=Role.DATA_OFFICER, area=barset.west)
    for login in (barset.charlie, officer):
        client = signed_in(login)
        said = {"answer": "other", "reason": "x"}
        assert {client.get(question).status_code, client.post(question, said).status_code} <= {403, 404}
    assert "Archer" not in signed_in(officer).get(LIST).content.decode()
    assert not ElectorReview.objects.exists()


def test_looked_at_decided_and_decided_otherwise(question: str, barset: Cast) -> None:
    client = signed_in(barset.dora)
    assert question in client.get(LIST).content.decode()
    page = client.get(question).content.decode()
    for words in ("Alice Mary", "the objection has the same initial, no more", "1 Mill Street", "letter"):
        assert words in page
    kept = client.post(question, {"answer": "other", "reason": ""})
    assert (kept.status_code, ElectorReview.objects.count()) == (200, 0)
    client.post(question, {"answer": "other", "reason": "Moved in since the letter"})
    after = client.get(LIST).content.decode()
    assert "Nobody waits" in after
    assert "Moved in since the letter" in after
    assert "does not keep the elector" in client.get(question).content.decode()
    client.post(question, {"answer": "same", "reason": "Rang the house"})
    page = client.get(question).content.decode()
    assert "The objection holds" in page
    assert "Moved in since the letter" in page


def test_a_register_that_may_not_be_read_says_so(question: str, barset: Cast, now: datetime) -> None:
    Entitlement.objects.update(valid_until=now.date())
    client = signed_in(barset.dora)
    assert "ended on" in client.get(LIST).content.decode()
    assert client.get(question).status_code == 302


def test_the_command_lists_and_decides(question: str, barset: Cast) -> None:
    def run(*arguments: str, code: int = 0, given: str = "") -> str:
        result = CliRunner().invoke(app, ["doubtful", *arguments], input=given)
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.stderr

    (row,) = json.loads(run("list", "--json"))
    assert row["agrees"]["given name"] == "their initial"
    assert "Alice Mary Archer" in run("list")
    which = ("decide", str(row["elector"]), row["objection"], "-", "--by")
    run(*which, barset.dora.email, "--other", code=1, given=" ")
    said = json.loads(run(*which, barset.dora.email, "--other", "--json", given="Moved in"))
    assert (said["is_same_person"], said["reason"]) == (False, "Moved in")
    assert json.loads(run("list", "--json")) == []
    assert "somebody else" in run("list", "--decided")
    run(*which, barset.charlie.email, "--same", code=1, given="x")
    assert "names them" in run(*which[:1], "0", *which[2:], barset.dora.email, "--same", code=1, given="x")
