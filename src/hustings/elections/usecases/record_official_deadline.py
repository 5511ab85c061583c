"""Record a deadline as the official notice gives it."""

from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.models import OfficialDeadline
from hustings.elections.queries import election
from hustings.elections.rules.timetable import DeadlineEvent
from hustings.platform import audit


class NotADeadline(Refusal):
    """The official deadline lacks something or cannot be."""


@transaction.atomic
def record_official_deadline(
    *,
    election_id: str,
    event: DeadlineEvent,
    at: datetime,
    source: str,
    now: datetime,
    by: audit.Actor | None = None,
) -> OfficialDeadline:
    """Put the official notice's moment (aware) above the reckoned one; a correction replaces it and is
    audited.

    Raises `NoSuchElection` and `NotADeadline`.
    """
    poll_on = election(election_id=election_id).poll_on
    if not source.strip():
        raise NotADeadline(
            "no_source", gettext_noop("Say which notice gives this deadline, for example its address.")
        )
    if not -400 < (at.date() - poll_on).days <= 0:
        raise NotADeadline(
            "wrong_day",
            gettext_noop("{at} is not a day before the poll of {poll}. Check the year."),
            at=at.date().isoformat(),
            poll=poll_on.isoformat(),
        )
    official, _is_new = OfficialDeadline.objects.update_or_create(
        election_id=election_id,
        event=event,
        defaults={
            "at": at,
            "source": source.strip(),
            "recorded_at": now,
            "recorded_by_id": None if by is None else by.pk,
        },
    )
    audit.record(
        now=now,
        actor=by,
        verb="recorded an official deadline",
        subject_type="election",
        subject_id=election_id,
        event=str(event),
        at=at.isoformat(),
        source=source.strip(),
    )
    return official
