"""Which reports of donations fall due, for which days, and which gifts stand in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hustings.basics.entries import Entry
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.rules.donation_law import QUARTERLY, WEEKLY, Recipient, threshold, threshold_or_none

Kind = Literal["quarterly", "weekly"]


class NoSuchElection(Refusal):
    """No weekly reports are known for this poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days of one report (`until_on` is not among them), when it is due, whether a nil report is needed, and the entries."""

    kind: Kind
    from_on: date
    until_on: date
    due_on: date
    needs_nil: bool
    entries: tuple[Entry, ...]

    @property
    def last_on(self) -> date:
        """The last day of the period."""
        return self.until_on - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGift:
    """What a report needs of a gift; `source` is one for all gifts of one giver, `is_refused` that it was returned or sent on."""

    gift_id: int
    source: str
    amount_pence: int
    received_on: date
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One gift in a report, and why it stands there."""

    gift_id: int
    why: Literal["single", "aggregate", "further", "refused"]
    year_pence: int
    entry_id: str


def quarters(*, of_year: int) -> tuple[Period, ...]:
    """The four quarterly reports of a year."""
    found = []
    for month in (1, 4, 7, 10):
        start = date(of_year, month, 1)
        end = date(of_year + month // 10, (month + 2) % 12 + 1, 1)
        entry = QUARTERLY.entry(on=start, key="days_after_quarter")
        found.append(
            Period(
                kind="quarterly",
                from_on=start,
                until_on=end,
                due_on=end + timedelta(days=entry.integer() - 1),
                needs_nil=True,
                entries=(entry,),
            )
        )
    return tuple(found)


def weekly_before(*, poll_on: date, recipient: Recipient) -> tuple[Period, ...]:
    """The weekly reports between dissolution and a general election: every seven days, and a short last period.

    Raises `NoSuchElection` where the tables name no dissolution for this poll.
    """
    election = _election(poll_on)
    if election is None:
        raise NoSuchElection(
            "no_election",
            gettext_noop(
                "No dissolution is known for a general election on {poll}; weekly reports come only before one."
            ),
            poll=poll_on.isoformat(),
        )
    start = date.fromisoformat(election.text("dissolved_on"))
    rule = WEEKLY.entry(on=start, key="rule")
    after = poll_on + timedelta(days=1)
    found = []
    while start < after:
        until = min(start + timedelta(days=rule.integer("days")), after)
        found.append(
            Period(
                kind="weekly",
                from_on=start,
                until_on=until,
                due_on=until + timedelta(days=rule.integer("due_days") - 1),
                needs_nil=recipient in rule.texts("nil_reports_of"),
                entries=(rule, election),
            )
        )
        start = until
    return tuple(found)


def _election(poll_on: date) -> Entry | None:
    return next(
        (entry for entry in WEEKLY.entries if entry.values.get("poll_on") == poll_on.isoformat()), None
    )


def dissolution_before(*, poll_on: date) -> Entry | None:
    """The entry with the dissolution before a general election, where the tables have it."""
    return _election(poll_on)


def quarterly_lines(
    *, gifts: Sequence[ReportGift], period: Period, floor_pence: int, who: str = "party"
) -> tuple[ReportLine, ...]:
    """The gifts a quarterly report names: single gifts above the threshold, those by which a source's calendar year passes it
    (with the earlier parts), later ones of a source already named above the further threshold together, and refused ones.
    """
    lines: list[ReportLine] = []
    by_source: dict[str, list[ReportGift]] = {}
    for gift in sorted(gifts, key=lambda one: (one.received_on, one.gift_id)):
        if gift.is_refused:
            if gift.amount_pence > floor_pence and period.from_on <= gift.received_on < period.until_on:
                entry = threshold(
                    what="floor", who=who if who in {"party", "candidate"} else "party", on=gift.received_on
                )
                lines.append(
                    ReportLine(
                        gift_id=gift.gift_id, why="refused", year_pence=gift.amount_pence, entry_id=entry.id
                    )
                )
            continue
        if gift.amount_pence > floor_pence and gift.received_on.year == period.from_on.year:
            by_source.setdefault(gift.source, []).append(gift)
    for items in by_source.values():
        lines.extend(_of_source(items, period, who))
    return tuple(sorted(lines, key=lambda line: line.gift_id))


def _of_source(items: Sequence[ReportGift], period: Period, who: str) -> Iterable[ReportLine]:
    total, waiting, is_named = 0, list[ReportGift](), False
    pending = 0
    for gift in items:
        if gift.received_on >= period.until_on:
            break
        total += gift.amount_pence
        first = threshold(what="report", who=who, on=gift.received_on)
        # A table that knows no further threshold for this recipient names every later gift above the first one again.
        further = threshold_or_none(what="further", who=who, on=gift.received_on) or first
        is_now = gift.received_on >= period.from_on
        if not is_named:
            waiting.append(gift)
            if total > first.integer():
                is_named = True
                for one in waiting:
                    if is_now:
                        why: Literal["single", "aggregate"] = "single" if len(waiting) == 1 else "aggregate"
                        yield ReportLine(gift_id=one.gift_id, why=why, year_pence=total, entry_id=first.id)
                waiting, pending = [], 0
            continue
        waiting.append(gift)
        pending += gift.amount_pence
        if pending > further.integer():
            for one in waiting:
                if is_now:
                    yield ReportLine(
                        gift_id=one.gift_id, why="further", year_pence=total, entry_id=further.id
                    )
            waiting, pending = [], 0


def weekly_lines(
    *, gifts: Sequence[ReportGift], period: Period, recipient: Recipient
) -> tuple[ReportLine, ...]:
    """The gifts a weekly report names: each single one of the week above the weekly threshold."""
    who = "non-party" if recipient == "non-party" else "party"
    lines = []
    for gift in sorted(gifts, key=lambda one: (one.received_on, one.gift_id)):
        if period.from_on <= gift.received_on < period.until_on and not gift.is_refused:
            entry = threshold(what="weekly", who=who, on=gift.received_on)
            if gift.amount_pence > entry.integer():
                lines.append(
                    ReportLine(
                        gift_id=gift.gift_id, why="single", year_pence=gift.amount_pence, entry_id=entry.id
                    )
                )
    return tuple(lines)
