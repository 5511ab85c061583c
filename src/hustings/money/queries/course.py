"""How a campaign's spending grew day by day, and how it will if everything planned is ordered."""

from collections.abc import Sequence
from datetime import date

from hustings.money.models import Campaign, PeriodName
from hustings.money.queries.books import Item

Series = list[tuple[date, int]]


def course_of(
    *, campaign: Campaign, items: Sequence[Item], today: date, period: str = PeriodName.REGULATED
) -> tuple[Series, Series]:
    """Running totals in pence: of what was ordered, on the day it was, up to today; and from there with later orders and plans.

    A plan counts on the day of its first use, or tomorrow where none is known; at the latest on polling day.
    """
    done: dict[date, int] = {}
    ahead: dict[date, int] = {}
    for item in items:
        counted = item.counted[period]
        on = item.expense.committed_on
        if counted and on is not None:
            (done if on <= today else ahead).setdefault(on, 0)
            (done if on <= today else ahead)[on] += counted
        elif item.planned_pence:
            when = max(today, min(item.expense.first_use_on or today, campaign.poll_on))
            ahead[when] = ahead.get(when, 0) + dict(item.split.counted)[period]
    start = min([campaign.regulated_from, *done])
    spent: Series = [(start, 0)]
    total = 0
    for on in sorted(done):
        total += done[on]
        spent.append((on, total))
    spent.append((max(min(today, campaign.poll_on), spent[-1][0]), total))
    if not ahead:
        return spent, []
    forecast: Series = [(spent[-1][0], total)]
    for on in sorted(ahead):
        total += ahead[on]
        forecast.append((max(on, forecast[0][0]), total))
    forecast.append((max(campaign.poll_on, forecast[-1][0]), total))
    return spent, forecast
