"""The postroom on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.postroom.commands import app
from hustings.postroom.models import Message, MessageState
from tests.cast import Cast
from tests.conftest import NOW
from tests.postroom.delivery.test_name_servers import name_server
from tests.postroom.mail_sink import Sink
from tests.postroom.outbox import make_dispatch, make_people
from tests.postroom.reports import dsn, mbox

__all__ = ["name_server"]
pytestmark = pytest.mark.django_db


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.stdout


def test_what_waits_is_sent_and_shown(sink: Sink) -> None:
    dispatch = make_dispatch(make_people(4))
    assert json.loads(run("status", "--json"))["dispatches"][0]["queued"] == 4
    sent = json.loads(run("send", "--json"))
    assert sent["dispatches"] == {str(dispatch.pk): {"accepted": 4, "withdrawn": 0}}
    row = json.loads(run("status", "--json"))["dispatches"][0]
    assert (row["accepted"], row["state"], row["total"]) == (4, "finished", 4)
    assert "4 accepted" in run("status")
    assert len(sink.taken) == 4


def test_a_mailbox_is_read(tmp_path: Path) -> None:
    make_dispatch(make_people(1))
    message_id = f"{Message.objects.get().public_id.hex}@barset.example"
    path = tmp_path / "back.mbox"
    path.write_bytes(mbox(dsn(message_id=message_id)))
    counts = json.loads(run("bounces", str(path), "--json"))
    assert (counts["read"], counts["bounces"], counts["addresses_unusable"]) == (1, 1, 1)
    assert "1 known before" in run("bounces", str(path))
    path.write_text("not a mailbox")
    run("bounces", str(path), code=1)
    run("bounces", str(tmp_path / "none.mbox"), code=2)


def test_a_domain_is_checked(name_server: list[str]) -> None:
    found = json.loads(run("check-domain", "barset.example", "--selector", "s1", "--json"))
    assert (found["domain"], found["is_ready"], found["selectors"]) == ("barset.example", True, ["s1"])
    assert [finding["check"] for finding in found["findings"]] == ["spf", "dkim", "dmarc"]
    assert "is not ready" in run("check-domain", "mail.example", "--selector", "s1", code=1)
    run("check-domain", "nonsense", code=1)


def test_a_message_of_unknown_fate_is_sent_once_more(cast: Cast) -> None:
    dispatch = make_dispatch(make_people(2, area=cast.east))
    message = Message.objects.order_by("pk")[0]
    Message.objects.filter(pk=message.pk).update(state=MessageState.UNKNOWN, ended_at=NOW)
    (row,) = json.loads(run("unknown", "--json"))
    assert (row["id"], row["dispatch"]) == (message.pk, dispatch.pk)
    which = ("resend", "--message", str(message.pk), "--json")
    charlie = CliRunner().invoke(app, [*which, "--by", "charlie@barset.example"])
    assert (charlie.exit_code, charlie.stdout) == (1, "")
    assert "whom this login looks after" in charlie.stderr
    run("resend", "--dispatch", str(dispatch.pk), "--by", "charlie@barset.example", code=1)
    run("resend", "--by", "alice@barset.example", code=2)
    assert json.loads(run(*which, "--by", "alice@barset.example")) == {"sent_again": 1}
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    run(*which, "--by", "alice@barset.example", code=1)
