"""A writer is killed again and again in the middle of its work; what is left verifies, and what was promised is there."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from hustings.openness.models import Entry
from hustings.openness.queries.log import kept_head, log_key, log_state, newest_checkpoint, root_at, tree_size
from hustings.openness.rules.verifying import verify_log
from hustings.openness.usecases import export_log, sign_checkpoint
from tests.openness.rules.test_merkle import mth

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kill]

KILLS = 8


def _run_and_kill(*, since: int, after: float) -> int:
    """Let it work, kill it some time after its first answer; returns the last number it had answered for."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:."}
    command = [
        *(sys.executable, "-m", "tests.openness.log.kill_writer", str(connection.settings_dict["NAME"])),
        *(str(settings.HUSTINGS_LEDGER_KEPT), str(since)),
    ]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
    whole = [line for line in [first.strip(), *rest] if line.isdecimal()]
    return int(whole[-1])


def test_a_killed_writer_leaves_a_log_that_verifies(now: datetime, tmp_path: Path) -> None:
    chance = random.Random(4)
    answered = 0
    for _kill in range(KILLS):
        answered = _run_and_kill(since=Entry.objects.count(), after=chance.random() * 0.25)
        count = Entry.objects.count()
        leaves = [bytes(leaf) for leaf in Entry.objects.order_by("number").values_list("leaf", flat=True)]
        assert tree_size() == count >= answered, (
            "entries and tree are kept together, and what was answered stays"
        )
        assert root_at(size=count) == mth(leaves)
        assert log_state().trouble == ""
        head, newest = kept_head(), newest_checkpoint()
        assert head is not None
        assert newest is None or head.size >= newest.size, (
            "it is kept beside the keys before anybody can see it"
        )
    sign_checkpoint(now=now)
    export_log(folder=tmp_path / "log")

    def read(path: str) -> bytes | None:
        file = tmp_path / "log" / path
        return file.read_bytes() if file.is_file() else None

    report = verify_log(read=read, key=log_key())
    assert (report.faults, report.size) == ([], Entry.objects.count())
