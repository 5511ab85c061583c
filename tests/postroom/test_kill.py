"""A real worker is killed at many points while it sends to a real server; nobody is left out, nobody is written to twice."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hustings.basics.clock import SystemClock, clock_set_to
from hustings.contacts.models import Contact
from hustings.postroom.models import Dispatch, DispatchState, Message, MessageState
from tests.postroom.mail_sink import Behaviour
from tests.postroom.outbox import make_dispatch, make_people, outbox_sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kill, pytest.mark.timeout(600)]

PEOPLE = 400
CONNECTIONS = 3


class Killer:
    """Kills the worker at a chosen point of the conversation, or so long after its first message."""

    def __init__(self) -> None:
        self.pid = 0
        self.point = ""
        self.countdown = 0
        self.kills = 0

    def aim(self, *, pid: int, point: str, count: int) -> None:
        self.point, self.countdown, self.pid = point, count, pid

    def passes(self, point: str) -> None:
        """The server has come to this point once more."""
        if self.pid and point == self.point:
            self.countdown -= 1
            if self.countdown <= 0:
                self.strike()
        elif self.pid and self.point == "delay" and point == "answered":
            pid = self.pid
            self.point = "waiting"
            threading.Timer(self.countdown / 1000, self.strike, [pid]).start()

    def strike(self, pid: int = 0) -> None:
        if self.pid and (not pid or pid == self.pid):
            os.kill(self.pid, signal.SIGKILL)
            self.pid = 0
            self.kills += 1

    def behaviour(self) -> Behaviour:
        def at(point: str, reply: str) -> Callable[[str], str | None]:
            def answer(address: str) -> str | None:
                self.passes(point)
                return reply

            return answer

        def content(address: str) -> str | None:
            self.passes("before the answer")
            self.passes("answered")
            return "250 2.0.0 taken"

        return Behaviour(
            sender=at("MAIL", "250 ok"),
            recipient=at("RCPT", "250 ok"),
            data=at("DATA", "354 go"),
            content=content,
            content_pause_seconds=0.002,
        )


@pytest.fixture
def workers(
    tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts the process that forks workers, for a server's address."""
    started: list[subprocess.Popen[str]] = []

    def start(url: str) -> subprocess.Popen[str]:
        name = str(connection.settings_dict["NAME"])
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:."}
        command = [sys.executable, "-m", "tests.postroom.kill_worker", name, str(tmp_path), url]
        process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)
        assert process.stdout is not None
        process.stdout.close()


def test_killing_the_worker_anywhere_loses_nobody_and_doubles_nobody(
    settings: Any, tmp_path: Path, workers: Callable[[str], subprocess.Popen[str]]
) -> None:
    chance = random.Random(20260507)
    points = [
        *(("MAIL", 1), ("RCPT", 1), ("DATA", 1), ("before the answer", 1)),  # at the very beginning
        *((point, chance.randint(2, 45)) for point in ("MAIL", "RCPT", "DATA") for _ in range(2)),
        *(("before the answer", chance.randint(2, 45)) for _ in range(4)),
        *(("delay", chance.randint(1, 150)) for _ in range(6)),  # milliseconds: wherever it happens to be
    ]
    killer = Killer()
    with clock_set_to(SystemClock().now()):
        dispatch = make_dispatch(make_people(PEOPLE), now=SystemClock().now())
    with outbox_sink(settings, tmp_path, killer.behaviour()) as sink:
        process = workers(sink.url)
        assert process.stdin is not None
        assert process.stdout is not None
        for point, count in [*points, ("never", 1)]:
            process.stdin.write("go\n")
            process.stdin.flush()
            killer.aim(pid=int(process.stdout.readline()), point=point, count=count)
            ended = int(process.stdout.readline())
            killer.pid = 0
            assert ended in (0, -signal.SIGKILL)
            if ended == 0:
                break
        taken = Counter(sink.recipients)
    assert killer.kills >= 12, killer.kills

    states = Counter(Message.objects.values_list("state", flat=True))
    assert set(states) <= {MessageState.ACCEPTED, MessageState.UNKNOWN}, states
    assert states.total() == PEOPLE
    assert 1 <= states[MessageState.UNKNOWN] <= killer.kills * CONNECTIONS
    doubled = {address: count for address, count in taken.items() if count > 1}
    assert doubled == {}
    unknown = set(Message.objects.filter(state=MessageState.UNKNOWN).values_list("address", flat=True))
    assert {f"p{n}@barset.example" for n in range(PEOPLE)} - set(taken) <= unknown
    accepted = set(Message.objects.filter(state=MessageState.ACCEPTED).values_list("address", flat=True))
    assert accepted <= set(taken)
    assert Contact.objects.count() == PEOPLE
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.FINISHED
    assert Dispatch.objects.count() == 1
    assert list((tmp_path / "postroom").iterdir()) == []
