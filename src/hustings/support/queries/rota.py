"""The rota of a place: each shift with those who come, and what is missing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from hustings.support.models import CallOutSettings, CoverClaim, CoverPeriod, CoverShift
from hustings.support.rules.rota import ShiftNeed
from hustings.volunteers.models import Course

#: The shipped course that cover asks for, until the organisation says otherwise.
FIRST_COURSE = "distress"


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaRow:
    """One shift, those who come, and its need."""

    shift: CoverShift
    claims: tuple[CoverClaim, ...]
    need: ShiftNeed


def call_out_settings() -> CallOutSettings:
    """The organisation's settings; where nobody has changed them yet the first ones (not stored), which ask for the course on
    supporting a person in distress once it is published."""
    kept = CallOutSettings.objects.filter(pk=1).first()
    if kept is not None:
        return kept
    has_course = Course.objects.filter(slug=FIRST_COURSE, is_published=True).exists()
    return CallOutSettings(pk=1, required_course=FIRST_COURSE if has_course else "")


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
    """What the shifts that are not over need, in one query."""
    shifts = period.shifts.filter(ends_at__gt=since).order_by("starts_at", "pk")
    counted = shifts.annotate(held=Count("claims", filter=Q(claims__ended_at=None)))
    return [
        ShiftNeed(key=pk, starts_at=starts_at, ends_at=ends_at, minimum=minimum, held=held)
        for pk, starts_at, ends_at, minimum, held in counted.values_list(
            "pk", "starts_at", "ends_at", "minimum", "held"
        )
    ]


def open_shifts(*, period: CoverPeriod, since: datetime) -> list[ShiftNeed]:
    """Those of them for which somebody is missing."""
    return [need for need in needs_of(period=period, since=since) if need.missing]
