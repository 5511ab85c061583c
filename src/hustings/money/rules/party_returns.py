"""When a party or a non-party campaigner sends its return after a UK parliamentary general election."""

import calendar
from datetime import date
from pathlib import Path
from typing import Literal

from hustings.basics.tables import load_table
from hustings.money.rules.deadlines import Due, ReturnTask
from hustings.money.rules.limits import Nation, non_party_figure

PARTY_RETURNS = load_table(Path(__file__).parent / "tables" / "party_returns.toml")


def party_return_due(*, who: Literal["party", "non-party"], poll_on: date, spent_pence: int) -> Due:
    """The last day for the return: three months after the poll, or six where so much was spent that it is audited.

    It is not moved to a working day: whether it may be was not found, and the earlier day is the safe one.
    """
    entry = PARTY_RETURNS.entry(on=poll_on, key=who)
    is_audited = spent_pence > entry.integer("audited_above_pence")
    return Due(
        task=ReturnTask.PARTY_RETURN,
        due_on=_months_after(poll_on, entry.integer("audited_months" if is_audited else "months")),
        counts_from="poll",
        entry_id=entry.id,
        warning=" ".join(filter(None, (entry.warning, entry.note if entry.warning else ""))),
    )


def owes_party_return(
    *, who: Literal["party", "non-party"], nation: Nation, poll_on: date, spent_pence: int
) -> bool:
    """Whether a return is owed: by a party always, by a non-party campaigner above the reporting threshold of its nation."""
    if who == "party":
        return True
    return spent_pence > non_party_figure(what="reporting-above", nation=nation, poll_on=poll_on).limit_pence


def _months_after(start: date, months: int) -> date:
    """The same day so many months on, or the last day of a month that is too short."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
