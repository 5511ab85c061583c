"""When the papers after an election are due: counted from the result, the poll or the return, and moved to a working day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from hustings.basics.refusals import gettext_noop
from hustings.basics.tables import Entry, load_table
from hustings.basics.working_days import WorkingDays

DEADLINES = load_table(Path(__file__).parent / "tables" / "return_deadlines.toml")

#: Days before a deadline on which the agent is reminded; nought is the day itself, and then every third day once it has passed.
REMIND_BEFORE = (14, 7, 3, 1, 0)
_OVERDUE_EVERY = 3


class ReturnTask(StrEnum):
    """What is due after an election."""

    PERSONAL_EXPENSES = "personal-expenses"
    INVOICES_RECEIVED = "invoices-received"
    INVOICES_PAID = "invoices-paid"
    RETURN = "return"
    CANDIDATE_DECLARATION = "candidate-declaration"
    PARTY_RETURN = "party-return"


TASK_WORDS: Mapping[ReturnTask, str] = {
    ReturnTask.PERSONAL_EXPENSES: gettext_noop("the candidate's statement of personal expenses to the agent"),
    ReturnTask.INVOICES_RECEIVED: gettext_noop("invoices from suppliers"),
    ReturnTask.INVOICES_PAID: gettext_noop("payment of invoices"),
    ReturnTask.RETURN: gettext_noop("the return with the agent's declaration"),
    ReturnTask.CANDIDATE_DECLARATION: gettext_noop("the candidate's declaration"),
    ReturnTask.PARTY_RETURN: gettext_noop(
        "the return of campaign spending to the Electoral Commission, with the responsible person's declaration"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """One deadline; `due_on` is None while the day it counts from is not known, `counts_from` says which day that is."""

    task: ReturnTask
    due_on: date | None
    counts_from: str
    entry_id: str
    warning: str


def deadlines(
    *,
    election: str,
    poll_on: date,
    result_on: date | None,
    return_delivered_on: date | None,
    calendar: WorkingDays,
) -> tuple[Due, ...]:
    """Every deadline of one candidate's return, in order of the tasks; tasks that an election does not have are left out.

    The candidate's declaration counts from the delivery of the return; until then from the last day for it.
    """
    found: list[Due] = []
    last_return: date | None = None
    for task in ReturnTask:
        if not DEADLINES.history(task=task, election=election):
            continue
        entry = DEADLINES.entry(on=poll_on, task=task, election=election)
        start = {
            "result": result_on,
            "poll": poll_on,
            "return": return_delivered_on or last_return,
        }[entry.text("from")]
        due_on = None if start is None else _due(start, entry, calendar)
        if task is ReturnTask.RETURN:
            last_return = due_on
        found.append(
            Due(
                task=task,
                due_on=due_on,
                counts_from=entry.text("from"),
                entry_id=entry.id,
                warning=" ".join(filter(None, (entry.warning, entry.note if entry.warning else ""))),
            )
        )
    return tuple(found)


def _due(start: date, entry: Entry, calendar: WorkingDays) -> date:
    days = entry.integer("days")
    if entry.flag("are_working_days"):
        return calendar.after(start, days)
    return calendar.on_or_after(start + timedelta(days=days))


def reminder_due(*, due_on: date, today: date) -> int | None:
    """How many days before its deadline a task is to be reminded of today (below nought: overdue), or None."""
    left = (due_on - today).days
    if left in REMIND_BEFORE or (left < 0 and -left % _OVERDUE_EVERY == 0):
        return left
    return None
