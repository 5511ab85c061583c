"""The queue behind `task.enqueue()`: one row per job, in the caller's transaction."""

from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from hustings.basics.clock import clock
from hustings.platform.models import Job, JobState

_STATUS = {
    JobState.READY: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED: TaskResultStatus.FAILED,
    JobState.STOPPED: TaskResultStatus.FAILED,
}


class DatabaseQueue(BaseTaskBackend):
    """Stores jobs in the application's database, so that a job exists exactly if its cause was committed."""

    supports_defer = True
    supports_async_task = False
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Add a job inside the open transaction, if there is one."""
        self.validate_task(task)
        job = Job(
            task_path=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(dict(kwargs)),
            queue=task.queue_name,
            priority=task.priority,
            run_after=task.run_after,
            enqueued_at=clock().now(),
            max_attempts=int(self.options.get("MAX_ATTEMPTS", 5)),
        )
        with transaction.atomic():
            job.save(force_insert=True)
        return result_of(job=job, backend=self.alias)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The state of a job by its id; raises django_tasks' `TaskResultDoesNotExist`."""
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValueError) as problem:
            raise TaskResultDoesNotExist(result_id) from problem
        return result_of(job=job, backend=self.alias)


def result_of(*, job: Job, backend: str) -> TaskResult[Any]:
    """A job row in django_tasks' terms."""
    result: TaskResult[Any] = TaskResult(
        task=import_string(job.task_path),
        id=str(job.pk),
        status=_STATUS[JobState(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.last_attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=backend,
        errors=[TaskError(**error) for error in job.errors],
        worker_ids=job.worker_ids,
    )
    object.__setattr__(result, "_return_value", job.return_value)
    return result
