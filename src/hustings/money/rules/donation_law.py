"""The dated figures of donation law: is it a donation, by when must it be decided, when is it reported?

The relevant date is the day of receipt. Raises `NoRuleInForce` where the tables have nothing for a day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from hustings.basics.entries import Entry
from hustings.basics.tables import NoRuleInForce, RuleTable, load_table

_TABLES = Path(__file__).parent / "tables"
THRESHOLDS = load_table(_TABLES / "donation_thresholds.toml")
PERMISSIBLE = load_table(_TABLES / "permissible_donors.toml")
CLOCK = load_table(_TABLES / "donation_clock.toml")
PENDING = load_table(_TABLES / "pending_donation_rules.toml")
WEEKLY = load_table(_TABLES / "weekly_reports.toml")
QUARTERLY = load_table(_TABLES / "quarterly_reports.toml")

Recipient = Literal["party", "candidate", "non-party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time to decide about a gift: the last day, whole days left on some day (negative when over), and the entry."""

    last_day: date
    days_left: int
    entry_id: str

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.days_left < 0


def donation_tables() -> tuple[RuleTable, ...]:
    """Every table of donation law."""
    return THRESHOLDS, PERMISSIBLE, CLOCK, PENDING, WEEKLY, QUARTERLY


def threshold(*, what: str, who: str, on: date) -> Entry:
    """The entry of one threshold on a day: a sum in pence that must be exceeded."""
    return THRESHOLDS.entry(on=on, what=what, who=who)


def threshold_or_none(*, what: str, who: str, on: date) -> Entry | None:
    """The same, or none where the tables have no rule for that day or recipient."""
    try:
        return threshold(what=what, who=who, on=on)
    except NoRuleInForce:
        return None


def floor_pence(*, recipient: Recipient, on: date) -> int:
    """The sum above which a gift is a donation in law."""
    return threshold(what="floor", who=recipient, on=on).integer()


def clock_of(*, starts_on: date, today: date) -> Clock:
    """The time to check and return a gift received on a day; that day is the first of thirty."""
    entry = CLOCK.entry(on=starts_on, key="days_to_decide")
    last_day = starts_on + timedelta(days=entry.integer() - 1)
    return Clock(last_day=last_day, days_left=(last_day - today).days, entry_id=entry.id)


def pending_rule(*, key: str) -> Entry:
    """A proposed rule, by its key; `KeyError` where there is none."""
    history = PENDING.history(key=key)
    if not history:
        raise KeyError(key)
    return history[-1]


def pending_keys() -> tuple[str, ...]:
    """The keys of every proposed rule."""
    return tuple(key[0] for key in PENDING.keys)
