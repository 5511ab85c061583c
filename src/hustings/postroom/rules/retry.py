"""When a deferred message is tried again, and when to give up; when a whole domain is left alone.

RFC 5321 4.5.4.1 asks for at least 30 minutes between attempts in the long run and for giving up after four to five days at the
earliest. Campaign mail is of no use that late: we are quick at first (greylisting passes after some minutes), and give
up after about two days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

_WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (2, 10, 30, 60, 120, 240, 480, 720, 720, 720)
)  # 51 hours in all

#: Deferrals in a row, with nothing accepted in between, after which a domain is left alone.
FAILURES_BEFORE_HOLD = 10
_FIRST_HOLD = timedelta(minutes=5)
_LONGEST_HOLD = timedelta(hours=4)


def next_attempt_at(*, attempts: int, now: datetime) -> datetime | None:
    """When to try again after the `attempts`-th attempt was deferred, or None to give up."""
    return now + _WAITS[attempts - 1] if 1 <= attempts <= len(_WAITS) else None


@dataclass(frozen=True, slots=True)
class DomainStanding:
    """How a recipients' domain has treated us: deferrals in a row, and until when it is left alone."""

    failures: int = 0
    held_until: datetime | None = None

    def after(self, *, accepted: int, deferred: int, now: datetime) -> "DomainStanding":
        """The standing after a batch: anything accepted clears it; ten deferrals in a row hold it, doubling each time."""
        if accepted:
            return DomainStanding()
        failures = self.failures + deferred
        if failures < FAILURES_BEFORE_HOLD or not deferred:
            return DomainStanding(failures, self.held_until)
        times = min((failures - FAILURES_BEFORE_HOLD) // FAILURES_BEFORE_HOLD, 10)
        return DomainStanding(failures, now + min(_FIRST_HOLD * 2**times, _LONGEST_HOLD))
