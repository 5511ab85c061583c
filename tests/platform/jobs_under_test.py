"""Tasks that the job tests run, also in worker processes of their own."""

import time
from pathlib import Path

from django_tasks import task

from hustings.platform.jobs.worker import current_progress


@task()
def append_line(path: str, line: str) -> int:
    """Add a line to a file and say how long the line was."""
    with Path(path).open("a") as file:
        file.write(line + "\n")
    return len(line)


@task()
def always_fail() -> None:
    """Raise, every time."""
    raise RuntimeError("This task always fails.")


@task()
def count_slowly(path: str, total: int) -> None:
    """Write the numbers to `total`, one a line, carrying on where an earlier run was cut off."""
    file = Path(path)
    done = len(file.read_text().split()) if file.exists() else 0
    for number in range(done, total):
        with file.open("a") as out:
            out.write(f"{number}\n")
        current_progress().report(done=number + 1, total=total, note="counting")
        time.sleep(0.02)
