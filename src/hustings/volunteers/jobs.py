"""Work of volunteers that runs in the background or by the clock."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.volunteers.usecases.ask_way_in import send_ways_in
from hustings.volunteers.usecases.forget_unconfirmed_joinings import forget_unconfirmed_joinings


@task()
def send_links_in(at: str, volunteer_ids: list[int], email: str, leads_to: str) -> int:
    """Send the links that somebody asked for on the page of the way in; with no ids, as for an unknown address, none."""
    return send_ways_in(volunteer_ids=volunteer_ids, email=email, leads_to=leads_to, now=clock().now())


@task()
def forget_unconfirmed_offers() -> int:
    """Erase offers to help that nobody confirmed, and links in that have run out."""
    return forget_unconfirmed_joinings(now=clock().now())
