"""Keep the keys by which objections find people up to date with their names, addresses and contact points."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from hustings.people.models import ContactPoint, ContactPointKind, Person, PersonKey
from hustings.people.rules.keys import Key, Side, email_key, name_address_keys, phone_key

_BATCH = 900


def keep_keys(*, person_ids: Iterable[int]) -> None:
    """Add the keys these people should have. Keys of former names and addresses stay: the objection stays theirs too."""
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), _BATCH):
        keys = keys_of_people(person_ids=wanted[start : start + _BATCH], side=Side.PERSON)
        _add([(person_id, key.kind, key.key_hash) for person_id, of in keys.items() for key in of])


def _add(rows: list[tuple[int, str, str]]) -> None:
    """Add rows that are not there yet: plain statements, as a list of supporters brings some sixty thousand of them."""
    statement = (
        f"INSERT INTO {PersonKey._meta.db_table} (person_id, kind, key_hash) VALUES (%s, %s, %s) "  # noqa: S608  (the table's name)
        "ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [(person_id, str(kind), key_hash) for person_id, kind, key_hash in rows]
        )


def keys_of_people(*, person_ids: Iterable[int], side: Side) -> dict[int, tuple[Key, ...]]:
    """The keys that follow from what is on file about each person now (up to a thousand people at a time)."""
    wanted, secret = list(person_ids), settings.HUSTINGS_SUPPRESSION_KEY
    found: dict[int, list[Key]] = {}
    people = Person.objects.filter(pk__in=wanted).values_list(
        "pk", "given_name", "family_name", "address_line", "postcode"
    )
    for person_id, given_name, family_name, address_line, postcode in people:
        found[person_id] = list(
            name_address_keys(
                secret=secret,
                given_name=given_name,
                family_name=family_name,
                address_line=address_line,
                postcode=postcode,
                side=side,
            )
        )
    points = ContactPoint.objects.filter(person__in=wanted).values_list("person_id", "kind", "canonical")
    for person_id, kind, canonical in points:
        if kind == ContactPointKind.EMAIL:
            key = email_key(secret=secret, canonical=canonical)
        else:
            key = phone_key(secret=secret, e164=canonical)
        found[person_id].append(key)
    return {person_id: tuple(dict.fromkeys(keys)) for person_id, keys in found.items()}
