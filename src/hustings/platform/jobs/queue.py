"""Taking jobs from the queue, keeping the lease on them, and giving them back.

Every change of a job's state is one conditional update on its lease token, so that a worker which lost its lease (it was
paused, or its machine slept) cannot overwrite what its successor did.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from hustings.platform.models import Job, JobState

LEASE = timedelta(seconds=60)
BACKOFF = timedelta(seconds=5)


class LeaseLost(Exception):
    """Another worker holds the job now; this one must drop it without a trace."""


def claim(
    *, now: datetime, worker_id: str, queues: Sequence[str] = ("default", "mail"), lease: timedelta = LEASE
) -> Job | None:
    """Take the next ready job, or `None`. Highest priority first, then oldest."""
    ready = Job.objects.filter(
        Q(run_after=None) | Q(run_after__lte=now), state=JobState.READY, queue__in=queues
    )
    while True:
        candidate = ready.order_by("-priority", "enqueued_at").values_list("pk", "worker_ids").first()
        if candidate is None:
            return None
        job_id, worker_ids = candidate
        token = uuid.uuid4()
        taken = Job.objects.filter(pk=job_id, state=JobState.READY).update(
            state=JobState.RUNNING,
            lease_token=token,
            lease_expires_at=now + lease,
            attempts=F("attempts") + 1,
            last_attempted_at=now,
            worker_ids=[*worker_ids, worker_id],
        )
        if taken:
            Job.objects.filter(pk=job_id, started_at=None).update(started_at=now)
            return Job.objects.get(pk=job_id)


def reclaim(*, now: datetime) -> int:
    """Give back jobs whose worker stopped beating; those out of attempts are failed. Returns how many were touched."""
    expired = Job.objects.filter(state=JobState.RUNNING, lease_expires_at__lt=now)
    failed = expired.filter(attempts__gte=F("max_attempts")).update(
        state=JobState.FAILED,
        finished_at=now,
        lease_token=None,
        progress_note="The worker stopped too many times while running this.",
    )
    given_back = expired.filter(attempts__lt=F("max_attempts")).update(state=JobState.READY, lease_token=None)
    return failed + given_back


def beat(*, job: Job, now: datetime, lease: timedelta = LEASE) -> bool:
    """Extend the lease; answers whether a stop was asked for. Raises `LeaseLost`."""
    held = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=JobState.RUNNING)
    if not held.update(lease_expires_at=now + lease):
        raise LeaseLost(str(job.pk))
    return held.filter(stop_requested_at__isnull=False).exists()


def note_progress(*, job: Job, done: int, total: int | None, note: str) -> None:
    """Store how far the job is; raises `LeaseLost`."""
    changes: dict[str, Any] = {"progress_done": done, "progress_note": note[:200]}
    if total is not None:
        changes["progress_total"] = total
    if not Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=JobState.RUNNING).update(
        **changes
    ):
        raise LeaseLost(str(job.pk))


def finish(*, job: Job, now: datetime, return_value: Any) -> None:
    """Mark the job done."""
    _end(job, state=JobState.DONE, finished_at=now, return_value=return_value)


def stop(*, job: Job, now: datetime) -> None:
    """Mark the job stopped by request; `resume` makes it ready again."""
    _end(job, state=JobState.STOPPED, finished_at=now)


def fail(*, job: Job, now: datetime, error: dict[str, str]) -> None:
    """Record the error; the job is tried again later, each time later, until its attempts are used up."""
    errors = [*job.errors, error]
    if job.attempts >= job.max_attempts:
        _end(job, state=JobState.FAILED, finished_at=now, errors=errors)
    else:
        _end(job, state=JobState.READY, errors=errors, run_after=now + BACKOFF * 2 ** (job.attempts - 1))


def request_stop(*, job_id: uuid.UUID, now: datetime) -> bool:
    """Ask a job to stop: a waiting one stops at once, a running one at its next report. False if it had ended."""
    if Job.objects.filter(pk=job_id, state=JobState.READY).update(
        state=JobState.STOPPED, stop_requested_at=now, finished_at=now
    ):
        return True
    return bool(Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(stop_requested_at=now))


def resume(*, job_id: uuid.UUID) -> bool:
    """Make a stopped or failed job ready again with fresh attempts. False if it is neither."""
    return bool(
        Job.objects.filter(pk=job_id, state__in=[JobState.STOPPED, JobState.FAILED]).update(
            state=JobState.READY, stop_requested_at=None, finished_at=None, attempts=0, run_after=None
        )
    )


def _end(job: Job, **changes: Any) -> None:
    held = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=JobState.RUNNING)
    if not held.update(lease_token=None, lease_expires_at=None, **changes):
        raise LeaseLost(str(job.pk))
