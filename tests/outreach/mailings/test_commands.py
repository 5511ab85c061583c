"""Mailings on the command line."""

import json
from datetime import datetime

import pytest
from typer.testing import CliRunner

from hustings.outreach.audiences.models import Audience
from hustings.outreach.mailings.commands import app
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.save_mailing import MailingPlan, MailingWords, save_mailing
from hustings.platform.jobs import worker
from tests.clearance.materials import make_promoter
from tests.contacts import cast
from tests.postroom.mail_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
runner = CliRunner()


@pytest.fixture
def mailing(now: datetime) -> Mailing:
    cast.make_organisation()
    cast.make_places()
    cast.make_person(name="Gwen Proudie", email="gwen@village.example", consents=(("email", "campaign"),))
    cast.make_person(name="Dora Grantly", email="dora@village.example")
    alice = cast.make_alice()
    audience = Audience.objects.create(
        name="East", area_id=cast.EAST, conditions={}, made_at=now, changed_at=now
    )
    return save_mailing(
        title="Sunday buses",
        audience=audience,
        words=MailingWords(subject="Buses", words="The 7 must run.", promoter=make_promoter()),
        plan=MailingPlan(reply_to="alice@barset.example"),
        by=alice,
        now=now,
    )


def test_from_the_gate_to_figures(mailing: Mailing, now: datetime, sink: Sink) -> None:
    number = str(mailing.pk)
    assert mailing.made_by is not None
    (row,) = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    assert (row["title"], row["state"], row["is_approved"]) == ("Sunday buses", "draft", False)
    early = runner.invoke(app, ["send", number, "--by", "alice@barset.example"])
    assert early.exit_code == 1
    assert "Approve the mailing" in early.stderr
    by = ["--by", "alice@barset.example", "--json"]
    assert runner.invoke(app, ["schedule", number, "--at", "2026-04-01T10:00", *by]).exit_code == 1
    assert json.loads(runner.invoke(app, ["approve", number, *by]).stdout)["state"] == "draft"
    assert runner.invoke(app, ["approve", number, *by]).exit_code == 1
    assert runner.invoke(app, ["pause", number, *by]).exit_code == 1
    begins = json.loads(runner.invoke(app, ["schedule", number, "--at", "2026-04-01T10:00", *by]).stdout)
    assert (begins["state"], begins["send_at"][:16]) == ("scheduled", "2026-04-01 10:00")
    assert json.loads(runner.invoke(app, ["schedule", number, *by]).stdout)["state"] == "draft"
    asked = json.loads(runner.invoke(app, ["clear", number, "--json"]).stdout)
    assert (asked["asked"], asked["cleared"], asked["by_reason"]) == (2, 1, {"no-consent": 1})
    sent = json.loads(runner.invoke(app, ["send", number, "--by", "Alice@barset.example", "--json"]).stdout)
    assert (sent["state"], sent["cleared"]) == ("sending", 1)
    assert json.loads(runner.invoke(app, ["pause", number, *by]).stdout)["state"] == "paused"
    assert "cannot be" in runner.invoke(app, ["pause", number, *by]).stderr
    assert json.loads(runner.invoke(app, ["resume", number, *by]).stdout)["state"] == "sending"
    worker.run_all()
    shown = json.loads(runner.invoke(app, ["show", number, "--json"]).stdout)
    assert shown["state"] == "finished"
    assert shown["figures"]["agree"]
    said = runner.invoke(app, ["show", str(mailing.pk)]).stdout
    assert "yes: the figures agree" in said
    assert "True" not in said
    assert shown["figures"]["accepted"] == 1
    assert sink.recipients == ["gwen@village.example"]


def test_a_test_goes_to_the_login_alone(mailing: Mailing, sink: Sink) -> None:
    told = runner.invoke(app, ["test", str(mailing.pk), "--by", "alice@barset.example"])
    assert "A test goes to alice@barset.example." in told.stdout
    worker.run_all()
    assert sink.recipients == ["alice@barset.example"]


def test_only_whoever_may_send_sends(mailing: Mailing, now: datetime) -> None:
    assert mailing.made_by is not None
    approve_mailing(mailing=mailing, by=mailing.made_by, now=now)
    cast.make_charlie()
    told = runner.invoke(app, ["send", str(mailing.pk), "--by", "charlie@barset.example"])
    assert told.exit_code == 1
    assert "may not send" in told.stderr
    assert runner.invoke(app, ["send", str(mailing.pk), "--by", "nobody@barset.example"]).exit_code == 1
    mailing.refresh_from_db()
    assert mailing.dispatch is None


def test_a_number_that_is_not_there() -> None:
    assert runner.invoke(app, ["show", "99"]).exit_code == 1
    assert "no mailing yet" in runner.invoke(app, ["list"]).stdout


def test_a_mailing_is_written_from_a_file_and_changed(mailing: Mailing) -> None:
    def write(*words: str, said: str = "") -> tuple[int, str, str]:
        told = runner.invoke(app, ["write", *words, "--json"], input=said)
        return told.exit_code, told.stdout, told.stderr

    cast.make_charlie()
    promoter = mailing.material.promoter
    assert promoter is not None
    by = ("--by", "alice@barset.example")
    new = ("-", "--title", "Trains", "--subject", "Trains", "--audience", str(mailing.audience_id))
    new = (*new, "--promoter", str(promoter.pk), "--purpose", "campaign", "--nation", "england")
    assert write(*new, "--by", "charlie@barset.example", said="The 8.")[:2] == (1, "")
    assert "What you want to say: " in write(*new, *by)[2]
    assert write(*new, *by, said="Dear {{ shoe_size }}")[:2] == (1, "")
    code, made, why = write(*new, *by, said="The 8 must run.")
    assert code == 0, why
    number = str(json.loads(made)["id"])
    assert "There is no mailing" in write("--mailing", number, "--by", "charlie@barset.example")[2]
    assert json.loads(write("--mailing", number, "--title", "More trains", *by)[1])["title"] == "More trains"
    changed = Mailing.objects.get(pk=number)
    assert (changed.material.body, changed.reply_to) == ("The 8 must run.", "alice@barset.example")
    runner.invoke(app, ["approve", number, *by])
    assert "has been approved" in write("--mailing", number, "--title", "Late", *by)[2]
