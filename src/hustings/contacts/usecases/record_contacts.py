"""Record contacts, many at once, and keep when each person was last reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.contacts.models import Contact
from hustings.contacts.rules.reach import is_reached
from hustings.people.usecases.note_contacts import note_contacts

BATCH = 2_000


class ContactNeedsOneSubject(ValueError):
    """A contact must concern exactly one person or one elector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A contact to be recorded: with exactly one of `person_id` and `elector_id`.

    `channel`, `purpose` and `outcome` are the values of `Channel`, `Purpose` and `Outcome`; `label` says in the course of
    what (a mailing's or a round's name).
    """

    channel: str
    purpose: str
    outcome: str
    at: datetime
    person_id: int | None = None
    elector_id: int | None = None
    label: str = ""
    by_id: int | None = None


def record_contacts(*, rows: Iterable[NewContact]) -> list[Contact]:
    """Record contacts in bulk; returns the stored rows in the order given, ids included.

    One insert per 2,000 rows and one update per moment, in one transaction (the caller's, where one is open). Every
    attempt is recorded; only those that reached the person move `Person.last_contacted_at`, and never backwards.
    """
    given = list(rows)
    for row in given:
        if (row.person_id is None) == (row.elector_id is None):
            raise ContactNeedsOneSubject("Name the person or the elector who was contacted, not both.")
    with transaction.atomic():
        stored = Contact.objects.bulk_create(
            [
                Contact(
                    person_id=row.person_id,
                    elector_id=row.elector_id,
                    channel=row.channel,
                    purpose=row.purpose,
                    outcome=row.outcome,
                    at=row.at,
                    label=row.label,
                    by_id=row.by_id,
                )
                for row in given
            ],
            batch_size=BATCH,
        )
        for at, person_ids in _reached_by_moment(given).items():
            note_contacts(person_ids=person_ids, at=at)
    return stored


def _reached_by_moment(rows: Iterable[NewContact]) -> dict[datetime, list[int]]:
    """People who were reached, by the latest moment each was."""
    latest: dict[int, datetime] = {}
    for row in rows:
        if row.person_id is None or not is_reached(outcome=row.outcome):
            continue
        if row.person_id not in latest or latest[row.person_id] < row.at:
            latest[row.person_id] = row.at
    by_moment: dict[datetime, list[int]] = {}
    for person_id, at in latest.items():
        by_moment.setdefault(at, []).append(person_id)
    return by_moment
