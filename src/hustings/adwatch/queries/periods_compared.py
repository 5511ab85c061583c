"""Two periods side by side: what each line spent in one and in the other, and whether that is certainly more or less."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hustings.adwatch.queries.report import Report
from hustings.adwatch.rules.intervals import NOTHING, Interval
from hustings.basics.refusals import Refusal, gettext_noop


class NotAPeriod(Refusal):
    """The text does not say two days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One line in both periods; `change` is `more`, `less` or `cannot tell`, as far as the intervals allow."""

    about: Mapping[str, Any]
    now: Interval
    then: Interval
    change: str


def read_period(*, text: str) -> tuple[date, date]:
    """Two days like 2019-11-06..2019-12-12, both included; raises `NotAPeriod`."""
    first, _, last = text.partition("..")
    try:
        found = (date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError as problem:
        raise NotAPeriod(
            "not_a_period",
            gettext_noop("“{text}” is not a period. Write it like 2019-11-06..2019-12-12."),
            text=text,
        ) from problem
    if found[0] > found[1]:
        raise NotAPeriod(
            "backward",
            gettext_noop("The period “{text}” ends before it begins. Swap the two days."),
            text=text,
        )
    return found


def change_between(*, now: Interval, then: Interval) -> str:
    """Whether spending is certainly more or certainly less."""
    if then.high is not None and now.low > then.high:
        return "more"
    if now.high is not None and now.high < then.low:
        return "less"
    if now.is_exact and now == then:
        return "the same"
    return "cannot tell"


def compare(*, now: Report, then: Report) -> list[Compared]:
    """Line by line, in the order of the first report, then what stands only in the other."""
    before = {tuple(row.about.items()): row for row in then.rows}
    found = []
    for row in now.rows:
        other = before.pop(tuple(row.about.items()), None)
        past = other.spend if other else NOTHING
        found.append(
            Compared(
                about=row.about, now=row.spend, then=past, change=change_between(now=row.spend, then=past)
            )
        )
    found += [
        Compared(
            about=row.about, now=NOTHING, then=row.spend, change=change_between(now=NOTHING, then=row.spend)
        )
        for row in before.values()
    ]
    return found
