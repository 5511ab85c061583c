"""The clocks of a case: follow-ups after a day and a week, the next step, and the day on which everything is deleted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hustings.basics.refusals import Refusal, gettext_noop

#: Our own rule, not the law's: cases are kept as short as care allows.
USUAL_DAYS = 30
MOST_DAYS = 90

#: The follow-ups that every case has.
FOLLOW_UPS = (timedelta(days=1), timedelta(days=7))


class RetentionRefused(Refusal):
    """A date of deletion that is missing, past, too early for the follow-ups, or too far away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A moment that is due, seen from now: seconds until then, negative where it has passed."""

    due_at: datetime
    seconds: int

    @property
    def is_overdue(self) -> bool:
        """Whether it has passed."""
        return self.seconds < 0


def clock_of(*, due_at: datetime, now: datetime) -> Clock:
    """How a due moment stands now."""
    return Clock(due_at=due_at, seconds=int((due_at - now).total_seconds()))


def follow_ups(*, opened_at: datetime) -> tuple[datetime, ...]:
    """When somebody asks how the person is: a day and a week after the case was opened."""
    return tuple(opened_at + after for after in FOLLOW_UPS)


def usual_deletion(*, opened_on: date) -> date:
    """The date of deletion that a new case starts with."""
    return opened_on + timedelta(days=USUAL_DAYS)


def check_deletion(*, delete_on: date | None, opened_on: date, today: date) -> date:
    """The date itself, if a case may have it. Raises `RetentionRefused`."""
    if delete_on is None:
        raise RetentionRefused(
            "missing", gettext_noop("Say on which day the case is deleted. No case is kept without one.")
        )
    if delete_on <= today:
        raise RetentionRefused(
            "past", gettext_noop("That day has come already. To delete the case now, press “Delete now”.")
        )
    if delete_on < opened_on + FOLLOW_UPS[-1] + timedelta(days=1):
        raise RetentionRefused(
            "too_early",
            gettext_noop("The follow-up after a week must still be possible. Choose a later day."),
        )
    if delete_on > today + timedelta(days=MOST_DAYS):
        raise RetentionRefused(
            "too_late",
            gettext_noop("A case is kept for at most {days} days from today; later it can be extended."),
            days=MOST_DAYS,
        )
    return delete_on


def is_due_for_deletion(*, delete_on: date, today: date) -> bool:
    """Whether the day of deletion has come."""
    return today >= delete_on
