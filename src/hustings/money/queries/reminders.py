"""Of what somebody is reminded for a campaign: open deadlines of its return, and reports of donations that are not sent."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.money.models import Campaign, ReportKind
from hustings.money.queries.donation_reports import due_reports, owes_reports
from hustings.money.queries.open_tasks import open_tasks
from hustings.money.rules.deadlines import TASK_WORDS, ReturnTask
from hustings.platform.words import day

#: Days after the poll, or after a report was due, beyond which nobody is reminded any more.
LONGEST = timedelta(days=200)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One thing that is due: `task` names it lastingly (“return”, “quarterly 2026-01-01”)."""

    task: str
    due_on: date


def reminders_of(*, campaign: Campaign, today: date) -> list[Reminder]:
    """What is open and due for a campaign: its return once the poll is over, and reports whose days are over.

    A nil report is asked for until 200 days after the poll; a report with donations in it, whenever the poll was.
    """
    found = []
    is_recent = campaign.poll_on >= today - LONGEST
    if campaign.poll_on <= today and is_recent:
        found = [
            Reminder(task=str(due.task), due_on=due.due_on)
            for due in open_tasks(campaign=campaign)
            if due.due_on is not None
        ]
    if owes_reports(campaign=campaign):
        for report in reversed(due_reports(campaign=campaign, today=today)):
            is_open = report.is_needed and report.filed is None and report.is_over(today=today)
            if is_open and (report.lines or is_recent) and report.period.due_on >= today - LONGEST:
                task = f"{report.period.kind} {report.period.from_on.isoformat()}"
                found.append(Reminder(task=task, due_on=report.period.due_on))
    return found


def reminder_words(*, task: str) -> str:
    """What is due, in words."""
    kind, _space, start = task.partition(" ")
    if kind not in ReportKind.values:
        return str(_(TASK_WORDS[ReturnTask(task)]))
    words = {
        ReportKind.QUARTERLY: _("the quarterly report of donations for the quarter from %(day)s"),
        ReportKind.WEEKLY: _("the weekly report of donations for the days from %(day)s"),
    }
    return words[ReportKind(kind)] % {"day": day(date.fromisoformat(start))}


def reminder_path(*, campaign: Campaign, task: str) -> str:
    """Where it is done on the desk."""
    kind, _space, start = task.partition(" ")
    if kind in ReportKind.values:
        return reverse("money_desk:donation_report", args=[campaign.pk, kind, start])
    return reverse("money_desk:return", args=[campaign.pk])
