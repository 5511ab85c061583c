"""Jobs: claimed once, kept by a lease, given back after a kill, tried again, stopped and resumed."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, transaction

from hustings.basics.clock import SystemClock, clock_set_to
from hustings.platform.jobs import queue, worker
from hustings.platform.models import Job, JobState
from tests.platform.jobs_under_test import always_fail, append_line, count_slowly

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_runs_once_and_keeps_its_answer(tmp_path: Path) -> None:
    """Two rounds of the worker run a job once."""
    path = tmp_path / "lines"
    result = append_line.enqueue(str(path), "hello")
    assert worker.run_all() == 1
    assert worker.run_all() == 0
    result.refresh()
    assert result.return_value == 5
    assert path.read_text() == "hello\n"


def test_a_job_is_stored_exactly_if_its_cause_is(tmp_path: Path) -> None:
    """A rolled-back transaction takes its job with it."""

    def cause_and_fail() -> None:
        with transaction.atomic():
            append_line.enqueue(str(tmp_path / "lines"), "hello")
            raise LookupError

    with pytest.raises(LookupError):
        cause_and_fail()
    assert not Job.objects.exists()


def test_a_failing_job_is_tried_later_and_later_then_given_up(now: datetime) -> None:
    """Each failure is kept; the last attempt fails the job."""
    always_fail.enqueue()
    waits = []
    for _ in range(5):
        with clock_set_to(now):
            worker.run_one(worker_id="w")
        job = Job.objects.get()
        if job.state == JobState.READY:
            assert job.run_after is not None
            waits.append(job.run_after - now)
            now = job.run_after
    assert waits == sorted(waits)
    assert len(waits) == 4
    assert job.state == JobState.FAILED
    assert len(job.errors) == 5
    assert "This task always fails." in job.errors[0]["traceback"]


def test_a_job_waits_for_its_time(now: datetime, tmp_path: Path) -> None:
    """`run_after` holds a job back."""
    append_line.using(run_after=now + timedelta(hours=1)).enqueue(str(tmp_path / "lines"), "later")
    assert not worker.run_one(worker_id="w")
    with clock_set_to(now + timedelta(hours=2)):
        assert worker.run_one(worker_id="w")


def test_priority_then_age_decides(now: datetime, tmp_path: Path) -> None:
    """The urgent one overtakes; among equals the oldest goes first."""
    path = tmp_path / "lines"
    for minutes, line, priority in ((0, "first", 0), (1, "second", 0), (2, "urgent", 50)):
        with clock_set_to(now + timedelta(minutes=minutes)):
            append_line.using(priority=priority).enqueue(str(path), line)
    worker.run_all()
    assert path.read_text().split() == ["urgent", "first", "second"]


def test_only_one_of_two_workers_gets_a_job(now: datetime, tmp_path: Path) -> None:
    """A claimed job is nobody else's."""
    append_line.enqueue(str(tmp_path / "lines"), "hello")
    assert queue.claim(now=now, worker_id="a") is not None
    assert queue.claim(now=now, worker_id="b") is None


def test_a_worker_that_lost_its_lease_cannot_speak_for_the_job(now: datetime, tmp_path: Path) -> None:
    """After a reclaim, the first worker's every word about the job is refused."""
    append_line.enqueue(str(tmp_path / "lines"), "hello")
    first = queue.claim(now=now, worker_id="a")
    assert first is not None
    later = now + queue.LEASE + timedelta(seconds=1)
    assert queue.reclaim(now=later) == 1
    second = queue.claim(now=later, worker_id="b")
    assert second is not None
    with pytest.raises(queue.LeaseLost):
        queue.finish(job=first, now=later, return_value=None)
    with pytest.raises(queue.LeaseLost):
        queue.beat(job=first, now=later)
    queue.finish(job=second, now=later, return_value=1)
    assert Job.objects.get().state == JobState.DONE


def test_a_job_whose_workers_keep_dying_is_given_up(now: datetime, tmp_path: Path) -> None:
    """The retry limit counts deaths as well as failures."""
    append_line.enqueue(str(tmp_path / "lines"), "hello")
    for _ in range(5):
        assert queue.claim(now=now, worker_id="a") is not None
        now += queue.LEASE * 2
        queue.reclaim(now=now)
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert job.attempts == 5


def test_a_running_job_stops_when_asked_and_can_be_resumed(tmp_path: Path) -> None:
    """What was done stays done; the rest is done after the resume."""
    path = tmp_path / "numbers"
    job_id = count_slowly.enqueue(str(path), 10).id
    job = Job.objects.get(pk=job_id)
    assert queue.request_stop(job_id=job.pk, now=job.enqueued_at)
    assert worker.run_all() == 0
    assert queue.resume(job_id=job.pk)
    assert worker.run_all() == 1
    assert path.read_text().split() == [str(number) for number in range(10)]
    job.refresh_from_db()
    assert (job.state, job.progress_done, job.progress_total) == (JobState.DONE, 10, 10)


def test_a_stop_reaches_the_running_task(now: datetime, tmp_path: Path) -> None:
    """The heartbeat carries the wish to stop into the task's next report."""
    count_slowly.enqueue(str(tmp_path / "numbers"), 5)
    job = queue.claim(now=now, worker_id="a")
    assert job is not None
    assert queue.beat(job=job, now=now) is False
    assert queue.request_stop(job_id=job.pk, now=now)
    assert queue.beat(job=job, now=now) is True


def test_a_database_that_cannot_be_asked_for_a_while_ends_no_worker() -> None:
    """It asks again after a pause, and goes on as if nothing had been."""
    answers = [OperationalError("database is locked"), OperationalError("database is locked"), True, False]
    waited: list[float] = []

    def act() -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    worker.keep_doing(act=act, should_end=lambda: not answers, idle_seconds=5, wait=waited.append)
    assert waited == [1, 1, 5]


def test_a_database_that_never_comes_back_ends_the_worker_with_its_error() -> None:
    asked: list[int] = []

    def act() -> bool:
        asked.append(1)
        raise OperationalError("no such server")

    with pytest.raises(OperationalError, match="no such server"):
        worker.keep_doing(act=act, should_end=lambda: False, idle_seconds=5, wait=lambda _seconds: None)
    assert len(asked) == worker.MOST_FAILURES


def test_a_beat_that_fails_is_followed_by_another(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The heart goes on after a moment in which the database could not be asked."""
    append_line.enqueue(str(tmp_path / "lines"), "one")
    job = queue.claim(now=now, worker_id="one")
    assert job is not None
    beats = 0
    stop, lost, over = threading.Event(), threading.Event(), threading.Event()

    def beat(**_kwargs: object) -> bool:
        nonlocal beats
        beats += 1
        if beats == 1:
            raise OperationalError("database is locked")
        over.set()
        return True

    monkeypatch.setattr(queue, "beat", beat)
    worker._beat(job, timedelta(seconds=0.04), stop, lost, over)
    assert (beats, stop.is_set(), lost.is_set()) == (2, True, False)


def test_stopping_or_resuming_what_has_ended_says_no(now: datetime, tmp_path: Path) -> None:
    """A finished job is neither stopped nor resumed."""
    job_id = append_line.enqueue(str(tmp_path / "lines"), "hello").id
    worker.run_all()
    job = Job.objects.get(pk=job_id)
    assert not queue.request_stop(job_id=job.pk, now=now)
    assert not queue.resume(job_id=job.pk)


_WORKER = """
import sys
from datetime import timedelta
import django; django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from hustings.platform.jobs import worker
while worker.run_one(worker_id="child", lease=timedelta(seconds=float(sys.argv[2]))):
    pass
"""


@pytest.mark.kill
def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    """A worker is killed in the middle of a job; another finishes it, and every number is written exactly once."""
    from django.db import connection

    path = tmp_path / "numbers"
    with clock_set_to(SystemClock().now()):
        count_slowly.enqueue(str(path), 60)
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", _WORKER, name, "1"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:."}
    first = subprocess.Popen(command, env=env)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (path.exists() and len(path.read_text().split()) >= 5):
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    written = len(path.read_text().split())
    assert 5 <= written < 60
    assert Job.objects.get().state == JobState.RUNNING
    while time.monotonic() < deadline and Job.objects.get().state != JobState.DONE:
        time.sleep(0.3)
        subprocess.run(command, env=env, check=True)
    assert path.read_text().split() == [str(number) for number in range(60)]
    assert Job.objects.get().attempts == 2
