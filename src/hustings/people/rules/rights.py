"""The clock of requests under data protection law: when an answer is due, when the clock stands still, how far it may be put off.

Days count by the calendar of the United Kingdom. A month ends on the day of the same number in the next month, or on its last
day where there is none of that number.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hustings.basics.tables import Entry, NoRuleInForce, load_table

CLOCK = load_table(Path(__file__).parent / "tables" / "rights_clock.toml")

#: How soon before a day something counts as due soon.
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, and the entry of the table that gave it."""

    on: date
    rule: str
    warning: str


def answer_due(*, kind: str, received_on: date, is_extended: bool = False, paused_days: int = 0) -> Due:
    """The last day for the answer to a request received on a day.

    `paused_days` are days on which the clock stood still; they count only where the law of that day lets it. An extension
    counts from the same receipt ("two more months"). Raises `NoRuleInForce` for a kind the table does not know, and for an
    extension of what cannot be extended.
    """
    entry = CLOCK.entry(on=received_on, request=kind, act="answer")
    months = _months(entry)
    if is_extended:
        entry = CLOCK.entry(on=received_on, request=kind, act="extend")
        months += _months(entry)
    due = add_months(day=received_on, months=months) + timedelta(days=_days(entry) if not is_extended else 0)
    if paused_days and may_pause(kind=kind, received_on=received_on):
        due += timedelta(days=paused_days)
    return Due(on=due, rule=entry.id, warning=entry.warning)


def acknowledgement_due(*, kind: str, received_on: date) -> Due | None:
    """The last day for acknowledging a request, where the law asks for that."""
    try:
        entry = CLOCK.entry(on=received_on, request=kind, act="acknowledge")
    except NoRuleInForce:
        return None
    return Due(on=received_on + timedelta(days=_days(entry)), rule=entry.id, warning=entry.warning)


def may_pause(*, kind: str, received_on: date) -> bool:
    """Whether the clock stands still while the person's identity is awaited."""
    try:
        return CLOCK.entry(on=received_on, request=kind, act="pause").flag("allowed")
    except NoRuleInForce:
        return False


def may_extend(*, kind: str, received_on: date) -> bool:
    """Whether the time may be put off at all."""
    try:
        CLOCK.entry(on=received_on, request=kind, act="extend")
    except NoRuleInForce:
        return False
    return True


def add_months(*, day: date, months: int) -> date:
    """The day of the same number some months later, or the last day of that month."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _months(entry: Entry) -> int:
    return entry.integer("months") if "months" in entry.values else 0


def _days(entry: Entry) -> int:
    return entry.integer("days") if "days" in entry.values else 0
