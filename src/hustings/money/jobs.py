"""What the worker does for election money."""

from django_tasks import task

from hustings.basics.clock import clock


@task()
def remind_of_deadlines() -> int:
    """Announce the deadlines of returns of which agents are to hear today; returns how many. On the schedule."""
    from hustings.money.usecases import remind_of_deadlines as act

    return act.remind_of_deadlines(now=clock().now())


@task()
def look_for_split_gifts() -> int:
    """Look through every campaign's gifts for parts of one; returns how many new flags there are. On the schedule."""
    from hustings.money.models import Campaign
    from hustings.money.usecases.find_split_gifts import flag_split_gifts

    now = clock().now()
    campaigns = Campaign.objects.exclude(gifts=None).order_by("pk")
    return sum(len(flag_split_gifts(campaign=campaign, now=now)) for campaign in campaigns)
