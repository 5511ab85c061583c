"""Announce the deadlines of which agents are to be reminded today; each reminder once."""

from datetime import datetime, timedelta

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.money.events import ReturnDeadlineNear
from hustings.money.models import Campaign, DeadlineReminder
from hustings.money.queries.open_tasks import open_tasks
from hustings.money.rules.deadlines import reminder_due
from hustings.platform.events import announce

#: Days after the poll beyond which nobody is reminded any more: courts have the matter by then.
_LONGEST = timedelta(days=200)


def remind_of_deadlines(*, now: datetime) -> int:
    """Announce `ReturnDeadlineNear` for every open task of which today is a day to remind; returns how many.

    Running it again on the same day announces nothing twice.
    """
    today = uk_date(now)
    told = 0
    recent = Campaign.objects.filter(poll_on__lte=today, poll_on__gte=today - _LONGEST)
    for campaign in recent.order_by("pk"):
        for due in open_tasks(campaign=campaign):
            if due.due_on is None:
                continue
            days = reminder_due(due_on=due.due_on, today=today)
            if days is None:
                continue
            with transaction.atomic():
                _row, is_new = DeadlineReminder.objects.get_or_create(
                    campaign=campaign,
                    task=due.task,
                    due_on=due.due_on,
                    days_before=days,
                    defaults={"at": now},
                )
                if is_new:
                    announce(
                        ReturnDeadlineNear(
                            at=now,
                            campaign_id=campaign.pk,
                            task=str(due.task),
                            due_on=due.due_on,
                            days_before=days,
                        )
                    )
                    told += 1
    return told
