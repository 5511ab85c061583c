"""Record that somebody does not want to be contacted: the block that outlives everything else about them."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hustings.people.events import ObjectionRecorded
from hustings.people.models import Consent, Person, PersonKey, Suppression
from hustings.people.rules.keys import Key, KeyKind, Side
from hustings.people.rules.suppression import covers
from hustings.people.usecases.keep_keys import keep_keys, keys_of_people
from hustings.people.usecases.record_consent import ConsentRow, record_consents
from hustings.platform.events import announce


class NothingToHoldOn(ValueError):
    """An objection without email, phone, elector, or name and postcode could never find anybody again."""


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
    with transaction.atomic():
        held = set(keys)
        if person is not None:
            keep_keys(person_ids=[person.pk])
            held |= objection_keys_of(person=person)
        if not held:
            raise NothingToHoldOn(
                "This objection has nothing to be found by. Add an email, a phone number, or the name with house and postcode."
            )
        objection = uuid.uuid4()
        add_keys(objection=objection, keys=held, channel=channel, purpose=purpose, source=source, now=now)
        if person is not None:
            _withdraw_consents(
                person=person, objection=objection, channel=channel, purpose=purpose, source=source, now=now
            )
        announce(
            ObjectionRecorded(
                at=now,
                objection=str(objection),
                person_id=None if person is None else person.pk,
                channel=channel,
                purpose=purpose,
            )
        )
    return objection


def add_keys(
    *, objection: uuid.UUID, keys: Iterable[Key], channel: str, purpose: str, source: str, now: datetime
) -> None:
    """Let an objection hold on these keys."""
    Suppression.objects.bulk_create(
        [
            Suppression(
                objection=objection,
                kind=key.kind,
                key_hash=key.key_hash,
                channel=channel,
                purpose=purpose,
                at=now,
                source=source,
            )
            for key in sorted(set(keys))
        ]
    )


def objection_keys_of(*, person: Person) -> set[Key]:
    """Every key on which an objection by this person must hold: those of today, and the sure ones of former times."""
    (today,) = keys_of_people(person_ids=[person.pk], side=Side.OBJECTION).values()
    former = PersonKey.objects.filter(person=person).exclude(kind=KeyKind.NAME_VARIANT)
    return set(today) | {
        Key(KeyKind(kind), key_hash) for kind, key_hash in former.values_list("kind", "key_hash")
    }


def _withdraw_consents(
    *, person: Person, objection: uuid.UUID, channel: str, purpose: str, source: str, now: datetime
) -> None:
    given = Consent.objects.filter(person=person, is_given=True)
    rows = [
        ConsentRow(
            person_id=person.pk,
            channel=consent.channel,
            purpose=consent.purpose,
            is_given=False,
            wording=None,
            at=max(now, consent.at),
            evidence={"objection": str(objection)},
        )
        for consent in given
        if covers(
            channel=channel, purpose=purpose, asked_channel=consent.channel, asked_purpose=consent.purpose
        )
    ]
    if rows:
        record_consents(rows=rows, source=source)
