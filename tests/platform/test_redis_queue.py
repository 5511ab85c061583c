"""With REDIS_URL set, the same tasks go to Redis workers."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

_PROGRAM = """
import sys, django; django.setup()
from django.core.management import call_command
from tests.platform.jobs_under_test import append_line
result = append_line.enqueue(sys.argv[1], "hello")
call_command("rqworker", "default", "mail", "--burst", verbosity=0)
result.refresh()
print(result.status, result.return_value)
"""


@pytest.mark.kill
def test_a_task_runs_on_a_redis_worker(tmp_path: Path) -> None:
    """Enqueued, run by a worker in its burst mode, and its answer read back."""
    if not shutil.which("redis-server"):
        pytest.skip("needs redis-server: the Redis queue is optional")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        env = {
            **os.environ,
            "REDIS_URL": f"redis://127.0.0.1:{port}/0",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": "src:.",
        }
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(tmp_path / "lines")],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.split()[-2:] == ["SUCCESSFUL", "5"], done.stdout + done.stderr
        assert (tmp_path / "lines").read_text() == "hello\n"
    finally:
        server.terminate()
        server.wait()
