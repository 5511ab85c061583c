"""A surge of signatures: 32 connections, every answer held until the signature and its message are on disk.

Four ways through the same middleware, limits, validation and answer page, in one run and in turn: nothing stored (the
limit), the application as `hustings serve` runs it (a writer process commits for all workers), the same without a writer
process (each worker has a writer thread), and two ORM creates in the request (the peer). The client is a
process of its own on the same machine; each form comes from a visitor of its own, with the limits left on. After each run
the rows are counted: answered must be stored, once.

Limits to hold: 0.30 of the rate without storing, and a 99th percentile of 100 ms; 0.50 is what we aim at.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from typing import Any

CONNECTIONS, SECONDS, ROUNDS = 32, 6.0, 3
SHARE, P99_MS = 0.30, 100.0
WAYS = {
    "none": "nothing stored",
    "process": "writer process",
    "thread": "writer threads",
    "orm": "ORM creates",
}


def run() -> None:
    """Measure each way in turn, three times over."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustings.project.settings")
    os.environ["HUSTINGS_TRUSTED_PROXIES"] = "127.0.0.0/8"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    stamp = _petition()
    results: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    first = 0
    rounds = int(os.environ.get("BENCH_ROUNDS", ROUNDS))
    for _ in range(rounds):
        for way in os.environ.get("BENCH_WAYS", ",".join(WAYS)).split(","):
            figures = measure(way=way, stamp=stamp, first=first)
            first = figures["next"]
            results[way].append(figures)
            print(f"  {way:<8}{_line(figures)}", flush=True)
    print("\nmedians of", rounds)
    limit = _median(results["none"], "per_second")
    for way, name in WAYS.items():
        if results[way]:
            rate, p99 = _median(results[way], "per_second"), _median(results[way], "p99_ms")
            print(f"  {name:<16}{rate:7,.0f} a second   p99 {p99:6.1f} ms   {rate / limit:.2f} of the limit")
    share = _median(results["process"], "per_second") / limit
    p99 = _median(results["process"], "p99_ms")
    held = share >= SHARE and p99 <= P99_MS
    print(f"limits (share {SHARE:.2f}, p99 {P99_MS:.0f} ms): {'held' if held else 'NOT held'}")
    sys.exit(0 if held else 1)


def measure(*, way: str, stamp: str, first: int) -> dict[str, Any]:
    """One run of one way; checks that what was answered is stored, once."""
    from hustings.actions.models import Signature
    from hustings.postroom.models import Message

    before = Signature.objects.count(), Message.objects.count()
    port = _free_port()
    writer = start_writer() if way == "process" else None
    server = start_server(port=port, env={"BENCH_STORE": way}, application="bench.signing_app:application")
    try:
        warm = load(port=port, connections=CONNECTIONS, seconds=1.5, first=first, stamp=stamp)
        figures = load(port=port, connections=CONNECTIONS, seconds=SECONDS, first=warm["next"], stamp=stamp)
    finally:
        for process in filter(None, (server, writer)):
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    answered = sum(each["statuses"].get("200", 0) for each in (warm, figures))
    refused = {
        status: n for each in (warm, figures) for status, n in each["statuses"].items() if status != "200"
    }
    if refused:
        raise SystemExit(f"The server refused forms: {refused}")
    stored = Signature.objects.count() - before[0], Message.objects.count() - before[1]
    if stored != ((0, 0) if way == "none" else (answered, answered)):
        raise SystemExit(
            f"{way}: {answered:,} answered, {stored[0]:,} signatures, {stored[1]:,} messages stored."
        )
    return figures


def start_server(*, port: int, env: dict[str, str], application: str) -> "subprocess.Popen[bytes]":
    """The web server as `hustings serve` starts it, on another port."""
    from hustings.project.serve import web_command

    command = web_command(port=port, workers=2, application=application)
    server = subprocess.Popen(command, env={**os.environ, **env}, start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                connection.sendall(
                    b"GET /petitions/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                )
                if connection.recv(12).startswith(b"HTTP/1.1 200"):
                    return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("The server did not start.")


def start_writer() -> "subprocess.Popen[bytes]":
    """The writer process as `hustings serve` starts it; returns once it listens."""
    from hustings.platform.writer_link import socket_path
    from hustings.project.serve import writer_command

    writer = subprocess.Popen(writer_command(), env=dict(os.environ))
    deadline = time.monotonic() + 60
    while not socket_path().exists():
        if writer.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("The writer process did not start.")
        time.sleep(0.05)
    return writer


def load(*, port: int, connections: int, seconds: float, first: int, stamp: str) -> dict[str, Any]:
    """Send forms from a process of its own; its figures."""
    arguments = [str(port), "/petitions/bench/", str(connections), str(seconds), str(first), stamp]
    done = subprocess.run(
        [sys.executable, "-m", "bench.load_client", *arguments], check=True, capture_output=True, timeout=120
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _petition() -> str:
    """An open petition; returns the stamp of its form."""
    from datetime import UTC, datetime, timedelta

    from hustings.accounts.models import Organisation, OrganisationKind
    from hustings.actions.models import Petition, PetitionState, PetitionVersion
    from hustings.actions.pages.form_stamp import stamp_for
    from hustings.clearance.models import Promoter

    now = datetime.now(UTC) - timedelta(minutes=1)
    Organisation.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Barset Together", "kind": OrganisationKind.REGISTERED_PARTY,
            "address": "1 High Street", "email": "office@barset.example",
        },
    )  # fmt: skip
    promoter = Promoter.objects.create(
        name="Ann Agent", address="1 High Street", postcode="ZZ1 1AA", verified_at=now, evidence="Seen."
    )
    petition = Petition.objects.create(
        slug="bench", title="Save the 42 bus", asked_of="the council", asked_by="Residents", promoter=promoter,
        state=PetitionState.OPEN, opens_at=now, made_at=now,
    )  # fmt: skip
    version = PetitionVersion.objects.create(
        petition=petition, number=1, title=petition.title, text="Keep it.", made_at=now
    )
    return stamp_for(version=version, now=now)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _median(results: list[dict[str, Any]], name: str) -> float:
    return statistics.median(each[name] for each in results) if results else float("nan")


def _line(figures: dict[str, Any]) -> str:
    return (
        f"{figures['per_second']:7,.0f} a second   p50 {figures['p50_ms']:6.1f} ms   p99 {figures['p99_ms']:6.1f} ms"
        f"   worst {figures['worst_ms']:6.1f} ms"
    )
