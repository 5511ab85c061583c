"""Whom an objection blocks. One statement answers for everybody: objections are few, and each key is an index look-up."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from hustings.people.models import ContactPointKind, PersonKey, Suppression, SuppressionReview
from hustings.people.rules.keys import KeyKind, email_key, phone_key
from hustings.people.rules.suppression import SURE_KINDS, Certainty, certainty, covers, purposes_covering

_FEW = 900
_ASKED_ONCE = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """An objection found a person. `is_reviewed`: a data officer said that they are the same."""

    person_id: int
    objection: uuid.UUID
    certainty: Certainty
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class SuppressedPeople:
    """People who must not be contacted: those who surely objected, and those of whom it must first be looked at."""

    definite: frozenset[int]
    doubtful: frozenset[int]

    @property
    def everyone(self) -> frozenset[int]:
        """All of them: both are blocked."""
        return self.definite | self.doubtful


def suppressed_person_ids(
    *, person_ids: Collection[int] | None, channel: str, purpose: str
) -> SuppressedPeople:
    """Those of these people (None: of everybody) whom an objection blocks on this channel for this purpose.

    A doubtful hit that a data officer found to be somebody else does not block; one not yet looked at does.
    """
    hits = suppression_hits(person_ids=person_ids, channel=channel, purpose=purpose)
    definite = frozenset(
        hit.person_id for hit in hits if hit.is_reviewed or hit.certainty is Certainty.DEFINITE
    )
    return SuppressedPeople(definite=definite, doubtful=frozenset(hit.person_id for hit in hits) - definite)


def suppression_hits(*, person_ids: Collection[int] | None, channel: str, purpose: str) -> list[Hit]:
    """Every standing objection that finds one of these people, leaving out those reviewed as somebody else's."""
    if person_ids is None:
        return _hits(_rows(None, channel, purpose), channel)
    wanted = set(person_ids)
    if len(wanted) > _ASKED_ONCE:
        return [hit for hit in _hits(_rows(None, channel, purpose), channel) if hit.person_id in wanted]
    return _hits(_rows(sorted(wanted), channel, purpose), channel) if wanted else []


def objections_against(*, person_id: int, channel: str, purpose: str) -> list[uuid.UUID]:
    """The objections that are surely this person's own (by email, elector, or full name and address) and stand here."""
    rows = _rows([person_id], channel, purpose)
    return [row.objection for row in rows if row.has_sure]


def suppressed_addresses(*, canonicals: Iterable[str], kind: str, channel: str, purpose: str) -> set[str]:
    """Those of these canonical addresses (of one kind of contact point) that an objection blocks, known or not."""
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    by_hash = {}
    for canonical in canonicals:
        is_email = kind == ContactPointKind.EMAIL
        key = (
            email_key(secret=secret, canonical=canonical)
            if is_email
            else phone_key(secret=secret, e164=canonical)
        )
        by_hash[key.key_hash] = canonical
    blocked: set[str] = set()
    hashes = sorted(by_hash)
    for start in range(0, len(hashes), _FEW):
        blocked |= set(_standing_hashes(hashes[start : start + _FEW], channel, purpose))
    return {by_hash[key_hash] for key_hash in blocked}


def standing_among(*, objections: Collection[uuid.UUID], channel: str, purpose: str) -> set[uuid.UUID]:
    """Those of these objections that stand for this channel and purpose."""
    wanted, found = sorted(objections, key=str), set[uuid.UUID]()
    for start in range(0, len(wanted), _FEW):
        rows = Suppression.objects.filter(objection__in=wanted[start : start + _FEW])
        held, lifted = set[uuid.UUID](), set[uuid.UUID]()
        for row in rows.only("objection", "channel", "purpose", "is_lifted"):
            if row.is_lifted and row.channel in ("", channel) and row.purpose in ("", purpose):
                lifted.add(row.objection)
            elif not row.is_lifted and covers(
                channel=row.channel, purpose=row.purpose, asked_channel=channel, asked_purpose=purpose
            ):
                held.add(row.objection)
        found |= held - lifted
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    person_id: int
    objection: uuid.UUID
    has_sure: bool
    has_phone: bool
    has_variant: bool
    review: int  # 0 not looked at, 1 somebody else, 2 the same person

    def kinds(self) -> list[str]:
        return [
            *([KeyKind.EMAIL] if self.has_sure else []),
            *([KeyKind.PHONE] if self.has_phone else []),
            *([KeyKind.NAME_VARIANT] if self.has_variant else []),
        ]


def _hits(rows: Iterable[_Row], channel: str) -> list[Hit]:
    found = []
    for row in rows:
        sureness = certainty(kinds=row.kinds(), channel=channel)
        if sureness is Certainty.DOUBTFUL and row.review == 1:
            continue
        found.append(Hit(row.person_id, row.objection, sureness, is_reviewed=row.review == 2))
    return found


def standing_condition(*, channel: str, purpose: str) -> tuple[str, list[str]]:
    """A condition on suppression `s`: it covers channel and purpose, and no lifting of the same objection does."""
    purposes = purposes_covering(purpose=purpose)
    marks = ", ".join(["%s"] * len(purposes))
    lifted = ", ".join(["%s"] * len({"", purpose}))
    table = Suppression._meta.db_table
    condition = f"""
        NOT s.is_lifted AND s.channel IN ('', %s) AND s.purpose IN ({marks})
        AND NOT EXISTS (
            SELECT 1 FROM {table} l WHERE l.objection = s.objection AND l.is_lifted
            AND l.channel IN ('', %s) AND l.purpose IN ({lifted})
        )"""  # noqa: S608  (only the table's name and marks; values are parameters)
    return condition, [channel, *purposes, channel, *sorted({"", purpose})]


def _rows(person_ids: list[int] | None, channel: str, purpose: str) -> list[_Row]:
    condition, values = standing_condition(channel=channel, purpose=purpose)
    sure = ", ".join(f"'{kind}'" for kind in sorted(SURE_KINDS))
    among = "" if person_ids is None else f"AND k.person_id IN ({', '.join(['%s'] * len(person_ids))})"
    statement = f"""
        SELECT k.person_id, s.objection,
            MAX(CASE WHEN s.kind IN ({sure}) THEN 1 ELSE 0 END),
            MAX(CASE WHEN s.kind = '{KeyKind.PHONE}' THEN 1 ELSE 0 END),
            MAX(CASE WHEN s.kind = '{KeyKind.NAME_VARIANT}' THEN 1 ELSE 0 END),
            MAX(CASE WHEN r.id IS NULL THEN 0 WHEN r.is_same_person THEN 2 ELSE 1 END)
        FROM {Suppression._meta.db_table} s
        JOIN {PersonKey._meta.db_table} k ON k.key_hash = s.key_hash
        LEFT JOIN {SuppressionReview._meta.db_table} r
            ON r.person_id = k.person_id AND r.objection = s.objection
        WHERE {condition} {among}
        GROUP BY k.person_id, s.objection"""  # noqa: S608  (only names of tables and kinds; values are parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *(person_ids or [])])
        return [
            _Row(
                person_id,
                objection if isinstance(objection, uuid.UUID) else uuid.UUID(objection),
                bool(has_sure),
                bool(has_phone),
                bool(has_variant),
                review,
            )
            for person_id, objection, has_sure, has_phone, has_variant, review in cursor.fetchall()
        ]


def _standing_hashes(hashes: list[str], channel: str, purpose: str) -> list[str]:
    condition, values = standing_condition(channel=channel, purpose=purpose)
    statement = f"""
        SELECT DISTINCT s.key_hash FROM {Suppression._meta.db_table} s
        WHERE {condition} AND s.key_hash IN ({", ".join(["%s"] * len(hashes))})"""  # noqa: S608  (as above)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *hashes])
        return [row[0] for row in cursor.fetchall()]
