"""Looking after cover by the clock: every open period whose call-out is due, and whose rota must reach further ahead."""

from datetime import datetime

from hustings.support.models import CoverPeriod
from hustings.support.usecases.call_out import call_out


def tend_cover(*, now: datetime) -> dict[str, int]:
    """Take one step for every open period; safe to run twice and from several processes. Returns plain counts."""
    counts = {"open": 0, "asked": 0, "open_places": 0}
    for period_id in CoverPeriod.objects.filter(closed_at=None).order_by("pk").values_list("pk", flat=True):
        done = call_out(period_id=period_id, now=now)
        counts["open"] += 1
        counts["asked"] += sum(done.asked.values())
        counts["open_places"] += done.open_places
    return counts
