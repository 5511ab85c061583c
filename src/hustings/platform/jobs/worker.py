"""The worker: claims jobs one after another, beats while they run, and never loses one to a kill."""

import contextlib
import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import timedelta

from django.db import OperationalError, close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext
from django_tasks.utils import normalize_json

from hustings.basics.clock import clock
from hustings.platform.jobs import queue
from hustings.platform.jobs.backend import result_of
from hustings.platform.models import Job
from hustings.platform.progress import SILENT, Progress, Stopped

logger = logging.getLogger(__name__)

#: So many times in a row the database may not be there to ask, a second apart besides its own patience, before a worker ends.
MOST_FAILURES = 60

_running: ContextVar["JobProgress | None"] = ContextVar("running job", default=None)


class JobProgress:
    """Progress of the running job: written at most twice a second, and raises `Stopped` when a stop was asked for."""

    def __init__(self, *, job: Job, stop: threading.Event, lost: threading.Event) -> None:
        self.job = job
        self._stop = stop
        self._lost = lost
        self._written_at = 0.0

    def report(self, *, done: int, total: int | None = None, note: str = "") -> None:
        """Store how far the job is; raises `Stopped` or `queue.LeaseLost`."""
        if self._lost.is_set():
            raise queue.LeaseLost(str(self.job.pk))
        moment = clock().now().timestamp()
        is_last = total is not None and done >= total
        if is_last or moment - self._written_at >= 0.5:
            queue.note_progress(job=self.job, done=done, total=total, note=note)
            self._written_at = moment
        if self._stop.is_set():
            raise Stopped


def current_progress() -> Progress:
    """The running job's progress, or silence outside a worker."""
    return _running.get() or SILENT


def run_one(
    *, worker_id: str, queues: Sequence[str] = ("default", "mail"), lease: timedelta = queue.LEASE
) -> bool:
    """Claim and run one job; false where none was ready."""
    now = clock().now()
    queue.reclaim(now=now)
    job = queue.claim(now=now, worker_id=worker_id, queues=queues, lease=lease)
    if job is None:
        return False
    _run(job, lease)
    return True


def run_all(*, worker_id: str = "inline", queues: Sequence[str] = ("default", "mail")) -> int:
    """Run jobs until none is ready; returns how many ran. For tests, commands and the end-to-end check."""
    ran = 0
    while run_one(worker_id=worker_id, queues=queues):
        ran += 1
    return ran


def work(
    *, queues: Sequence[str] = ("default", "mail"), should_end: Callable[[], bool], idle_seconds: float = 0.5
) -> None:
    """Run jobs until told to end, sleeping briefly where none is ready."""
    worker_id = f"{socket.gethostname()}-{os.getpid()}"
    keep_doing(
        act=lambda: run_one(worker_id=worker_id, queues=queues),
        should_end=should_end,
        idle_seconds=idle_seconds,
    )


def keep_doing(
    *,
    act: Callable[[], object],
    should_end: Callable[[], bool],
    idle_seconds: float,
    wait: Callable[[float], object] | None = None,
) -> None:
    """Call `act` until told to end, waiting `idle_seconds` where it had nothing to do (it returned something false).

    A database that cannot be asked, because a long import holds it or its server starts anew, is asked again a second later: a
    job in hand is given back when its lease ends. Raises `OperationalError` after `MOST_FAILURES` in a row.
    """
    pause = wait or threading.Event().wait
    failures = 0
    while not should_end():
        close_old_connections()
        try:
            had_something = act()
        except OperationalError as problem:
            failures += 1
            if failures >= MOST_FAILURES:
                raise
            logger.warning("The database could not be asked (%s); asking again.", problem)
            connection.close()
            pause(1)
        else:
            failures = 0
            if not had_something:
                pause(idle_seconds)


def _run(job: Job, lease: timedelta) -> None:
    stop, lost, over = threading.Event(), threading.Event(), threading.Event()
    heart = threading.Thread(target=_beat, args=(job, lease, stop, lost, over), daemon=True)
    heart.start()
    progress = JobProgress(job=job, stop=stop, lost=lost)
    token = _running.set(progress)
    try:
        with contextlib.suppress(queue.LeaseLost):
            try:
                value = _call(job)
            except Stopped:
                queue.stop(job=job, now=clock().now())
            except queue.LeaseLost:
                logger.warning("Lost the lease on job %s; its successor carries on.", job.pk)
            except Exception as problem:
                logger.exception("Job %s (%s) failed.", job.pk, job.task_path)
                error = {
                    "exception_class_path": f"{type(problem).__module__}.{type(problem).__qualname__}",
                    "traceback": traceback.format_exc(),
                }
                queue.fail(job=job, now=clock().now(), error=error)
            else:
                queue.finish(job=job, now=clock().now(), return_value=normalize_json(value))
    finally:
        _running.reset(token)
        over.set()
        heart.join()


def _call(job: Job) -> object:
    task: Task[..., object] = import_string(job.task_path)
    if task.takes_context:
        return task.call(
            TaskContext(task_result=result_of(job=job, backend=task.backend)), *job.args, **job.kwargs
        )
    return task.call(*job.args, **job.kwargs)


def _beat(
    job: Job, lease: timedelta, stop: threading.Event, lost: threading.Event, over: threading.Event
) -> None:
    """Keep the lease from a thread of its own, with a database connection of its own."""
    try:
        while not over.wait(lease.total_seconds() / 4):
            try:
                if queue.beat(job=job, now=clock().now(), lease=lease):
                    stop.set()
            except queue.LeaseLost:
                lost.set()
                return
            except OperationalError as problem:
                # The next beat may still be in time.
                logger.warning("Job %s could not beat (%s).", job.pk, problem)
                connection.close()
    finally:
        connection.close()
