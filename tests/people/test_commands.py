"""`hustings people revise`, `merge`, `requests`, `doubtful`: what the desk does, on the command line."""

import json
from datetime import datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.people.commands import app
from hustings.people.models import Person, RightsRequest, SuppressionReview
from hustings.people.queries.doubtful import doubtful_hits
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.record_person import record_person
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ALICE = ("--by", "alice@barset.example")
CHARLIE = ("--by", "charlie@barset.example")
DORA = ("--by", "dora@barset.example")


def _run(*arguments: str, said: str = "", code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], input=said)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code == 0 else result.stderr


@pytest.fixture
def fiona(cast: Cast, barset_postcodes: None, now: datetime) -> Person:
    return record_person(
        given_name="Fiona",
        family_name="Fishwick",
        phone="07700 900123",
        postcode="ZZ1 1AA",
        address_line="12 Mill Lane",
        source="petition bins",
        now=now,
    )


def test_a_person_is_corrected_from_a_file_and_not_moved_away(fiona: Person) -> None:
    told = _run("revise", str(fiona.pk), "-", *ALICE, said='{"given_name": "Fay", "phone": ""}')
    assert (told["given_name"], told["family_name"], told["phone"]) == ("Fay", "Fishwick", "")
    assert "outside" in _run("revise", str(fiona.pk), "-", *ALICE, said='{"postcode": "ZZ2 2BB"}', code=1)
    assert "given_name" in _run("revise", str(fiona.pk), "-", *ALICE, said='{"given": "F"}', code=1)
    assert "is not JSON" in _run("revise", str(fiona.pk), "-", *ALICE, said="Fay", code=1)
    assert "Postcode" in _run("revise", str(fiona.pk), "-", *ALICE, said='{"postcode": "?"}', code=1).title()
    assert "There is no person" in _run("revise", str(fiona.pk), "-", *CHARLIE, said="{}", code=1)


def test_two_rows_are_joined_and_taken_apart(fiona: Person, now: datetime) -> None:
    other = record_person(
        given_name="Fi", family_name="Fishwick", email="fi@b.example", postcode="ZZ1 1AB", source="t", now=now
    )
    pair = (str(fiona.pk), str(other.pk))
    assert "There is no person" in _run("merge", *pair, *CHARLIE, code=1)
    assert "same row" in _run("merge", pair[0], pair[0], *ALICE, code=1)
    number = str(_run("merge", *pair, *ALICE)["id"])
    assert [row["merged"] for row in _run("merges")] == [other.pk]
    assert "No join" in _run("undo-merge", number, *CHARLIE, code=1)
    assert _run("undo-merge", number, *ALICE)["people"] == [fiona.pk, other.pk]
    assert _run("merges") == []


def test_a_request_goes_from_taking_in_to_its_answer(fiona: Person) -> None:
    assert "may not do this" in _run("requests", "open", str(fiona.pk), "access", *ALICE, code=1)
    asked = _run("requests", "open", str(fiona.pk), "access", "--details", "-", *DORA, said="Everything.")
    number = str(asked["id"])
    assert RightsRequest.objects.get(pk=number).details == "Everything."
    assert "may not do this" in _run("requests", "acknowledge", number, *CHARLIE, code=1)
    assert _run("requests", "acknowledge", number, *DORA)["acknowledged_at"]
    assert _run("requests", "verify", number, "-", *DORA, said="Passport seen.")["identity_verified_at"]
    assert "Reason" in _run("requests", "extend", number, "-", *DORA, code=1)
    assert _run("requests", "extend", number, "-", *DORA, said="Many letters.")["due_on"] > asked["due_on"]
    assert _run("requests", "answer", number, "met", "-", *DORA, said="Handed over.")["outcome"] == "met"
    assert "answered before" in _run("requests", "answer", number, "met", "-", *DORA, said="Again.", code=1)
    assert [row["id"] for row in _run("requests", "list")] == [asked["id"]]
    assert _run("requests", "list", "--open") == []


def test_a_doubtful_objection_is_decided_with_a_reason(fiona: Person, now: datetime) -> None:
    object_to_contact(person=fiona, channel="", source="letter", now=now)
    like = record_person(
        given_name="Frank", family_name="Fishwick", phone="07700 900123", source="list", now=now
    )
    (hit,) = doubtful_hits(people=Person.objects.filter(pk=like.pk))
    (row,) = _run("doubtful", "list")
    assert (row["person"], row["objection"]) == (like.pk, str(hit.objection))
    which = ("doubtful", "decide", str(like.pk), str(hit.objection), "-", "--other")
    assert "may not do this" in _run(*which, *CHARLIE, said="Asked him.", code=1)
    assert "How do you know" in _run(*which, *DORA, code=1)
    assert _run(*which, *DORA, said="Asked him.")["is_same_person"] is False
    assert SuppressionReview.objects.get().reason == "Asked him."
    assert _run("doubtful", "list") == []
