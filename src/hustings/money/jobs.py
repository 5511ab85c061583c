"""What the worker does for election money."""

from django_tasks import task

from hustings.basics.clock import clock


@task()
def remind_of_deadlines() -> int:
    """Announce the deadlines of returns of which agents are to hear today; returns how many. On the schedule."""
    from hustings.money.usecases import remind_of_deadlines as act

    return act.remind_of_deadlines(now=clock().now())
