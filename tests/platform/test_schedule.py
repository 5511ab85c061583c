"""The schedule: a task runs when its period has passed, once."""

from datetime import datetime, timedelta

import pytest
from django_tasks import task

from hustings.platform.models import Job
from hustings.platform.schedule import ScheduledTask, run_due

pytestmark = pytest.mark.django_db(transaction=True)


@task()
def do_nothing() -> None:
    """Do nothing."""


HOURLY = (
    ScheduledTask(name="nothing", task=do_nothing, every=timedelta(hours=1), meaning="Nothing, every hour."),
)


def test_due_once_a_period(now: datetime) -> None:
    """At the start, not again within the hour, and again after it."""
    assert run_due(scheduled=HOURLY, now=now) == ["nothing"]
    assert run_due(scheduled=HOURLY, now=now + timedelta(minutes=59)) == []
    assert run_due(scheduled=HOURLY, now=now + timedelta(minutes=60)) == ["nothing"]
    assert run_due(scheduled=HOURLY, now=now + timedelta(minutes=61)) == []
    assert Job.objects.count() == 2
