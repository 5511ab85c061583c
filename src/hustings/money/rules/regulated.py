"""When spending begins to count: the day after somebody became a candidate in law."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.spans import DateSpan
from hustings.basics.tables import load_table
from hustings.basics.working_days import WorkingDays

PERIODS = load_table(Path(__file__).parent / "tables" / "regulated_periods.toml")
_DAY = timedelta(days=1)


class NotYetACandidate(Refusal):
    """The facts do not say from when somebody is a candidate."""


@dataclass(frozen=True, kw_only=True)
class RegulatedPeriod:
    """The span in which spending counts, the day on which somebody became a candidate, the entry and its warning."""

    span: DateSpan
    candidate_on: date
    entry_id: str
    warning: str


def regulated_period(
    *,
    election: str,
    poll_on: date,
    declared_on: date | None,
    nominated_on: date | None = None,
    earliest_on: date | None = None,
    calendar: WorkingDays | None = None,
) -> RegulatedPeriod:
    """The regulated period of one candidate.

    `declared_on` is the day the intention to stand was first made known, `nominated_on` that of the nomination;
    whichever comes first makes a candidate, but not before the earliest day: the dissolution, the vacancy or the list
    (`earliest_on`), or the last permitted day for the notice of election, which is counted here with `calendar`. A notice that
    was published sooner changes nothing. Raises `NotYetACandidate`.
    """
    entry = PERIODS.entry(on=poll_on, election=election)
    kind = entry.text("earliest")
    if kind == "notice":
        if calendar is None:
            raise NotYetACandidate(
                "calendar", gettext_noop("Counting working days needs the nation's bank holidays.")
            )
        earliest_on = calendar.before(poll_on, entry.integer("working_days"))
    if earliest_on is None:
        raise NotYetACandidate(
            "earliest",
            gettext_noop("Enter the day of the {kind}: nobody is a candidate in law before it."),
            kind=kind,
        )
    known = [day for day in (declared_on, nominated_on) if day is not None]
    if not known:
        raise NotYetACandidate(
            "declared", gettext_noop("Enter the day on which the candidate declared or was nominated.")
        )
    candidate_on = max(earliest_on, min(known))
    if candidate_on >= poll_on:
        raise NotYetACandidate(
            "after-poll", gettext_noop("Somebody becomes a candidate before polling day; check the days.")
        )
    return RegulatedPeriod(
        span=DateSpan(candidate_on + _DAY, poll_on + _DAY),
        candidate_on=candidate_on,
        entry_id=entry.id,
        warning=" ".join(filter(None, (entry.warning, entry.note if entry.warning else ""))),
    )


def long_campaign_from(*, parliament_met_on: date) -> date:
    """The first day of a long campaign: the day after Parliament has sat 55 months (s. 76ZA)."""
    month = parliament_met_on.month - 1 + 55
    year, month = parliament_met_on.year + month // 12, month % 12 + 1
    for day in range(parliament_met_on.day, 27, -1):
        try:
            return date(year, month, day) + _DAY
        except ValueError:
            continue  # the month is shorter
    return date(year, month, min(parliament_met_on.day, 28)) + _DAY
