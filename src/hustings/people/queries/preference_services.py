"""What the preference services say of people: who is listed, and whose number was looked up lately."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from hustings.people.models import (
    ContactPoint,
    ContactPointKind,
    KeyKind,
    PersonKey,
    PreferenceList,
    PreferenceListing,
    PreferenceService,
)
from hustings.people.queries.suppressed_electors import ListedElector, keys_of_elector
from hustings.people.rules.keys import KeyKind as RuleKind
from hustings.people.rules.keys import Side, phone_key

_TELEPHONE = (PreferenceService.TPS, PreferenceService.CTPS)
_BATCH = 900


def telephone_standing(
    *, person_ids: Iterable[int], since: date, on: date
) -> tuple[frozenset[int], frozenset[int]]:
    """Of these people, those with a usable number that is listed, and those with one that nobody looked up since a day.

    The Telephone Preference Service counts for both; the Corporate one adds those listed there. Only what was known on `on`.
    """
    numbers = _numbers(person_ids)
    listed_keys = _keys_in(numbers, services=_TELEPHONE, since=None, on=on)
    whole = PreferenceList.objects.filter(
        service=PreferenceService.TPS, is_whole=True, as_of__gte=since, as_of__lte=on
    ).exists()
    looked_up = (
        frozenset(numbers)
        if whole
        else _keys_in(numbers, services=(PreferenceService.TPS,), since=since, on=on)
    )
    listed = {person for key in listed_keys for person in numbers[key]}
    unscreened = {person for key, people in numbers.items() if key not in looked_up for person in people}
    return frozenset(listed), frozenset(unscreened)


def listed_by_post(*, person_ids: Iterable[int], on: date) -> frozenset[int]:
    """Those of these people whose name and address are on the Mailing Preference Service, by what was known on `on`."""
    wanted, found = list(person_ids), set[int]()
    listed = _listed_by_post(on)
    if not listed.exists():
        return frozenset()
    for start in range(0, len(wanted), _BATCH):
        keys = PersonKey.objects.filter(
            person__in=wanted[start : start + _BATCH],
            kind=KeyKind.NAME_ADDRESS,
            key_hash__in=listed.values("key_hash"),
        )
        found.update(keys.values_list("person", flat=True))
    return frozenset(found)


def electors_listed_by_post(*, electors: Iterable[ListedElector], on: date) -> frozenset[int]:
    """The ids of those of these electors whose name and address are on the Mailing Preference Service, asked the same way."""
    if not _listed_by_post(on).exists():
        return frozenset()
    owners: dict[str, list[int]] = {}
    for one in electors:
        for key in keys_of_elector(elector=one, side=Side.PERSON):
            if key.kind is RuleKind.NAME_ADDRESS:
                owners.setdefault(key.key_hash, []).append(one.elector_id)
    listed = _keys_in(owners, services=(PreferenceService.MPS,), since=None, on=on)
    return frozenset(elector for key in listed for elector in owners[key])


def _listed_by_post(on: date) -> QuerySet[PreferenceListing]:
    return PreferenceListing.objects.filter(service=PreferenceService.MPS, is_listed=True, as_of__lte=on)


def _numbers(person_ids: Iterable[int]) -> dict[str, list[int]]:
    """Who uses which number, by its keyed hash."""
    wanted = list(person_ids)
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    numbers: dict[str, list[int]] = {}
    for start in range(0, len(wanted), _BATCH):
        points = ContactPoint.objects.filter(
            person__in=wanted[start : start + _BATCH], kind=ContactPointKind.PHONE, unusable_at=None
        ).exclude(canonical="")
        for person, canonical in points.values_list("person", "canonical"):
            numbers.setdefault(phone_key(secret=secret, e164=canonical).key_hash, []).append(person)
    return numbers


def _keys_in(
    numbers: Iterable[str], *, services: Iterable[PreferenceService], since: date | None, on: date
) -> frozenset[str]:
    """Those of these keys that are listed (with `since`: that were looked up since that day, whatever was found)."""
    rows = PreferenceListing.objects.filter(service__in=list(services), as_of__lte=on)
    rows = rows.filter(is_listed=True) if since is None else rows.filter(as_of__gte=since)
    wanted, found = list(numbers), set[str]()
    for start in range(0, len(wanted), _BATCH):
        found.update(
            rows.filter(key_hash__in=wanted[start : start + _BATCH]).values_list("key_hash", flat=True)
        )
    return frozenset(found)
