"""What runs by the clock: plain rows, listed in one file of the shell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from hustings.platform.models import ScheduleRun


@dataclass(frozen=True, kw_only=True)
class ScheduledTask:
    """A task and how often it runs; it takes no arguments."""

    name: str
    task: Task[[], Any]
    every: timedelta
    meaning: str


def run_due(*, scheduled: Iterable[ScheduledTask], now: datetime) -> list[str]:
    """Enqueue each task whose time has come, once even where several schedulers run; returns their names.

    A task is due when a whole period has passed since it was last enqueued. The row is locked by a conditional update,
    so that a second scheduler finds it already taken.
    """
    started = []
    for item in scheduled:
        with transaction.atomic():
            run, is_new = ScheduleRun.objects.get_or_create(name=item.name, defaults={"last_at": now})
            if not is_new:
                taken = ScheduleRun.objects.filter(
                    pk=run.pk, last_at=run.last_at, last_at__lte=now - item.every
                ).update(last_at=now)
                if not taken:
                    continue
            item.task.enqueue()
            started.append(item.name)
    return started
