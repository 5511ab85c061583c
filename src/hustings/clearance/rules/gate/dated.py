"""The dated tables that the gate reads."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hustings.basics.tables import NoRuleInForce, RuleTable, load_table

_TABLES = Path(__file__).parent.parent / "tables"


@cache
def channel_rules() -> RuleTable:
    """What a message by each channel needs, by day of sending."""
    return load_table(_TABLES / "channel_rules.toml")


@cache
def screening_rules() -> RuleTable:
    """How lately a number must have been looked up at a preference service."""
    return load_table(_TABLES / "screening_rules.toml")


def screened_since(*, on: date) -> date | None:
    """The first day on which a look-up is recent enough for a call on that day; `None` where no rule is in force."""
    try:
        return on - timedelta(days=screening_rules().entry(on=on, service="tps").integer("days"))
    except NoRuleInForce:
        return None


@cache
def age_rules() -> RuleTable:
    """The age below which nobody is asked, by purpose."""
    return load_table(_TABLES / "age_rules.toml")
