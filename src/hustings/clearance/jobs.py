"""Tasks of clearance."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.clearance.usecases.link_imprint import watch_links


@task()
def watch_linked_imprints() -> int:
    """Look at every page that an imprint in use stands on; returns how many are in trouble."""
    return watch_links(now=clock().now())
