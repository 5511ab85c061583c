"""Record many objections in one pass: those of people on file, and those of whoever the keys will find."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.people.events import ObjectionRecorded
from hustings.people.models import Consent, PersonKey, Suppression
from hustings.people.rules.keys import Key, KeyKind, Side
from hustings.people.rules.suppression import covers
from hustings.people.usecases.keep_keys import keep_keys, keys_of_people
from hustings.people.usecases.record_consent import ConsentRow, record_consents
from hustings.platform.events import announce

_BATCH = 900


class NothingToHoldOn(ValueError):
    """An objection without email, phone, elector, or name and postcode could never find anybody again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRow:
    """One objection, by a person on file, by keys, or both. An empty channel is every one, an empty purpose all marketing."""

    at: datetime
    person_id: int | None = None
    keys: frozenset[Key] = frozenset()
    channel: str = ""
    purpose: str = ""


def record_objections(*, rows: Iterable[ObjectionRow], source: str) -> list[uuid.UUID]:
    """Add objections and return their ids in order; consents they cover are withdrawn, each with a receipt.

    Raises `NothingToHoldOn` where one has neither keys nor a person with any.
    """
    asked = list(rows)
    with transaction.atomic():
        person_ids = sorted({row.person_id for row in asked if row.person_id is not None})
        keep_keys(person_ids=person_ids)
        own = objection_keys(person_ids=person_ids)
        ids, fresh = [uuid.uuid4() for _ in asked], []
        for objection, row in zip(ids, asked, strict=True):
            keys = row.keys | (own[row.person_id] if row.person_id is not None else frozenset())
            if not keys:
                raise NothingToHoldOn(
                    "This objection has nothing to be found by. Add an email, a phone number, or the name with house "
                    "and postcode."
                )
            fresh += suppressions(
                objection=objection,
                keys=keys,
                channel=row.channel,
                purpose=row.purpose,
                source=source,
                at=row.at,
            )
        Suppression.objects.bulk_create(fresh, batch_size=_BATCH)
        _withdraw_consents(list(zip(ids, asked, strict=True)), source)
        for objection, row in zip(ids, asked, strict=True):
            announce(
                ObjectionRecorded(
                    at=row.at,
                    objection=str(objection),
                    person_id=row.person_id,
                    channel=row.channel,
                    purpose=row.purpose,
                )
            )
    return ids


def suppressions(
    *, objection: uuid.UUID, keys: Iterable[Key], channel: str, purpose: str, source: str, at: datetime
) -> list[Suppression]:
    """The rows, not yet stored, by which an objection holds on these keys."""
    return [
        Suppression(
            objection=objection,
            kind=key.kind,
            key_hash=key.key_hash,
            channel=channel,
            purpose=purpose,
            at=at,
            source=source,
        )
        for key in sorted(set(keys))
    ]


def objection_keys(*, person_ids: Iterable[int]) -> dict[int, frozenset[Key]]:
    """Every key on which an objection by each person must hold: those of today, and the sure ones of former times."""
    wanted = sorted(set(person_ids))
    found: dict[int, set[Key]] = {person_id: set() for person_id in wanted}
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        for person_id, today in keys_of_people(person_ids=some, side=Side.OBJECTION).items():
            found[person_id] |= set(today)
        former = PersonKey.objects.filter(person__in=some).exclude(kind=KeyKind.NAME_VARIANT)
        for person_id, kind, key_hash in former.values_list("person_id", "kind", "key_hash"):
            found[person_id].add(Key(KeyKind(kind), key_hash))
    return {person_id: frozenset(keys) for person_id, keys in found.items()}


def _withdraw_consents(objections: Sequence[tuple[uuid.UUID, ObjectionRow]], source: str) -> None:
    by_person: dict[int, list[tuple[uuid.UUID, ObjectionRow]]] = {}
    for objection, row in objections:
        if row.person_id is not None:
            by_person.setdefault(row.person_id, []).append((objection, row))
    wanted, withdrawn = sorted(by_person), []
    for start in range(0, len(wanted), _BATCH):
        for consent in Consent.objects.filter(person__in=wanted[start : start + _BATCH], is_given=True):
            for objection, row in by_person[consent.person_id]:
                is_covered = covers(
                    channel=row.channel,
                    purpose=row.purpose,
                    asked_channel=consent.channel,
                    asked_purpose=consent.purpose,
                )
                # Whoever agreed again after an objection has changed their mind since.
                if is_covered and consent.at <= row.at:
                    withdrawn.append(
                        ConsentRow(
                            person_id=consent.person_id,
                            channel=consent.channel,
                            purpose=consent.purpose,
                            is_given=False,
                            wording=None,
                            at=row.at,
                            evidence={"objection": str(objection)},
                        )
                    )
                    break
    if withdrawn:
        record_consents(rows=withdrawn, source=source)
