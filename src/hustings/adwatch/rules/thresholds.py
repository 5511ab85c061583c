"""When a non-party campaigner should be registered: the period before a poll, its day's thresholds, what an interval says.

Figures come from the dated table of non-party limits (`money/rules/tables/non_party_limits.toml`; PPERA 2000 Part 6). The
archive does not say in which nation money was spent, so the UK-wide figure counts where there is one, else England's, the
highest, which accuses least.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hustings.adwatch.rules.intervals import Interval
from hustings.basics.entries import Entry
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.tables import NoRuleInForce
from hustings.money.rules.limits import NON_PARTY

#: The regulated period of a UK parliamentary general election: 365 days that end with polling day (rules 3.1 and 3.2).
DAYS = 365
Reading = Literal["above", "may-be-above", "below"]


class NoThreshold(Refusal):
    """The table has no threshold for the poll's day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The amount above which registration was needed, the days that count, and the table entry behind the amount."""

    pence: int
    first_on: date
    last_on: date
    entry: Entry

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is not sure about the figure."""
        found = [self.entry.warning] if self.entry.warning else []
        if self.entry.note:
            found.append(self.entry.note)
        return tuple(found)


def threshold_for(*, poll_on: date) -> Threshold:
    """The threshold of a UK parliamentary general election on that day; raises `NoThreshold`."""
    first = poll_on - timedelta(days=DAYS - 1)
    for what, nation in (("notification-needed-above", "uk"), ("reporting-above", "england")):
        try:
            entry = NON_PARTY.entry(on=poll_on, what=what, nation=nation)
        except NoRuleInForce:
            continue
        return Threshold(pence=entry.integer(), first_on=first, last_on=poll_on, entry=entry)
    raise NoThreshold(
        "no_threshold",
        gettext_noop("The table of thresholds has none for a poll on {on}."),
        on=poll_on.isoformat(),
    )


def reading(*, spend: Interval, threshold: Threshold) -> Reading:
    """What an interval says about a threshold: above whatever the truth is, perhaps above, or not above."""
    if spend.low > threshold.pence:
        return "above"
    if spend.high is None or spend.high > threshold.pence:
        return "may-be-above"
    return "below"
