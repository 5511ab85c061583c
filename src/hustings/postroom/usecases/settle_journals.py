"""Settling what a killed run left: what is known is recorded, what was in flight is unknown, the rest waits again."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from hustings.postroom.delivery.journal import JournalContent, abandoned_journals, living_tokens
from hustings.postroom.models import Message, MessageState
from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.smtp.letters import Outcome
from hustings.postroom.usecases.claim_messages import give_back
from hustings.postroom.usecases.record_outcomes import record_outcomes

IN_FLIGHT = gettext_noop("The worker was stopped after it had begun to send this; no answer was recorded.")
NO_JOURNAL = gettext_noop(
    "The worker that held this is gone, with its journal; whether it was sent is not known."
)

#: Claims without a journal here may belong to a worker on another machine: they are left alone until well past their lease.
_GRACE = timedelta(minutes=5)


def journal_folder() -> Path:
    """Where the runs of this machine keep their journals."""
    return Path(settings.HUSTINGS_HOME) / "postroom"


def settle_journals(*, now: datetime) -> Counter[str]:
    """Settle every run that ended without settling itself; returns how many messages met which end.

    Safe at any time and from several processes: a living run's journal is locked, and each message is touched only while
    the dead run still holds it.
    """
    tally: Counter[str] = Counter()
    for content in abandoned_journals(folder=journal_folder()):
        with transaction.atomic():
            tally += _settle(content, now)
    return tally


def settle_lost_claims(*, now: datetime) -> int:
    """Mark as unknown what was claimed by a run that is gone without a journal; returns how many."""
    lost = Message.objects.filter(claim_token__isnull=False, lease_expires_at__lt=now - _GRACE)
    held_by = lost.filter(state=MessageState.CLAIMED).values_list("claim_token", flat=True)
    tokens = {token for token in held_by if token is not None}
    settled = 0
    for token in tokens - living_tokens(folder=journal_folder()):
        held = Message.objects.filter(claim_token=token, state=MessageState.CLAIMED).values_list(
            "id", flat=True
        )
        unknown = [_unknown(message_id, NO_JOURNAL) for message_id in held]
        settled += record_outcomes(token=token, outcomes=unknown, now=now).total()
    return settled


def _settle(content: JournalContent, now: datetime) -> Counter[str]:
    held = set(
        Message.objects.filter(claim_token=content.token, state=MessageState.CLAIMED).values_list(
            "id", flat=True
        )
    )
    outcomes = [outcome for key, outcome in content.outcomes.items() if key in held]
    in_doubt = (content.begun if content.is_whole else held) - set(content.outcomes)
    outcomes += [_unknown(key, IN_FLIGHT) for key in sorted(in_doubt & held)]
    tally: Counter[str] = Counter()
    for start in range(0, len(outcomes), 500):
        tally.update(record_outcomes(token=content.token, outcomes=outcomes[start : start + 500], now=now))
    waiting = held - {outcome.key for outcome in outcomes}
    tally["given_back"] += give_back(token=content.token, ids=waiting)
    return tally


def _unknown(key: int, why: str) -> Outcome:
    return Outcome(key, Fate.UNKNOWN, Stage.CONTENT, 0, why)
