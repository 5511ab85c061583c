"""Record that somebody takes an objection back. The objection stays in the book; the lifting stands beside it."""

import uuid
from datetime import datetime

from django.db import transaction

from hustings.people.models import Suppression
from hustings.people.queries.suppression import objections_against


class NoSuchObjection(LookupError):
    """There is no objection with this id."""


def lift_objection(
    *, objection: uuid.UUID, source: str, now: datetime, channel: str = "", purpose: str = ""
) -> None:
    """Lift an objection: wholly, or for one channel or purpose only. Only the person themselves can ask for it.

    A later objection stands whatever was lifted before it. Raises `NoSuchObjection`.
    """
    with transaction.atomic():
        held = list(Suppression.objects.filter(objection=objection, is_lifted=False))
        if not held:
            raise NoSuchObjection(f"There is no objection {objection}.")
        first = held[0]
        Suppression.objects.create(
            objection=objection,
            is_lifted=True,
            kind=first.kind,
            key_hash=first.key_hash,
            channel=channel,
            purpose=purpose,
            at=now,
            source=source,
        )


def lift_objections_of(
    *, person_id: int, channel: str, purpose: str, source: str, now: datetime
) -> list[uuid.UUID]:
    """Lift whatever objections block this person on a channel for a purpose, there only; returns their ids."""
    blocking = objections_against(person_id=person_id, channel=channel, purpose=purpose)
    for objection in blocking:
        lift_objection(objection=objection, source=source, now=now, channel=channel, purpose=purpose)
    return blocking
