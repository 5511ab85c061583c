"""Looking after cover by the clock: every open period whose call-out is due, and whose rota must reach further ahead."""

from datetime import datetime, timedelta

from hustings.support.models import CoverPeriod
from hustings.support.queries import call_out_settings
from hustings.support.usecases.call_out import call_out


def tend_cover(*, now: datetime) -> dict[str, int]:
    """Take one step for every open period that is due; safe to run twice and from several processes. Returns plain counts."""
    counts = {"open": 0, "asked": 0, "open_places": 0}
    ahead = now + timedelta(hours=call_out_settings().ahead_hours)
    for period in CoverPeriod.objects.filter(closed_at=None).order_by("pk"):
        counts["open"] += 1
        has_waits = period.next_at is not None and now < period.next_at
        if has_waits and period.covered_until + timedelta(minutes=period.shift_minutes) > ahead:
            continue
        done = call_out(period_id=period.pk, now=now)
        counts["asked"] += sum(done.asked.values())
        counts["open_places"] += done.open_places
    return counts
