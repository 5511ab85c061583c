"""The rota of a place: each shift with those who come, and what is missing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from hustings.support.models import CallOutSettings, CoverClaim, CoverPeriod, CoverShift
from hustings.support.rules.rota import ShiftNeed


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaRow:
    """One shift, those who come, and its need."""

    shift: CoverShift
    claims: tuple[CoverClaim, ...]
    need: ShiftNeed


def call_out_settings() -> CallOutSettings:
    """The organisation's settings; the first ones where nobody has changed them yet (not stored)."""
    return CallOutSettings.objects.filter(pk=1).first() or CallOutSettings(pk=1)


def rota_of(*, period: CoverPeriod, since: datetime | None = None) -> list[RotaRow]:
    """Shifts in order, of a whole period or of what is not over at a moment."""
    shifts = period.shifts.prefetch_related(
        Prefetch(
            "claims",
            queryset=CoverClaim.objects.filter(ended_at=None).select_related("volunteer__person"),
            to_attr="standing",
        )
    )
    if since is not None:
        shifts = shifts.filter(ends_at__gt=since)
    rows = []
    for shift in shifts.order_by("starts_at", "pk"):
        claims: list[CoverClaim] = shift.standing
        need = ShiftNeed(
            key=shift.pk,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            minimum=shift.minimum,
            held=len(claims),
        )
        rows.append(RotaRow(shift=shift, claims=tuple(claims), need=need))
    return rows


def needs_of(*, period: CoverPeriod, since: datetime) -> list[ShiftNeed]:
    """What the shifts that are not over need."""
    return [row.need for row in rota_of(period=period, since=since)]


def open_shifts(*, period: CoverPeriod, since: datetime) -> list[ShiftNeed]:
    """Those of them for which somebody is missing."""
    return [need for need in needs_of(period=period, since=since) if need.missing]
