"""What the worker does for people."""

from django_tasks import task

from hustings.basics.clock import clock


@task()
def close_unconfirmed_requests() -> int:
    """Close requests made by link that their person did not confirm in 60 days; returns how many. On the schedule."""
    from hustings.people.usecases.close_unconfirmed import close_unconfirmed

    return close_unconfirmed(now=clock().now())
