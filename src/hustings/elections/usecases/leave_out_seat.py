"""Leave a seat out of the ranking, with a reason that is published beside it, or put it back."""

from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.models import Contest, Exclusion
from hustings.platform import audit


class NoSuchSeat(Refusal):
    """The election has no contest in this area."""


class NoReason(Refusal):
    """A seat is left out only with a reason in words."""


@transaction.atomic
def leave_out_seat(
    *, election_id: str, code: str, reason: str, now: datetime, by: audit.Actor | None = None
) -> Exclusion:
    """Leave a seat out of its election's ranking; said again, the new reason replaces the old one.

    Raises `NoSuchSeat` and `NoReason`.
    """
    contest = _contest(election_id, code)
    if len(reason.split()) < 3:
        raise NoReason(
            "no_reason",
            gettext_noop("Give the reason in a sentence: it is published with the ranking."),
        )
    exclusion, _is_new = Exclusion.objects.update_or_create(
        contest=contest,
        defaults={
            "reason": reason.strip(),
            "recorded_at": now,
            "recorded_by_id": None if by is None else by.pk,
        },
    )
    audit.record(
        now=now,
        actor=by,
        verb="left out of the ranking",
        subject_type="contest",
        subject_id=contest.pk,
        area_code=contest.area_id or "",
        reason=reason.strip(),
    )
    return exclusion


@transaction.atomic
def put_back_seat(*, election_id: str, code: str, now: datetime, by: audit.Actor | None = None) -> None:
    """Rank a seat again that was left out; raises `NoSuchSeat`."""
    contest = _contest(election_id, code)
    Exclusion.objects.filter(contest=contest).delete()
    audit.record(
        now=now,
        actor=by,
        verb="put back into the ranking",
        subject_type="contest",
        subject_id=contest.pk,
        area_code=contest.area_id or "",
    )


def _contest(election_id: str, code: str) -> Contest:
    contest = Contest.objects.filter(election=election_id, area=code).first()
    contest = contest or Contest.objects.filter(election=election_id, ballot_id=code).first()
    if contest is None:
        raise NoSuchSeat(
            "no_such_seat",
            gettext_noop("{election} has no seat {seat}. `hustings seats list` shows the codes."),
            election=election_id,
            seat=code,
        )
    return contest
