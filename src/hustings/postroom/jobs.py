"""What the worker does for the postroom, on the queue “mail”."""

from typing import Any

from django.db import connection
from django_tasks import task

from hustings.basics.clock import clock
from hustings.platform.jobs.worker import current_progress
from hustings.platform.models import Job, JobState

#: Single messages (confirmations) go before bulk, and bulk gives way after each slice of so many seconds.
_SINGLE_PRIORITY = 50
_BULK_PRIORITY = -10
SLICE_SECONDS = 20.0


@task(queue_name="mail", priority=_SINGLE_PRIORITY)
def deliver_single_messages() -> dict[str, int]:
    """Send every single message that is waiting; returns how many met which fate."""
    from hustings.postroom.delivery.courier import deliver_singles

    return deliver_singles(clock=clock()).as_json()


@task(queue_name="mail", priority=_SINGLE_PRIORITY)
def deliver_text_messages() -> dict[str, int]:
    """Send every text message that is waiting; returns how many met which fate."""
    from hustings.postroom.delivery.text_courier import deliver_texts

    return deliver_texts(clock=clock()).as_json()


@task(queue_name="mail", priority=_BULK_PRIORITY)
def run_dispatch(dispatch_id: int) -> dict[str, int]:
    """Send a slice of a dispatch, and queue the next slice if there is more; returns how many met which fate.

    A server in trouble is left to `tend_the_outbox`, which wakes the dispatch again within a minute.
    """
    from hustings.people.models import Channel
    from hustings.postroom.delivery.courier import deliver_dispatch
    from hustings.postroom.delivery.text_courier import deliver_text_dispatch
    from hustings.postroom.models import Dispatch
    from hustings.postroom.queries import has_messages_due

    now = clock().now
    is_text = Dispatch.objects.filter(pk=dispatch_id, clearance__channel=Channel.SMS).exists()
    deliver = deliver_text_dispatch if is_text else deliver_dispatch
    tally = deliver(
        dispatch_id=dispatch_id, clock=clock(), for_seconds=SLICE_SECONDS, progress=current_progress()
    )
    if not tally.problem and has_messages_due(dispatch_id=dispatch_id, now=now()):
        wake_dispatch(dispatch_id=dispatch_id)
    return tally.as_json()


@task(queue_name="mail", priority=_SINGLE_PRIORITY)
def tend_the_outbox() -> dict[str, int]:
    """Settle what a killed worker left, wake what waits to be tried again. On the schedule, every minute."""
    from hustings.postroom.usecases.tend_outbox import tend_outbox

    return tend_outbox(now=clock().now())


def wake_the_postman() -> None:
    """See to it that a worker sends single messages soon, in the caller's transaction. Cheap if one is already due."""
    if not _is_due(deliver_single_messages):
        deliver_single_messages.enqueue()


def wake_the_texter() -> None:
    """See to it that a worker sends text messages soon, in the caller's transaction. Cheap if one is already due."""
    if not _is_due(deliver_text_messages):
        deliver_text_messages.enqueue()


def wake_dispatch(*, dispatch_id: int) -> None:
    """See to it that a worker carries on with a dispatch soon, in the caller's transaction."""
    if not _is_due(run_dispatch, dispatch_id=dispatch_id):
        run_dispatch.enqueue(dispatch_id=dispatch_id)


# Asked with every batch of a surge of signatures, so it is written out: putting it together took longer than asking it.
_DUE = f"""
SELECT 1 FROM {Job._meta.db_table} WHERE state = '{JobState.READY}' AND run_after IS NULL AND task_path = %s LIMIT 1
"""  # noqa: S608  (only names of our own)


def _is_due(wanted: Any, **kwargs: Any) -> bool:
    if not kwargs:
        with connection.cursor() as cursor:
            cursor.execute(_DUE, [wanted.module_path])
            return cursor.fetchone() is not None
    return Job.objects.filter(
        state=JobState.READY, run_after=None, task_path=wanted.module_path, kwargs=kwargs
    ).exists()
