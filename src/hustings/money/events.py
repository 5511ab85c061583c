"""What election money announces."""

from dataclasses import dataclass
from datetime import date

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ReturnFrozen(Event):
    """A return was finished: its public version can be shown (`queries.public_return`)."""

    return_id: int


@dataclass(frozen=True, kw_only=True)
class DonationReportFiled(Event):
    """A report of donations was sent; its lines can be shown without private addresses."""

    report_id: int


@dataclass(frozen=True, kw_only=True)
class ReturnDeadlineNear(Event):
    """The agent should hear now that something is due for a campaign's return."""

    campaign_id: int
    task: str
    due_on: date
    days_before: int
