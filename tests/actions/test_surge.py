"""A surge against the real server, killed in the middle: whatever was answered is stored, once."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.basics.clock import SystemClock
from hustings.platform.models import Job
from hustings.postroom.models import Message
from hustings.project.serve import web_command, writer_command
from tests.actions.forms import stamp_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kill, pytest.mark.timeout(900)]

CONNECTIONS = 32


class Site:
    """The web server and the writer process, with the settings of an installation, on the test's database."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.running: list[subprocess.Popen[bytes]] = []
        home.mkdir(exist_ok=True)
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "hustings.project.settings",
            "HUSTINGS_HOME": str(home),
            "HUSTINGS_KEYS": str(django_settings.HUSTINGS_KEYS),
            "HUSTINGS_MODE": "test",
            "HUSTINGS_TRUSTED_PROXIES": "127.0.0.0/8",
            "PYTHONPATH": "src:.",
            "PYTHONWARNINGS": "ignore",
        }
        if connection.vendor == "sqlite":
            (home / "hustings.sqlite3").symlink_to(str(connection.settings_dict["NAME"]))
        else:
            known = connection.settings_dict
            address = f"{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}"
            self.env["DATABASE_URL"] = f"postgres://{address}/{known['NAME']}"

    def start_writer(self) -> "subprocess.Popen[bytes]":
        writer = self._started(writer_command())
        _until(lambda: (self.home / "run" / "writer.sock").exists(), writer)
        return writer

    def start_web(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        web = self._started(web_command(port=port, workers=2))
        _until(lambda: _answers(port), web)
        return port

    def kill(self) -> None:
        """Every process at once, without warning."""
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self.running:
            process.wait()
        self.running.clear()

    def _started(self, command: list[str]) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(command, env=self.env, start_new_session=True)
        self.running.append(process)
        return process


def _until(is_so: Any, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        if is_so():
            return
        assert process.poll() is None, "the process ended"
        threading.Event().wait(0.1)
    raise AssertionError("it did not start in two minutes")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as asking:
            asking.sendall(b"GET /petitions/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return asking.recv(12).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "home")
    yield made
    made.kill()


def surge(*, port: int, petition: Petition, seconds: float, first: int) -> "subprocess.Popen[str]":
    """Start sending forms, each from a visitor and an address of its own."""
    stamp = stamp_of(petition=petition, made_at=SystemClock().now() - timedelta(minutes=1))
    command = [sys.executable, "-m", "bench.load_client", str(port), f"/petitions/{petition.slug}/"]
    return subprocess.Popen(
        [*command, str(CONNECTIONS), str(seconds), str(first), stamp, "--names"],
        stdout=subprocess.PIPE,
        text=True,
    )


def figures_of(client: "subprocess.Popen[str]") -> dict[str, Any]:
    told, _errors = client.communicate(timeout=300)
    assert client.returncode == 0
    figures: dict[str, Any] = json.loads(told)
    return figures


def wait_for_signatures(least: int) -> None:
    _until(lambda: Signature.objects.count() >= least, _Never())  # type: ignore[arg-type]


class _Never:
    def poll(self) -> None:
        return None


def assert_whole(answered: set[int]) -> None:
    """Answered is stored, nothing is doubled, and each signature has its one message."""
    emails = list(Signature.objects.values_list("email", flat=True))
    assert max(Counter(emails).values()) == 1
    assert {f"ewan{number}@barset.example" for number in answered} <= set(emails)
    assert not Signature.objects.exclude(state=SignatureState.PENDING).exists()
    confirmations = set(Signature.objects.values_list("confirmation_id", flat=True))
    assert set(Message.objects.values_list("public_id", flat=True)) == confirmations
    assert Counter(Message.objects.values_list("address", flat=True)) == Counter(emails)
    assert Job.objects.filter(task_path__endswith="deliver_single_messages").exists()


@pytest.mark.parametrize("delay", [0.0, 0.35])
def test_killed_in_the_middle_answered_is_stored(site: Site, petition: Petition, delay: float) -> None:
    """Writer and workers are killed at once; then the same forms come in again, and everybody is there once."""
    site.start_writer()
    client = surge(port=site.start_web(), petition=petition, seconds=60, first=0)
    wait_for_signatures(100)
    threading.Event().wait(delay)
    site.kill()
    killed = figures_of(client)
    answered = set(killed["names"])
    assert answered
    assert set(killed["statuses"]) == {"200"}
    assert_whole(answered)
    lost = killed["next"] - len(answered)
    assert lost <= CONNECTIONS

    site.start_writer()
    client = surge(port=site.start_web(), petition=petition, seconds=3, first=0)
    again = set(figures_of(client)["names"])
    assert_whole(answered | again)


def test_the_writer_process_may_die_without_anybody_noticing(site: Site, petition: Petition) -> None:
    """Its entries are stored again by the workers themselves; no form fails, none is doubled."""
    writer = site.start_writer()
    port = site.start_web()
    client = surge(port=port, petition=petition, seconds=8, first=0)
    wait_for_signatures(60)
    writer.send_signal(signal.SIGKILL)
    figures = figures_of(client)
    assert set(figures["statuses"]) == {"200"}
    assert len(figures["names"]) > 60
    assert_whole(set(figures["names"]))


def test_the_limit_holds_across_workers(site: Site, petition: Petition) -> None:
    """One visitor, two workers, one limit."""
    from http.client import HTTPConnection
    from urllib.parse import urlencode

    from hustings.actions.rules.allowances import ADDRESS_BURST

    port = site.start_web()
    stamp = stamp_of(petition=petition, made_at=SystemClock().now() - timedelta(minutes=1))
    statuses: Counter[int] = Counter()
    for number in range(ADDRESS_BURST + 12):
        body = urlencode({"stamp": stamp, "given_name": "Ewan", "family_name": "M", "postcode": "ZZ1 1AA", "email": f"e{number}@barset.example"})  # fmt: skip  # noqa: E501
        asking = HTTPConnection("127.0.0.1", port, timeout=60)
        asking.request("POST", "/petitions/save-the-bus/", body, {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": "203.0.113.9"})  # fmt: skip  # noqa: E501
        answer = asking.getresponse()
        answer.read()
        statuses[answer.status] += 1
        asking.close()
    # The allowance grows by four a minute while the forms are sent.
    assert ADDRESS_BURST <= statuses[200] <= ADDRESS_BURST + 11
    assert statuses[429] >= 1
    assert Signature.objects.count() == statuses[200]


def test_a_commit_is_on_disk_before_it_returns(site: Site) -> None:
    """The settings of an installation ask the database for it."""
    program = (
        "import django; django.setup(); from django.db import connection; cursor = connection.cursor(); "
        "cursor.execute('PRAGMA synchronous' if connection.vendor == 'sqlite' else 'SHOW synchronous_commit'); "
        "print(cursor.fetchone()[0])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], env=site.env, check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() in {"2", "on"}
