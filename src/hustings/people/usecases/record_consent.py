"""Record that somebody gave or withdrew a consent: a receipt that is only ever added."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from hustings.people.events import OpinionConsentWithdrawn
from hustings.people.models import Consent, ConsentEvent, ConsentWording, Person, Purpose
from hustings.people.usecases.keep_agreed import keep_agreed
from hustings.people.usecases.lift_objection import lift_objections_of
from hustings.platform.events import announce

_BATCH = 900


class EvidenceMissing(ValueError):
    """A consent was to be recorded without the words agreed to, or without anything that shows it was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One consent given or withdrawn at a moment; `evidence` is plain JSON that shows it ("signature": 12)."""

    person_id: int
    channel: str
    purpose: str
    is_given: bool
    wording: ConsentWording | None
    at: datetime
    evidence: Mapping[str, Any] = field(default_factory=dict)


def record_consent(
    *,
    person: Person,
    channel: str,
    purpose: str,
    is_given: bool,
    wording: ConsentWording | None,
    source: str,
    evidence: Mapping[str, Any],
    now: datetime,
    recorded_by: AbstractBaseUser | None = None,
    is_own_act: bool = False,
) -> ConsentEvent:
    """Add one receipt and bring the consent in force up to date; see `record_consents`. Raises `EvidenceMissing`."""
    row = ConsentRow(
        person_id=person.pk,
        channel=channel,
        purpose=purpose,
        is_given=is_given,
        wording=wording,
        at=now,
        evidence=evidence,
    )
    (event,) = record_consents(rows=[row], source=source, recorded_by=recorded_by, is_own_act=is_own_act)
    return event


def record_consents(
    *,
    rows: Iterable[ConsentRow],
    source: str,
    recorded_by: AbstractBaseUser | None = None,
    is_own_act: bool = False,
) -> list[ConsentEvent]:
    """Add many receipts in one pass and bring the consents in force up to date; raises `EvidenceMissing`.

    A receipt older than the consent in force is kept, and changes nothing else: an old list cannot undo what somebody said
    since. With `is_own_act` the people did it themselves and were shown to be themselves (they confirmed by their own email,
    or opened their own signed link); only then does giving a consent lift an objection to just this channel and purpose. A
    consent that somebody else brings, a spreadsheet above all, never does.
    """
    events = [_event(row, source, recorded_by) for row in rows]
    with transaction.atomic():
        ConsentEvent.objects.bulk_create(events, batch_size=_BATCH)
        bring_up_to_date(events=events)
        for event in events:
            if event.purpose == Purpose.OPINION and not event.is_given:
                announce(OpinionConsentWithdrawn(at=event.at, person_id=event.person_id))
            if event.is_given and is_own_act:
                lift_objections_of(
                    person_id=event.person_id,
                    channel=event.channel,
                    purpose=event.purpose,
                    source=source,
                    now=event.at,
                )
    return events


def bring_up_to_date(*, events: Sequence[ConsentEvent]) -> None:
    """Let the consents in force follow these events where they are the latest of their person, channel and purpose."""
    latest: dict[tuple[int, str, str], ConsentEvent] = {}
    for event in sorted(events, key=lambda event: (event.at, event.pk)):
        latest[event.person_id, event.channel, event.purpose] = event
    held = _held(sorted({person_id for person_id, _, _ in latest}))
    fresh, changed = [], []
    for key, event in latest.items():
        consent = held.get(key)
        if consent is None:
            fresh.append(_consent(event))
        elif (consent.at, consent.event_id) < (event.at, event.pk):
            consent.is_given, consent.event, consent.at = event.is_given, event, event.at
            changed.append(consent)
    Consent.objects.bulk_create(fresh, batch_size=_BATCH)
    if changed:
        Consent.objects.bulk_update(changed, ["is_given", "event", "at"], batch_size=200)
    keep_agreed(person_ids={person_id for person_id, _, _ in latest})


def _held(person_ids: list[int]) -> dict[tuple[int, str, str], Consent]:
    held = {}
    for start in range(0, len(person_ids), _BATCH):
        for consent in Consent.objects.filter(person__in=person_ids[start : start + _BATCH]):
            held[consent.person_id, consent.channel, consent.purpose] = consent
    return held


def _consent(event: ConsentEvent) -> Consent:
    return Consent(
        person_id=event.person_id,
        channel=event.channel,
        purpose=event.purpose,
        is_given=event.is_given,
        event=event,
        at=event.at,
    )


def _event(row: ConsentRow, source: str, recorded_by: AbstractBaseUser | None) -> ConsentEvent:
    if row.is_given and (row.wording is None or not row.evidence):
        raise EvidenceMissing(
            f"A consent ({row.channel or 'any channel'}, {row.purpose}) needs the exact words agreed to and something "
            "that shows it was given. Without them keep the person, and ask again."
        )
    return ConsentEvent(
        person_id=row.person_id,
        channel=row.channel,
        purpose=row.purpose,
        is_given=row.is_given,
        wording=row.wording,
        at=row.at,
        source=source,
        evidence=dict(row.evidence),
        recorded_by_id=None if recorded_by is None else recorded_by.pk,
    )
