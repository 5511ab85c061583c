"""Claiming messages for one run of the courier, and giving back what it did not begin."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from hustings.people.models import Channel
from hustings.postroom.models import WAITING_STATES, DomainHold, Message, MessageState

#: How long a claim stands without being renewed. A run renews while it lives.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """What a courier needs of a message it has claimed."""

    id: int
    public_id: uuid.UUID
    person_id: int | None
    address: str
    fields: dict[str, Any]
    template: str
    language: str
    purpose: str
    channel: str = Channel.EMAIL


def claim_messages(
    *, token: uuid.UUID, dispatch_id: int | None, limit: int, now: datetime, channel: str = Channel.EMAIL
) -> list[ClaimedMessage]:
    """Claim up to `limit` waiting messages of one channel, of a dispatch (or single ones, with None), oldest first.

    A conditional update decides: of two couriers that see the same row, one gets it. Messages to a domain that is being
    left alone, or whose time has not come, stay where they are.
    """
    if limit <= 0:
        return []
    held = DomainHold.objects.filter(held_until__gt=now).values_list("domain", flat=True)
    waiting = Message.objects.filter(
        Q(not_before=None) | Q(not_before__lte=now), dispatch=dispatch_id, channel=channel
    ).exclude(domain__in=list(held))
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        ids: list[int] = []
        for state in WAITING_STATES:  # one at a time, so that the index gives the order
            if more := limit - len(ids):
                ids += waiting.filter(state=state).order_by("id").values_list("id", flat=True)[:more]
        if not ids:
            return []
        claimed = Message.objects.filter(id__in=ids, state__in=WAITING_STATES)
        claimed.update(state=MessageState.CLAIMED, claim_token=token, lease_expires_at=now + LEASE)
        mine = Message.objects.filter(id__in=ids, claim_token=token, state=MessageState.CLAIMED).order_by(
            "id"
        )
        columns = (
            "id",
            "public_id",
            "person_id",
            "address",
            "fields",
            "template",
            "language",
            "purpose",
            "channel",
        )
        return [ClaimedMessage(*row) for row in mine.values_list(*columns)]


def renew_claims(*, token: uuid.UUID, now: datetime) -> int:
    """Keep the claims of a living run; returns how many it holds."""
    held = Message.objects.filter(claim_token=token, state=MessageState.CLAIMED)
    return held.update(lease_expires_at=now + LEASE)


def give_back(*, token: uuid.UUID, ids: Collection[int]) -> int:
    """Let messages wait again that were claimed and not begun; returns how many."""
    mine = Message.objects.filter(id__in=ids, claim_token=token, state=MessageState.CLAIMED)
    return mine.update(state=MessageState.QUEUED, claim_token=None, lease_expires_at=None)


def withdraw(*, reasons: dict[int, str], now: datetime) -> int:
    """Withdraw claimed messages before sending, each with its reason; returns how many."""
    by_reason: dict[str, list[int]] = {}
    for message_id, reason in reasons.items():
        by_reason.setdefault(reason[:200], []).append(message_id)
    done = 0
    for reason, ids in by_reason.items():
        claimed = Message.objects.filter(id__in=ids, state=MessageState.CLAIMED)
        done += claimed.update(
            state=MessageState.WITHDRAWN, reason=reason, ended_at=now, claim_token=None, lease_expires_at=None
        )
        Message.objects.filter(id__in=ids, dispatch=None).update(fields={})
    return done
