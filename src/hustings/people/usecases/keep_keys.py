"""Keep the keys by which objections find people up to date with their names, addresses and contact points."""

from collections.abc import Iterable

from django.conf import settings

from hustings.people.models import ContactPoint, ContactPointKind, Person, PersonKey
from hustings.people.rules.keys import Key, Side, email_key, name_address_keys, phone_key

_BATCH = 900


def keep_keys(*, person_ids: Iterable[int]) -> None:
    """Add the keys these people should have. Keys of former names and addresses stay: the objection stays theirs too."""
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        fresh = [
            PersonKey(person_id=person_id, kind=key.kind, key_hash=key.key_hash)
            for person_id, keys in keys_of_people(person_ids=some, side=Side.PERSON).items()
            for key in keys
        ]
        PersonKey.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=2_000)


def keys_of_people(*, person_ids: Iterable[int], side: Side) -> dict[int, tuple[Key, ...]]:
    """The keys that follow from what is on file about each person now (up to a thousand people at a time)."""
    wanted, secret = list(person_ids), settings.HUSTINGS_SUPPRESSION_KEY
    found: dict[int, list[Key]] = {}
    people = Person.objects.filter(pk__in=wanted).only(
        "given_name", "family_name", "address_line", "postcode"
    )
    for person in people:
        found[person.pk] = list(
            name_address_keys(
                secret=secret,
                given_name=person.given_name,
                family_name=person.family_name,
                address_line=person.address_line,
                postcode=person.postcode,
                side=side,
            )
        )
    for point in ContactPoint.objects.filter(person__in=wanted).only("person_id", "kind", "canonical"):
        if point.kind == ContactPointKind.EMAIL:
            key = email_key(secret=secret, canonical=point.canonical)
        else:
            key = phone_key(secret=secret, e164=point.canonical)
        found[point.person_id].append(key)
    return {person_id: tuple(dict.fromkeys(keys)) for person_id, keys in found.items()}
