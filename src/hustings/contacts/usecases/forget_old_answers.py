"""Forget what people told us about their vote and their concerns once two rounds of elections have passed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Q

from hustings.basics.clock import uk_date
from hustings.contacts.models import Intention, IssueRaised
from hustings.contacts.rules.retention import keep_since, round_of
from hustings.elections.models import Election
from hustings.platform import audit


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """How many answers were forgotten, or would be."""

    intentions: int
    issues: int


@transaction.atomic
def forget_old_answers(*, now: datetime, dry_run: bool = False) -> Forgotten:
    """Delete voting intentions that are older than two polls of their own series, and what belongs to no series after ten years.

    The notice says so to everybody (`website.usecases.write_privacy_notice`). With `dry_run` nothing is deleted. The audit log
    keeps how many, not whose.
    """
    on = uk_date(now)
    by_series: dict[str, list[date]] = {}
    for pk, poll_on in Election.objects.values_list("pk", "poll_on"):
        if (series := round_of(election_id=pk)) is not None:
            by_series.setdefault(series, []).append(poll_on)
    longest = keep_since(polls=(), on=on)
    old = Q(at__lt=_begin(longest))
    for series, polls in by_series.items():
        since = keep_since(polls=polls, on=on)
        if since > longest:
            old |= Q(election__in=_ids(series), at__lt=_begin(since))
    intentions = Intention.objects.filter(old)
    issues = IssueRaised.objects.filter(at__lt=_begin(longest))
    found = Forgotten(intentions=intentions.count(), issues=issues.count())
    if dry_run or not (found.intentions or found.issues):
        return found
    intentions.delete()
    issues.delete()
    audit.record(
        now=now,
        actor=None,
        verb="forgot old answers",
        subject_type="contacts.Intention",
        subject_id=0,
        area_code="",
        intentions=found.intentions,
        issues=found.issues,
    )
    return found


def _ids(series: str) -> list[str]:
    return [
        pk
        for pk in Election.objects.filter(pk__startswith=f"{series}.").values_list("pk", flat=True)
        if round_of(election_id=pk) == series
    ]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
