"""Erase what we hold about a person, and keep the block that stops old lists from bringing them back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.people.events import PersonErased
from hustings.people.models import Person, Suppression
from hustings.people.queries.suppression import suppression_hits
from hustings.people.rules.suppression import Certainty
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.record_objections import NothingToHoldOn, objection_keys, suppressions
from hustings.platform import audit, wiring
from hustings.platform.events import announce


class AlreadyErased(ValueError):
    """There is nothing left to erase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Rows erased, by app, and whether a block against further contact stands."""

    rows: dict[str, int]
    is_blocked: bool


def erase_person(
    *, person: Person, now: datetime, by: User | None = None, why: str = "asked for by the person"
) -> Erased:
    """Erase everything the law lets go, in every app, in one transaction; the empty row and receipts without identity stay.

    Objections stay as keyed hashes and are made to hold on every key the person had; where there was none, one to all
    marketing is added, so that the next list with this person in it does not reach them. Rows merged into this one are
    erased with it. `why` is a plain reason for the audit log, without personal data. Raises `AlreadyErased`.
    """
    with transaction.atomic():
        person = _kept_row(person.pk)
        if person.erased_at is not None:
            raise AlreadyErased(f"Person {person.pk} was erased before.")
        is_blocked = _make_block_last(person, now)
        rows: dict[str, int] = {}
        for one in [person, *_merged_into(person)]:
            # The higher apps first: what they look up by name or address must still be there.
            for socket in reversed(wiring.personal_data_sockets()):
                rows[socket.app_label] = rows.get(socket.app_label, 0) + socket.erase(
                    person_id=one.pk, now=now
                )
        audit.record(
            now=now,
            actor=by,
            verb="erased",
            subject_type="people.Person",
            subject_id=person.pk,
            area_code=person.ward_id or "",
            why=why,
            rows=rows,
        )
        announce(PersonErased(at=now, person_id=person.pk))
    return Erased(rows=rows, is_blocked=is_blocked)


def _kept_row(person_id: int) -> Person:
    """The row as it is now, held until the end; of a merged person, the row that was kept."""
    person = Person.objects.select_for_update().get(pk=person_id)
    return person if person.merged_into_id is None else _kept_row(person.merged_into_id)


def _merged_into(person: Person) -> list[Person]:
    found = list(Person.objects.filter(merged_into=person))
    return found + [further for one in found for further in _merged_into(one)]


def _make_block_last(person: Person, now: datetime) -> bool:
    """Let the person's own objections hold on all their keys, or object for them; false where there is no key at all."""
    keys = objection_keys(person_ids=[person.pk])[person.pk]
    own = {
        hit.objection
        for channel in ("", "email", "sms", "call", "post", "door")
        for hit in suppression_hits(person_ids=[person.pk], channel=channel, purpose="campaign")
        if hit.is_reviewed or hit.certainty is Certainty.DEFINITE
    }
    for objection in own:
        held = Suppression.objects.filter(objection=objection, is_lifted=False)
        first = held[0]
        known = set(held.values_list("key_hash", flat=True))
        Suppression.objects.bulk_create(
            suppressions(
                objection=objection,
                keys=[key for key in keys if key.key_hash not in known],
                channel=first.channel,
                purpose=first.purpose,
                source=first.source,
                at=now,
            )
        )
    try:
        object_to_contact(person=person, source="erasure", now=now)
    except NothingToHoldOn:
        return False
    return True
