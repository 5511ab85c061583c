"""Announce the deadlines of which agents are to be reminded today; each reminder once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hustings.basics.clock import uk_date
from hustings.money.events import ReturnDeadlineNear
from hustings.money.models import Campaign, CampaignKind, DeadlineReminder
from hustings.money.queries.reminders import LONGEST, reminders_of
from hustings.money.rules.deadlines import reminder_due
from hustings.platform.events import announce


def remind_of_deadlines(*, now: datetime) -> int:
    """Announce `ReturnDeadlineNear` for every open task of which today is a day to remind; returns how many.

    Candidates' returns, the returns of parties and non-party campaigners, and their reports of donations. Running it again on
    the same day announces nothing twice.
    """
    today = uk_date(now)
    told = 0
    concerned = Q(poll_on__lte=today, poll_on__gte=today - LONGEST) | ~Q(kind=CampaignKind.CANDIDATE)
    for campaign in Campaign.objects.filter(concerned).order_by("pk"):
        for reminder in reminders_of(campaign=campaign, today=today):
            days = reminder_due(due_on=reminder.due_on, today=today)
            if days is None:
                continue
            with transaction.atomic():
                _row, is_new = DeadlineReminder.objects.get_or_create(
                    campaign=campaign,
                    task=reminder.task,
                    due_on=reminder.due_on,
                    days_before=days,
                    defaults={"at": now},
                )
                if is_new:
                    announce(
                        ReturnDeadlineNear(
                            at=now,
                            campaign_id=campaign.pk,
                            task=reminder.task,
                            due_on=reminder.due_on,
                            days_before=days,
                        )
                    )
                    told += 1
    return told
