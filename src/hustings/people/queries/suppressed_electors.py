"""Which electors an objection blocks who are not on file as people: by the elector, and by name and address."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from hustings.people.models import Suppression, SuppressionReview
from hustings.people.queries.suppression import SuppressedPeople, standing_condition
from hustings.people.rules.keys import Key, KeyKind, Side, elector_key, name_address_keys
from hustings.people.rules.suppression import Certainty, certainty

_ASKED_ONCE = 500
_FEW = 900
_KINDS = (KeyKind.ELECTOR, KeyKind.NAME_ADDRESS, KeyKind.NAME_VARIANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedElector:
    """An elector as a register lists them; `person_ids` are the people on file who were matched to them."""

    elector_id: int
    forename: str
    surname: str
    address: str
    postcode: str
    person_ids: tuple[int, ...] = ()


def keys_of_elector(*, elector: ListedElector, side: Side) -> tuple[Key, ...]:
    """The keys by which an objection holds on an elector: the elector itself, and name, house and postcode."""
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    return (
        elector_key(secret=secret, elector_id=elector.elector_id),
        *name_address_keys(
            secret=secret,
            given_name=elector.forename,
            family_name=elector.surname,
            address_line=elector.address,
            postcode=elector.postcode,
            side=side,
        ),
    )


def suppressed_electors(
    *, electors: Collection[ListedElector], channel: str, purpose: str
) -> SuppressedPeople:
    """The ids of those of these electors whom an objection blocks; an elector listed at two addresses is given twice.

    A doubtful hit (a variant of the name and address) blocks, unless a data officer found that the person matched to the
    elector is not the one who objected. A few electors are looked up by their keys; for many, every standing objection is
    read once and held against them, so that no elector costs a read.
    """
    if len(electors) <= _ASKED_ONCE:
        own = {key.key_hash for one in electors for key in keys_of_elector(elector=one, side=Side.PERSON)}
        standing = _standing(channel, purpose, sorted(own))
    else:
        standing = _standing(channel, purpose, None)
    if not standing:
        return SuppressedPeople(definite=frozenset(), doubtful=frozenset())
    kinds: dict[int, dict[uuid.UUID, set[str]]] = {}
    people: dict[int, set[int]] = {}
    for one in electors:
        for key in keys_of_elector(elector=one, side=Side.PERSON):
            for objection in standing.get(key.key_hash, ()):
                kinds.setdefault(one.elector_id, {}).setdefault(objection, set()).add(key.kind)
                people.setdefault(one.elector_id, set()).update(one.person_ids)
    definite, doubtful = set[int](), set[int]()
    reviews = _reviews(person for of in people.values() for person in of)
    for elector_id, hits in kinds.items():
        for objection, found in hits.items():
            answers = {reviews.get((person, objection)) for person in people[elector_id]}
            if certainty(kinds=found, channel=channel) is Certainty.DEFINITE or True in answers:
                definite.add(elector_id)
            elif False not in answers:
                doubtful.add(elector_id)
    return SuppressedPeople(definite=frozenset(definite), doubtful=frozenset(doubtful - definite))


def _standing(channel: str, purpose: str, hashes: list[str] | None) -> dict[str, list[uuid.UUID]]:
    """The standing objections by each of these keys (None: by every key an elector can have)."""
    condition, values = standing_condition(channel=channel, purpose=purpose)
    kinds = ", ".join(f"'{kind}'" for kind in _KINDS)
    found: dict[str, list[uuid.UUID]] = {}
    chunks: Iterable[list[str] | None] = (
        [None] if hashes is None else [hashes[at : at + _FEW] for at in range(0, len(hashes), _FEW)]
    )
    for chunk in chunks:
        among = "" if chunk is None else f"AND s.key_hash IN ({', '.join(['%s'] * len(chunk))})"
        statement = f"""
            SELECT DISTINCT s.key_hash, s.objection FROM {Suppression._meta.db_table} s
            WHERE {condition} AND s.kind IN ({kinds}) {among}"""  # noqa: S608  (names and marks; values are parameters)
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, *(chunk or [])])
            for key_hash, objection in cursor.fetchall():
                found.setdefault(key_hash, []).append(
                    objection if isinstance(objection, uuid.UUID) else uuid.UUID(objection)
                )
    return found


def _reviews(person_ids: Iterable[int]) -> Mapping[tuple[int, uuid.UUID], bool]:
    """What a data officer said of these people and any objection."""
    wanted = sorted(set(person_ids))
    found: dict[tuple[int, uuid.UUID], bool] = {}
    for at in range(0, len(wanted), _FEW):
        rows = SuppressionReview.objects.filter(person__in=wanted[at : at + _FEW])
        for person, objection, is_same in rows.values_list("person", "objection", "is_same_person"):
            found[person, objection] = is_same
    return found
