"""Which electors an objection blocks who are not on file as people: by the elector, and by name and address."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from hustings.people.models import MARKETING_PURPOSES, Suppression, SuppressionReview
from hustings.people.queries.suppression import SuppressedPeople, standing_among, standing_condition
from hustings.people.rules.keys import (
    Agreement,
    Key,
    KeyKind,
    Side,
    elector_key,
    name_address_keys,
    named_keys,
)
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


#: What somebody decided about an elector and an objection: whether the elector is the one who objected.
Answers = Mapping[tuple[int, uuid.UUID], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectorHit:
    """An objection that may be an elector's: a hit on variants of the name and address alone."""

    elector_id: int
    objection: uuid.UUID
    agreements: frozenset[Agreement]


def suppressed_electors(
    *, electors: Collection[ListedElector], channel: str, purpose: str, answers: Answers
) -> SuppressedPeople:
    """The ids of those of these electors whom an objection blocks; an elector listed at two addresses is given twice.

    A doubtful hit (a variant of the name and address) blocks, unless a data officer found that the elector, or the person
    matched to them, is not the one who objected. Whoever was found to be the one is blocked while the objection stands,
    whatever a later register calls them. A few electors are looked up by their keys; for many, every standing objection is
    read once and held against them, so that no elector costs a read.
    """
    if len(electors) <= _ASKED_ONCE:
        own = {key.key_hash for one in electors for key in keys_of_elector(elector=one, side=Side.PERSON)}
        standing = _standing(channel, purpose, sorted(own))
    else:
        standing = _standing(channel, purpose, None)
    definite = _agreed_to_be(electors, channel, purpose, answers)
    if not standing:
        return SuppressedPeople(definite=frozenset(definite), doubtful=frozenset())
    (hits,) = _hits(electors, [standing])
    sure, doubtful = _sorted_by_certainty(hits, electors, channel, answers)
    definite |= sure
    return SuppressedPeople(
        definite=frozenset(definite), doubtful=frozenset(elector for elector, _ in doubtful) - definite
    )


def doubtful_hits_on(
    *, electors: Collection[ListedElector], channels: Collection[str], answers: Answers
) -> list[ElectorHit]:
    """The hits that keep these electors from being contacted by one of these channels until somebody has looked.

    Whom another objection blocks for sure on that channel is left out, and so is what was answered.
    """
    asked = [(channel, str(purpose)) for channel in channels for purpose in MARKETING_PURPOSES]
    standing = [_standing(channel, purpose, None) for channel, purpose in asked]
    if not any(standing):
        return []
    found: dict[tuple[int, uuid.UUID], frozenset[Agreement]] = {}
    for (channel, purpose), hits in zip(asked, _hits(electors, standing), strict=True):
        sure, doubtful = _sorted_by_certainty(hits, electors, channel, answers)
        sure |= _agreed_to_be(electors, channel, purpose, answers)
        for elector, objection in doubtful:
            if elector not in sure:
                agreements = frozenset(of for of in hits[elector][objection] if of is not None)
                found[elector, objection] = found.get((elector, objection), frozenset()) | agreements
    return [
        ElectorHit(elector_id=elector, objection=objection, agreements=agreements)
        for (elector, objection), agreements in found.items()
    ]


#: For each elector and objection, the keys that were hit; None is the elector itself.
_Hits = dict[int, dict[uuid.UUID, set[Agreement | None]]]


def _hits(electors: Iterable[ListedElector], standing: list[dict[str, list[uuid.UUID]]]) -> list[_Hits]:
    """What is hit in each of the books of standing objections: the keys of an elector are made once."""
    found: list[_Hits] = [{} for _ in standing]
    for one in electors:
        for agreement, key in _labelled_keys(one):
            for held, hits in zip(standing, found, strict=True):
                for objection in held.get(key.key_hash, ()):
                    hits.setdefault(one.elector_id, {}).setdefault(objection, set()).add(agreement)
    return found


def _sorted_by_certainty(
    hits: _Hits, electors: Iterable[ListedElector], channel: str, answers: Answers
) -> tuple[set[int], list[tuple[int, uuid.UUID]]]:
    """The electors who surely objected, and the pairs of elector and objection that nobody has answered yet."""
    people = dict[int, set[int]]()
    for one in electors:
        if one.elector_id in hits:
            people.setdefault(one.elector_id, set()).update(one.person_ids)
    reviews = _reviews(person for of in people.values() for person in of)
    definite, doubtful = set[int](), list[tuple[int, uuid.UUID]]()
    for elector_id, of_elector in hits.items():
        for objection, found in of_elector.items():
            said = {reviews.get((person, objection)) for person in people[elector_id]}
            said.add(answers.get((elector_id, objection)))
            kinds = {_KIND_OF.get(agreement, KeyKind.NAME_VARIANT) for agreement in found}
            if certainty(kinds=kinds, channel=channel) is Certainty.DEFINITE or True in said:
                definite.add(elector_id)
            elif False not in said:
                doubtful.append((elector_id, objection))
    return definite, doubtful


_KIND_OF = {None: KeyKind.ELECTOR, Agreement.FULL: KeyKind.NAME_ADDRESS}


def _labelled_keys(elector: ListedElector) -> list[tuple[Agreement | None, Key]]:
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    named: list[tuple[Agreement | None, Key]] = [
        *named_keys(
            secret=secret,
            given_name=elector.forename,
            family_name=elector.surname,
            address_line=elector.address,
            postcode=elector.postcode,
            side=Side.PERSON,
        )
    ]
    return [(None, elector_key(secret=secret, elector_id=elector.elector_id)), *named]


def _agreed_to_be(
    electors: Iterable[ListedElector], channel: str, purpose: str, answers: Answers
) -> set[int]:
    """Those of these electors who were found to be the one who objected, while the objection stands."""
    same = {pair for pair, is_same in answers.items() if is_same}
    if not same:
        return set()
    standing = standing_among(
        objections={objection for _, objection in same}, channel=channel, purpose=purpose
    )
    blocked = {elector for elector, objection in same if objection in standing}
    return blocked & {one.elector_id for one in electors}


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
