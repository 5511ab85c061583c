"""Totals of published donations by recipient, donor, week and period; aggregates against the thresholds of each gift's day."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hustings.money.rules.donation_law import threshold_or_none
from hustings.money.rules.published.donations import PublishedGift
from hustings.money.rules.published.identity import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum in pence over some gifts."""

    key: str
    gifts: int
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """What one donor gave one recipient (one accounting unit of a party) in a calendar year, against the reporting threshold.

    `threshold_pence`, `entry`, `status` and `warning` are of the gift by which the sum first passed the threshold of its own
    day, else of the last gift; `crossed_on` is that gift's day.
    """

    donor: str
    recipient: str
    unit: str
    year: int
    gifts: int
    pence: int
    threshold_pence: int | None
    entry: str
    status: str
    warning: str
    crossed_on: date | None

    @property
    def is_above(self) -> bool:
        """Whether the sum passed the threshold."""
        return self.crossed_on is not None


def totals_by(*, gifts: Sequence[PublishedGift], key: Callable[[PublishedGift], str | None]) -> list[Total]:
    """Totals by a key, the largest first; gifts whose key is none are left out."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for gift in gifts:
        name = key(gift)
        if name is not None:
            sums[name][0] += 1
            sums[name][1] += gift.value_pence
    found = [Total(key=name, gifts=count, pence=pence) for name, (count, pence) in sums.items()]
    return sorted(found, key=lambda total: (-total.pence, total.key))


def in_order(*, totals: Sequence[Total]) -> list[Total]:
    """The same totals in the order of their keys: weeks and quarters in time."""
    return sorted(totals, key=lambda total: total.key)


def week_of(gift: PublishedGift) -> str | None:
    """The Monday of a gift's own day, ISO; none without a day."""
    return (gift.day - timedelta(days=gift.day.weekday())).isoformat() if gift.day else None


def quarter_of(gift: PublishedGift) -> str | None:
    """The quarter of a gift's own day, "2019 Q4"; none without a day."""
    return f"{gift.day.year} Q{(gift.day.month + 2) // 3}" if gift.day else None


def reporting_period_of(gift: PublishedGift) -> str | None:
    """The publisher's reporting period; none where the row has none."""
    return gift.period or None


def aggregates(*, gifts: Sequence[PublishedGift], donors: Sequence[Identity]) -> list[Aggregate]:
    """Every donor's calendar year with every recipient, the largest first. Gifts without a day, given back and public money are
    left out.
    """
    found = []
    for donor in donors:
        years: dict[tuple[str, str, str, int], list[PublishedGift]] = defaultdict(list)
        for row in donor.rows:
            gift = gifts[row]
            if gift.day is None or gift.is_public_money or gift.action or not gift.donor.strip():
                continue
            unit = gift.unit if gift.threshold_of == "accounting-unit" else ""
            years[gift.recipient, unit, gift.threshold_of, gift.day.year].append(gift)
        for (recipient, unit, who, year), items in years.items():
            found.append(_aggregate(donor.name, recipient, unit, who, year, items))
    return sorted(found, key=lambda one: (-one.pence, one.donor, one.recipient, one.unit, one.year))


def _aggregate(
    donor: str, recipient: str, unit: str, who: str, year: int, items: list[PublishedGift]
) -> Aggregate:
    total, crossed, entry = 0, None, None
    for gift in sorted(items, key=lambda one: (one.day or date.min, one.ref)):
        total += gift.value_pence
        if crossed is None and gift.day is not None:
            entry = threshold_or_none(what="report", who=who, on=gift.day)
            if entry is not None and total > entry.integer():
                crossed = gift.day
    return Aggregate(
        donor=donor,
        recipient=recipient,
        unit=unit,
        year=year,
        gifts=len(items),
        pence=total,
        threshold_pence=entry.integer() if entry else None,
        entry=entry.id if entry else "",
        status=entry.status if entry else "",
        warning=entry.warning
        if entry
        else "Our tables have no reporting threshold for this recipient and day.",
        crossed_on=crossed,
    )
