"""What volunteers have promised: on rotas of cover, and everywhere together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from hustings.platform import wiring
from hustings.support.models import CoverClaim
from hustings.volunteers.queries import Commitment

Span = tuple[datetime, datetime]


def cover_commitments(
    *, volunteer_ids: Iterable[int] | None, starts_at: datetime, ends_at: datetime
) -> Sequence[Commitment]:
    """Shifts of cover that touch a half-open span; of everybody where no ids are given.

    A shift that ended when the place was quiet again counts up to that moment: the time was given.
    """
    rows = CoverClaim.objects.filter(shift__starts_at__lt=ends_at, shift__ends_at__gt=starts_at)
    rows = rows.exclude(end_reason="taken_back")
    if volunteer_ids is not None:
        rows = rows.filter(volunteer__in=list(volunteer_ids))
    found = rows.order_by("shift__starts_at", "pk").values_list(
        "volunteer_id", "shift__starts_at", "shift__ends_at", "ended_at"
    )
    return [
        Commitment(volunteer_id=volunteer_id, starts_at=begins, ends_at=min(ends, ended or ends))
        for volunteer_id, begins, ends, ended in found
        if ended is None or ended > begins
    ]


def promised_spans(
    *, volunteer_ids: Iterable[int], starts_at: datetime, ends_at: datetime
) -> dict[int, list[Span]]:
    """Everything these volunteers have promised within a span, by volunteer: events, cover, whatever is wired."""
    ids = list(volunteer_ids)
    found: dict[int, list[Span]] = defaultdict(list)
    for ask in wiring.commitments():
        for each in ask(volunteer_ids=ids, starts_at=starts_at, ends_at=ends_at):
            found[each.volunteer_id].append((each.starts_at, each.ends_at))
    return found
