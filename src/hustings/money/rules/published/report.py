"""Everything that is said about a file of published donations, in one piece: for the command and the page."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hustings.money.rules.published.donations import PublishedGift
from hustings.money.rules.published.elections import (
    Campaign,
    StandingExample,
    campaign_of,
    known_elections,
    standing_example,
)
from hustings.money.rules.published.identity import Identity, resolve_donors
from hustings.money.rules.published.totals import (
    Aggregate,
    Total,
    aggregates,
    in_order,
    quarter_of,
    reporting_period_of,
    totals_by,
    week_of,
)


@dataclass(frozen=True, kw_only=True)
class DonorTotal:
    """One donor across spellings: the sum, and by what the spellings were joined."""

    donor: str
    spellings: tuple[str, ...]
    joined_by: tuple[str, ...]
    recipients: tuple[str, ...]
    gifts: int
    pence: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """Totals in pence. `undated` gifts stand in no week, period or aggregate; `warnings` are whole sentences."""

    gifts: int
    pence: int
    first_on: date | None
    last_on: date | None
    undated: int
    by_recipient: tuple[Total, ...]
    by_donor: tuple[DonorTotal, ...]
    by_week: tuple[Total, ...]
    by_period: tuple[Total, ...]
    by_reporting_period: tuple[Total, ...]
    pre_poll: tuple[Campaign, ...]
    aggregates: tuple[Aggregate, ...]
    example: StandingExample
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON; each total under the name of what it is of."""
        return {
            "gifts": self.gifts,
            "pence": self.pence,
            "period": {"first_on": self.first_on, "last_on": self.last_on},
            "undated": self.undated,
            "by_recipient": _named("recipient", self.by_recipient),
            "by_donor": [asdict(one) for one in self.by_donor],
            "by_week": _named("week", self.by_week),
            "by_period": _named("period", self.by_period),
            "by_reporting_period": _named("reporting_period", self.by_reporting_period),
            "elections": [_campaign(one) for one in self.pre_poll],
            "aggregates": [{**asdict(one), "is_above": one.is_above} for one in self.aggregates],
            "standing_example": asdict(self.example),
            "warnings": list(self.warnings),
        }


def report_on(*, gifts: Sequence[PublishedGift], years: Iterable[int] = (2017, 2019)) -> Report:
    """Work everything out; `years` are the general elections to set side by side (`KeyError` for one not in the tables)."""
    donors = resolve_donors(gifts=gifts)
    days = [gift.day for gift in gifts if gift.day is not None]
    campaigns = tuple(campaign_of(gifts=gifts, year=year) for year in years)
    sums = aggregates(gifts=gifts, donors=donors)
    return Report(
        gifts=len(gifts),
        pence=sum(gift.value_pence for gift in gifts),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        undated=len(gifts) - len(days),
        by_recipient=tuple(totals_by(gifts=gifts, key=lambda gift: gift.recipient)),
        by_donor=_donors(gifts, donors),
        by_week=tuple(in_order(totals=totals_by(gifts=gifts, key=week_of))),
        by_period=(
            *in_order(totals=totals_by(gifts=gifts, key=quarter_of)),
            *totals_by(gifts=gifts, key=_pre_poll_of),
        ),
        by_reporting_period=tuple(totals_by(gifts=gifts, key=reporting_period_of)),
        pre_poll=campaigns,
        aggregates=tuple(sums),
        example=standing_example(gifts=gifts),
        warnings=_warnings(gifts, campaigns, sums),
    )


def _pre_poll_of(gift: PublishedGift) -> str | None:
    """The weeks before a general election in which a gift's own day lies, as a period of its own."""
    if gift.day is None:
        return None
    for year, entry in known_elections().items():
        if entry.text("dissolved_on") <= gift.day.isoformat() <= entry.text("poll_on"):
            return f"pre-poll {year} ({entry.text('dissolved_on')} to {entry.text('poll_on')})"
    return None


def _donors(gifts: Sequence[PublishedGift], donors: Sequence[Identity]) -> tuple[DonorTotal, ...]:
    found = [
        DonorTotal(
            donor=one.name,
            spellings=one.spellings,
            joined_by=one.joined_by,
            recipients=tuple(sorted({gifts[row].recipient for row in one.rows})),
            gifts=len(one.rows),
            pence=sum(gifts[row].value_pence for row in one.rows),
        )
        for one in donors
    ]
    return tuple(sorted(found, key=lambda one: (-one.pence, one.donor)))


def _warnings(
    gifts: Sequence[PublishedGift], campaigns: Sequence[Campaign], sums: Sequence[Aggregate]
) -> tuple[str, ...]:
    found = list(dict.fromkeys(one.warning for one in campaigns if one.warning))
    without = sum(one.threshold_pence is None for one in sums)
    if without:
        found.append(
            f"{without:,} of {len(sums):,} yearly sums have no threshold in our tables for their recipient and day, so they are "
            "held against nothing."
        )
    unread = sum(bool(one.warning) and one.threshold_pence is not None for one in sums)
    if unread:
        found.append(
            f"{unread:,} of {len(sums):,} yearly sums are held against a threshold that was not read in a source."
        )
    public = sum(gift.is_public_money for gift in gifts)
    if public:
        found.append(f"{public:,} rows are public money; they are in the totals, and in no yearly sum.")
    return tuple(found)


def _named(name: str, totals: Iterable[Total]) -> list[dict[str, Any]]:
    return [{name: total.key, "gifts": total.gifts, "pence": total.pence} for total in totals]


def _campaign(one: Campaign) -> dict[str, Any]:
    return {
        "election": one.year,
        "dissolved_on": one.dissolved_on,
        "poll_on": one.poll_on,
        "received_pence": one.received_pence,
        "reported_pence": one.reported_pence,
        "received_by_recipient": _named("recipient", one.received),
        "reported_by_recipient": _named("recipient", one.reported),
        "warning": one.warning,
    }
