"""Work out anew, from the receipts alone, which consents are in force, and mend what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.people.models import Consent, ConsentEvent, Person
from hustings.people.usecases.keep_agreed import keep_agreed
from hustings.platform.progress import SILENT, Progress

_BATCH = 500

Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many people were looked at, and how many consents in force were added, changed and removed."""

    people: int
    added: int
    changed: int
    removed: int

    @property
    def is_sound(self) -> bool:
        """Whether everything was as it should be."""
        return not (self.added or self.changed or self.removed)


def rebuild_consents(*, person_ids: Iterable[int] | None = None, progress: Progress = SILENT) -> Rebuilt:
    """Let the consents in force of these people (None: of everybody) be exactly what their receipts say."""
    everyone = (
        sorted(Person.objects.values_list("pk", flat=True)) if person_ids is None else sorted(set(person_ids))
    )
    totals = [0, 0, 0]
    for start in range(0, len(everyone), _BATCH):
        some = everyone[start : start + _BATCH]
        with transaction.atomic():
            totals = [sum(pair) for pair in zip(totals, _rebuild(some), strict=True)]
        progress.report(done=start + len(some), total=len(everyone))
    added, changed, removed = totals
    return Rebuilt(people=len(everyone), added=added, changed=changed, removed=removed)


def consents_from_receipts(*, person_ids: Iterable[int]) -> dict[Key, ConsentEvent]:
    """The last receipt of each person, channel and purpose. Nothing is in force of somebody erased or merged away."""
    latest: dict[Key, ConsentEvent] = {}
    events = ConsentEvent.objects.filter(
        person__in=list(person_ids), person__erased_at=None, person__merged_into=None
    ).order_by("at", "pk")
    for event in events:
        latest[event.person_id, event.channel, event.purpose] = event
    return latest


def _rebuild(person_ids: list[int]) -> tuple[int, int, int]:
    right = consents_from_receipts(person_ids=person_ids)
    held = {
        (consent.person_id, consent.channel, consent.purpose): consent
        for consent in Consent.objects.filter(person__in=person_ids)
    }
    removed = [held[key].pk for key in held.keys() - right.keys()]
    fresh = [_consent(right[key]) for key in sorted(right.keys() - held.keys())]
    changed = []
    for key in right.keys() & held.keys():
        event, consent = right[key], held[key]
        if (consent.event_id, consent.is_given, consent.at) != (event.pk, event.is_given, event.at):
            consent.event, consent.is_given, consent.at = event, event.is_given, event.at
            changed.append(consent)
    Consent.objects.filter(pk__in=removed).delete()
    Consent.objects.bulk_create(fresh)
    if changed:
        Consent.objects.bulk_update(changed, ["event", "is_given", "at"])
    keep_agreed(person_ids=person_ids)
    return len(fresh), len(changed), len(removed)


def _consent(event: ConsentEvent) -> Consent:
    at: datetime = event.at
    return Consent(
        person_id=event.person_id,
        channel=event.channel,
        purpose=event.purpose,
        is_given=event.is_given,
        event=event,
        at=at,
    )
