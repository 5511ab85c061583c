"""Tasks of the public site."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.website.campaign_map.usecases.take_feed import read_neighbours


@task()
def read_neighbour_feeds() -> int:
    """Read the feeds of other installations; returns how many answered."""
    return len(read_neighbours(now=clock().now()))
