"""Record that somebody does not want to be contacted: the block that outlives everything else about them."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from hustings.people.models import Person
from hustings.people.rules.keys import Key
from hustings.people.usecases.record_objections import NothingToHoldOn, ObjectionRow, record_objections

__all__ = ["NothingToHoldOn", "object_to_contact"]


def object_to_contact(
    *,
    source: str,
    now: datetime,
    person: Person | None = None,
    keys: Iterable[Key] = (),
    channel: str = "",
    purpose: str = "",
) -> uuid.UUID:
    """Record an objection by a person on file, or by whoever the keys find, and return its id.

    An empty channel means every channel, an empty purpose all marketing and the profiling for it. It holds on every key the
    person has, those of former addresses too. Consents it covers are withdrawn, each with a receipt. Raises `NothingToHoldOn`.
    """
    row = ObjectionRow(
        at=now,
        person_id=None if person is None else person.pk,
        keys=frozenset(keys),
        channel=channel,
        purpose=purpose,
    )
    (objection,) = record_objections(rows=[row], source=source)
    return objection
