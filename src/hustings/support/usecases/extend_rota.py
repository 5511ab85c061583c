"""Lay out more of a rota, so that it always reaches some hours ahead."""

from datetime import datetime, timedelta

from hustings.support.models import CoverPeriod, CoverShift
from hustings.support.queries import call_out_settings
from hustings.support.rules.rota import cut_shifts


def extend_rota(*, period: CoverPeriod, now: datetime, starts_at: datetime | None = None) -> int:
    """Add shifts from the end of the rota (or from `starts_at`) until it reaches the set hours ahead; returns how many.

    Whole shifts alone are added, so that nothing is done until one fits. Must be called inside a transaction that holds the
    period.
    """
    begins = period.covered_until if starts_at is None else starts_at
    step = timedelta(minutes=period.shift_minutes)
    wanted = now + timedelta(hours=call_out_settings().ahead_hours)
    count = max(0, (wanted - begins) // step)
    if starts_at is not None:
        count = max(1, count)
    if not count:
        return 0
    ends = begins + count * step
    CoverShift.objects.bulk_create(
        CoverShift(period=period, starts_at=first, ends_at=last, minimum=period.minimum)
        for first, last in cut_shifts(starts_at=begins, ends_at=ends, minutes=period.shift_minutes)
    )
    period.covered_until = ends
    period.save(update_fields=["covered_until"])
    return count
