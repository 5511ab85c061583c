"""The jobs of contacts: what people told us is forgotten in time."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.contacts.usecases.forget_old_answers import forget_old_answers


@task()
def forget_what_is_old() -> int:
    """Delete answers older than two rounds of elections; returns how many."""
    found = forget_old_answers(now=clock().now())
    return found.intentions + found.issues
