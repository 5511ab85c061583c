"""What `hustings serve` starts ends with it, and two never share a port."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.platform import schedule
from hustings.project import cli
from hustings.project.serve import PortTaken, require_free_port, run_worker

_STARTS_A_SLEEPER = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-m", "hustings.project.child", str(os.getpid()), "sleep", "60"])
print(child.pid, flush=True)
time.sleep(60)
"""

_SERVES_SLEEPERS = """
from hustings.project import serve
serve._say_if_record_was_set_back = lambda: None
serve.require_free_port = lambda *, port: None
serve.web_command = lambda **_: ["sleep", "60"]
serve.writer_command = lambda: ["sleep", "60"]
start = serve.start
def tell(**kwargs):
    processes = start(**kwargs)
    print(*(process.pid for process in processes), flush=True)
    return processes
serve.start = tell
serve.serve()
"""


def _run(program: str) -> "subprocess.Popen[str]":
    root = Path(__file__).parents[2] / "src"
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    )


def _first_line(process: "subprocess.Popen[str]") -> list[int]:
    assert process.stdout is not None
    return [int(word) for word in process.stdout.readline().split()]


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _all_end(pids: list[int]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not any(map(_is_running, pids)):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_a_child_ends_with_a_parent_that_is_killed() -> None:
    parent = _run(_STARTS_A_SLEEPER)
    pids = _first_line(parent)
    # The child has become the command once its name says so; until then it has not asked to be told of its parent's end.
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pids[0]}/comm").read_text().strip() != "sleep":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    parent.kill()
    parent.communicate()
    assert _all_end(pids)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_a_child_whose_parent_went_before_it_could_ask_ends_at_once() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    program = [sys.executable, "-m", "hustings.project.child", str(gone.pid), "echo", "still here"]
    told = subprocess.run(program, capture_output=True, text=True, timeout=120, check=True)
    assert told.stdout == ""


def test_serve_stops_everything_when_it_is_told_to_end() -> None:
    serving = _run(_SERVES_SLEEPERS)
    pids = _first_line(serving)
    assert len(pids) == 3
    assert all(map(_is_running, pids))
    serving.send_signal(signal.SIGTERM)
    serving.communicate(timeout=120)
    assert serving.returncode == 0
    assert _all_end(pids)


@pytest.mark.django_db(transaction=True)
def test_a_schedule_that_cannot_go_on_ends_the_worker_with_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs without a schedule would look well: no mail would begin by itself, nobody would be reminded."""

    def broken(**_kwargs: object) -> list[str]:
        raise LookupError("a task that is not there")

    monkeypatch.setattr(schedule, "run_due", broken)
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    with pytest.raises(LookupError, match="a task that is not there"):
        run_worker()


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port}"):
            require_free_port(port=port)
    require_free_port(port=port)


def test_a_demo_beside_another_leaves_it_its_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "this-is-a-demo").touch()
    monkeypatch.setenv("HUSTINGS_HOME", str(home))
    monkeypatch.setenv("HUSTINGS_KEYS", str(tmp_path / "keys"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(cli.app, ["demo", "--port", str(port)])
    assert result.exit_code == 1
    assert f"port {port}" in result.stderr
    assert (home / "this-is-a-demo").exists()
