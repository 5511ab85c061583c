"""Running everything: web workers, the job worker with its schedule, all stopped together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from urllib.parse import urlsplit

from hustings.project import environment


def run_worker(*, is_once: bool = False) -> None:
    """Run jobs and the schedule in this process until it gets SIGTERM or SIGINT; the job in hand is finished first.

    Where the schedule cannot go on, the worker ends with its error: jobs without a schedule would look well and neglect people.
    """
    from hustings.basics.clock import clock
    from hustings.platform import wiring
    from hustings.platform.garbage import spare_what_is_loaded
    from hustings.platform.jobs import worker
    from hustings.platform.schedule import run_due

    if is_once:
        run_due(scheduled=wiring.schedule(), now=clock().now())
        worker.run_all()
        return
    ending = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        ending.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)

    problems: list[Exception] = []

    def look() -> None:
        run_due(scheduled=wiring.schedule(), now=clock().now())

    def keep_schedule() -> None:
        try:
            worker.keep_doing(act=look, should_end=ending.is_set, idle_seconds=5, wait=ending.wait)
        except Exception as problem:
            problems.append(problem)
            ending.set()

    spare_what_is_loaded()
    threading.Thread(target=keep_schedule, daemon=True).start()
    worker.work(should_end=ending.is_set)
    if problems:
        raise problems[0]


def run_writer() -> None:
    """Write what the web workers hand in, in this process, until it gets SIGTERM or SIGINT."""
    from hustings.platform.garbage import spare_what_is_loaded
    from hustings.platform.writer_process import Writer
    from hustings.project import wiring

    ending = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        ending.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    writer = Writer(groups=wiring.WRITTEN_TOGETHER)
    spare_what_is_loaded()
    writer.run(should_end=ending.is_set)


def writer_command() -> list[str]:
    """The command of the writer process."""
    return [sys.executable, "-m", "hustings.project.cli", "writer"]


def web_command(
    *, port: int, workers: int, application: str = "hustings.project.wsgi:application"
) -> list[str]:
    """The command that serves the application on loopback.

    Few threads a worker: in a surge some wait for the disk, and the rest would only take the processor from one another, so
    that the unlucky wait longest (docs/algorithms/signing.md).
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", application),
        *("--host", "127.0.0.1", "--port", str(port)),
        *(
            "--workers",
            str(workers),
            "--blocking-threads",
            environment.read("HUSTINGS_WEB_THREADS"),
            "--backlog",
            "2048",
            "--no-ws",
        ),
        *("--log-level", "warning"),
    ]


def _surroundings(env: dict[str, str] | None) -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "hustings.project.settings", **(env or {})}


class PortTaken(RuntimeError):
    """Another program listens where the web server should."""


def require_free_port(*, port: int) -> None:
    """Raise `PortTaken` where something listens on this port of 127.0.0.1 already.

    The web server's workers share their port, and would share it with a server that was left behind, too.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise PortTaken(
                f"Another program listens on port {port} already, perhaps an earlier Hustings. Stop it, or choose another "
                "port (HUSTINGS_ADDRESS; for the demo: --port)."
            ) from problem


def start(*, workers: int = 2, env: dict[str, str] | None = None) -> list[subprocess.Popen[bytes]]:
    """Start the writer process, the web server and the job worker as child processes and return them.

    They end with this process, however it ends, and where it is told to end while it starts them. Raises `PortTaken`.
    """
    surroundings = _surroundings(env)
    address = urlsplit(surroundings.get("HUSTINGS_ADDRESS") or environment.read("HUSTINGS_ADDRESS"))
    port = address.port or 8000
    require_free_port(port=port)
    web = web_command(port=port, workers=workers)
    job = [sys.executable, "-m", "hustings.project.cli", "worker"]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.extend(_start(command, surroundings) for command in (writer_command(), web, job))
    except BaseException:
        stop(processes)
        raise
    return processes


def _start(command: list[str], surroundings: dict[str, str]) -> "subprocess.Popen[bytes]":
    child = [sys.executable, "-m", "hustings.project.child", str(os.getpid())]
    return subprocess.Popen([*child, *command], env=surroundings)


@contextlib.contextmanager
def ends_kindly() -> Iterator[None]:
    """Let SIGTERM end what happens inside as Ctrl+C does, so that what was started is stopped."""

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End child processes kindly, then firmly."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + 15
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _say_if_record_was_set_back() -> None:
    from hustings.openness.commands import set_back_words
    from hustings.openness.queries.log import log_state

    if trouble := log_state().trouble:
        print(set_back_words(trouble=trouble), file=sys.stderr)  # noqa: T201


def serve(*, workers: int = 2) -> None:
    """Run until interrupted, or until the web server or the job worker ends; a writer process that ends is started again."""
    _say_if_record_was_set_back()
    with ends_kindly(), contextlib.suppress(KeyboardInterrupt):
        processes = start(workers=workers)
        try:
            where = environment.read("HUSTINGS_ADDRESS")
            print(f"Hustings is at {where}. Stop it with Ctrl+C.", file=sys.stderr)  # noqa: T201
            while all(process.poll() is None for process in processes[1:]):
                if processes[0].poll() is not None:
                    processes[0] = _start(writer_command(), _surroundings(None))
                time.sleep(0.5)
        finally:
            stop(processes)
