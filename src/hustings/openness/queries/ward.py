"""What was sent in one ward, in sums: how often by which way, when, to about how many, at about what cost, by whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hustings.basics.clock import uk_date
from hustings.openness.models import Entry, EntryKind
from hustings.openness.queries.entries import EntryView, public_entries, view_of, with_documents

#: Kinds that reached people; the others are about paper and corrections.
REACHING = (EntryKind.SENDING, EntryKind.ROUND, EntryKind.ADVERT, EntryKind.CALLS, EntryKind.DOORS)
_MOST = 500


@dataclass(frozen=True, kw_only=True)
class Reach:
    """One thing that reached the ward: the entry, the day, and the numbers that are open (of this ward where they are known).

    `people` is the ward's own band, or None where it is not open or not known by ward; `is_waiting` says which.
    """

    view: EntryView
    day: date
    channel: str
    people: tuple[int, int] | None
    cost: tuple[int, int] | None
    is_waiting: bool


@dataclass(frozen=True, kw_only=True)
class WardSummary:
    """Everything that reached a ward, newest first, with its sums; sums are intervals."""

    reaches: tuple[Reach, ...]
    by_channel: dict[str, int]
    people: tuple[int, int]
    has_people: bool
    cost: tuple[int, int]
    waiting: int
    promoters: tuple[tuple[str, int], ...]
    months: tuple[tuple[date, dict[str, int]], ...]


def ward_summary(*, code: str, on: date) -> WardSummary:
    """Sum up what the public may see on that day of what reached a ward; the newest five hundred entries count.

    The cost of a sending is for all wards that it reached, so the sums of costs say what these sendings cost altogether.
    """
    entries = with_documents(public_entries(on=on, ward=code).filter(kind__in=REACHING))
    reaches = tuple(_reach(view_of(entry=entry, on=on), code) for entry in entries[:_MOST])
    people = [one.people for one in reaches if one.people]
    costs = [one.cost for one in reaches if one.cost]
    named = Counter(
        line for one in reaches for line in [str(one.view.facts.get("imprint") or "").split("\n")[0]] if line
    )
    return WardSummary(
        reaches=reaches,
        by_channel=dict(Counter(one.channel for one in reaches)),
        people=(sum(low for low, _ in people), sum(high for _, high in people)),
        has_people=bool(people),
        cost=(sum(low for low, _ in costs), sum(high for _, high in costs)),
        waiting=sum(one.is_waiting for one in reaches),
        promoters=tuple(named.most_common(5)),
        months=_months(reaches),
    )


def _reach(view: EntryView, code: str) -> Reach:
    figures = view.figures
    wards = {one["code"]: one["people"] for one in figures.get("by_ward", [])}
    band = wards.get(code)
    if band is None and view.entry.area_id == code and len(wards) <= 1:
        band = figures.get("people")
    cost = figures.get("cost_pence")
    return Reach(
        view=view,
        day=_day(view),
        channel=view.entry.channel,
        people=(band["at_least"], band["at_most"]) if band else None,
        cost=_span(cost),
        is_waiting=view.is_waiting,
    )


def _span(cost: Any) -> tuple[int, int] | None:
    if cost is None:
        return None
    return (cost, cost) if isinstance(cost, int) else (cost["at_least"], cost["at_most"])


def _day(view: EntryView) -> date:
    started = view.facts.get("started_at")
    return datetime.fromisoformat(started).date() if started else uk_date(view.entry.recorded_at)


def _months(reaches: tuple[Reach, ...]) -> tuple[tuple[date, dict[str, int]], ...]:
    found: dict[date, Counter[str]] = {}
    for one in reaches:
        found.setdefault(one.day.replace(day=1), Counter())[one.channel] += 1
    if not found:
        return ()
    months: list[tuple[date, dict[str, int]]] = []
    month, last = min(found), max(found)
    while month <= last:
        months.append((month, dict(found.get(month, {}))))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return tuple(months[-12:])


def newest_entries(*, on: date, ward: str = "", limit: int = 30) -> list[EntryView]:
    """The newest entries as the public sees them, for feeds."""
    found: list[Entry] = list(with_documents(public_entries(on=on, ward=ward))[:limit])
    return [view_of(entry=entry, on=on) for entry in found]
