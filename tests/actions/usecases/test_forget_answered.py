"""Signatures lose their names a year after the petition was answered, as the privacy notice promises."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from hustings.actions.commands import app
from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.usecases.close_petition import close_petition, state_outcome
from hustings.actions.usecases.forget_answered import KEPT_AFTER_ANSWER, forget_answered
from hustings.actions.usecases.key_signature import key_signature
from hustings.basics.clock import clock_set_to
from hustings.people.models import Person
from hustings.platform.models import AuditEntry
from tests.actions.usecases.test_key_signature import counted, keyed
from tests.cast import Cast
from tests.conftest import NOW

ANSWERED = NOW + timedelta(days=40)
A_YEAR_ON = ANSWERED + KEPT_AFTER_ANSWER


@pytest.fixture
def signature(petition: Petition, cast: Cast) -> Signature:
    """Gwen's, on a sheet; the petition was closed and then answered."""
    made = key_signature(form=keyed(petition), by=cast.bob, now=NOW)
    close_petition(petition=petition, by=cast.alice, now=NOW + timedelta(days=30))
    petition.refresh_from_db()
    state_outcome(petition=petition, outcome="The 42 stays.", by=cast.alice, now=ANSWERED)
    return made


def test_a_year_after_the_answer_only_the_count_is_left(petition: Petition, signature: Signature) -> None:
    """Name, address, choices and the link to the person are gone; the person, with their consents, is not."""
    person_id = signature.person_id
    assert forget_answered(now=A_YEAR_ON - timedelta(seconds=1)) == 0
    assert forget_answered(now=A_YEAR_ON) == 1
    signature.refresh_from_db()
    written = (signature.given_name, signature.family_name, signature.postcode, signature.address_line)
    assert written == ("", "", "", "")
    assert (signature.person, signature.choices, list(signature.evidence)) == (None, {}, ["erased"])
    assert signature.state == SignatureState.CONFIRMED
    assert counted(petition) == 1
    assert Person.objects.filter(pk=person_id).exists()
    noted = AuditEntry.objects.get(verb="forgot signatures")
    assert noted.detail == {"signatures": 1}
    assert forget_answered(now=A_YEAR_ON + timedelta(days=1)) == 0, "nothing is left to do"


def test_what_is_open_or_unanswered_keeps_its_names(
    petition: Petition, signature: Signature, cast: Cast
) -> None:
    """Nobody has answered, or people may still sign."""
    Petition.objects.filter(pk=petition.pk).update(state="open", closes_at=None)
    assert forget_answered(now=A_YEAR_ON) == 0
    close_petition(petition=petition, by=cast.alice, now=A_YEAR_ON)
    petition.refresh_from_db()
    state_outcome(petition=petition, outcome="", by=cast.alice, now=A_YEAR_ON)
    assert forget_answered(now=A_YEAR_ON + KEPT_AFTER_ANSWER) == 0
    signature.refresh_from_db()
    assert signature.given_name == "Gwen"


def test_the_command_counts_first(petition: Petition, signature: Signature) -> None:
    """A dry run changes nothing."""
    with clock_set_to(A_YEAR_ON):
        dry = json.loads(CliRunner().invoke(app, ["forget", "--dry-run", "--json"]).stdout)
        assert dry == {"signatures": 1, "dry_run": True}
        signature.refresh_from_db()
        assert signature.given_name == "Gwen"
        assert "1 signatures were emptied" in CliRunner().invoke(app, ["forget"]).stdout
    signature.refresh_from_db()
    assert signature.given_name == ""
