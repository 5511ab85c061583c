"""Work of volunteers that runs in the background or by the clock."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.volunteers.usecases import remind_of_courses as courses
from hustings.volunteers.usecases.ask_way_in import send_ways_in
from hustings.volunteers.usecases.forget_unconfirmed_joinings import forget_unconfirmed_joinings
from hustings.volunteers.usecases.remind_and_follow_up import send_follow_ups, send_reminders


@task()
def send_links_in(at: str, volunteer_ids: list[int], email: str, leads_to: str) -> int:
    """Send the links that somebody asked for on the page of the way in; with no ids, as for an unknown address, none."""
    return send_ways_in(volunteer_ids=volunteer_ids, email=email, leads_to=leads_to, now=clock().now())


@task()
def forget_unconfirmed_offers() -> int:
    """Erase offers to help that nobody confirmed, and links in that have run out."""
    return forget_unconfirmed_joinings(now=clock().now())


@task()
def remind_of_shifts() -> int:
    """Remind people of their shifts, and write to those who came to what is over."""
    now = clock().now()
    return send_reminders(now=now) + send_follow_ups(now=now)


@task()
def remind_of_courses() -> int:
    """Tell volunteers whose course soon no longer counts."""
    return courses.remind_of_courses(now=clock().now())
