"""Keep the consents in force on the person's own row, where audiences count by them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from hustings.people.models import Consent, Person
from hustings.people.rules.agreed import agreed_number

_BATCH = 900


def keep_agreed(*, person_ids: Iterable[int]) -> None:
    """Let `Person.agreed` of these people follow their consents.

    Called by whoever writes `Consent` (`record_consent`, `rebuild_consents`), in the same transaction. The people's rows are
    held while their consents are read, so that of two changes at once none is lost; then one statement for each number that
    occurs.
    """
    everyone = sorted(set(person_ids))
    for start in range(0, len(everyone), _BATCH):
        with transaction.atomic():
            _keep(everyone[start : start + _BATCH])


def _keep(batch: list[int]) -> None:
    held = Person.objects.select_for_update().order_by("pk").filter(pk__in=batch)
    before = dict(held.values_list("pk", "agreed"))
    given: dict[int, list[tuple[str, str]]] = defaultdict(list)
    consents = Consent.objects.filter(person__in=batch, is_given=True)
    for person_id, channel, purpose in consents.values_list("person", "channel", "purpose"):
        given[person_id].append((channel, purpose))
    changed: dict[int, list[int]] = defaultdict(list)
    for person_id, number in before.items():
        follows = agreed_number(consents=given[person_id])
        if follows != number:
            changed[follows].append(person_id)
    for follows, person_ids in changed.items():
        Person.objects.filter(pk__in=person_ids).update(agreed=follows)
