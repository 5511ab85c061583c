"""Add one entry to the public record: the next number, the leaf's bytes, its hash, and the documents beside
it.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max

from hustings.openness.models import Document, Entry, EntryPlace
from hustings.openness.rules.leaf import (
    SALT_BYTES,
    Commitment,
    Json,
    Leaf,
    canonical_json,
    commitment,
    leaf_bytes,
    leaf_hash,
)
from hustings.places.models import Area

JSON_TYPE = "application/json"
_ONE_WRITER = 0x7265636F7264  # any number that nothing else locks


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A document to be recorded: its name, its seal ("open", "dated" or "sealed"), and its bytes."""

    name: str
    seal: str
    content: bytes
    media_type: str = JSON_TYPE

    @classmethod
    def of_facts(cls, *, name: str, seal: str, facts: Json) -> "Draft":
        """A document of facts in canonical JSON."""
        return cls(name=name, seal=seal, content=canonical_json(facts))


@transaction.atomic
def record_entry(
    *,
    kind: str,
    source: str,
    title: str,
    documents: Sequence[Draft],
    now: datetime,
    opens_on: date | None = None,
    channel: str = "",
    purpose: str = "",
    area: Area | None = None,
    concerns: Entry | None = None,
    places: Iterable[tuple[Area, date | None]] = (),
    salts: Callable[[int], bytes] = secrets.token_bytes,
) -> Entry:
    """Add the entry, or return the one that was made from the same `source` before.

    Numbers run on without a gap: writers queue, and a number is taken only in the transaction that keeps the
    entry. `places` are areas under which the entry is found, each with the day from which it may be (None: at
    once).
    """
    _queue()
    known: Entry | None = Entry.objects.filter(source=source).first()
    if known is not None:
        return known
    last = Entry.objects.aggregate(last=Max("number"))["last"]
    kept = [(draft, salts(SALT_BYTES)) for draft in documents]
    leaf = Leaf(
        number=0 if last is None else last + 1,
        kind=kind,
        recorded_at=now,
        channel=channel,
        purpose=purpose,
        area=area.code if area else None,
        concerns=concerns.number if concerns else None,
        opens_on=opens_on,
        documents=tuple(
            Commitment(name=draft.name, seal=draft.seal, sha256=commitment(salt=salt, content=draft.content))
            for draft, salt in kept
        ),
    )
    content = leaf_bytes(leaf)
    entry: Entry = Entry.objects.create(
        number=leaf.number,
        kind=kind,
        leaf=content,
        leaf_hash=leaf_hash(content),
        recorded_at=now,
        opens_on=opens_on,
        source=source,
        title=title[:200],
        channel=channel,
        purpose=purpose,
        concerns=concerns,
        area=area,
    )
    for (draft, salt), said in zip(kept, leaf.documents, strict=True):
        Document.objects.create(
            entry=entry,
            name=draft.name,
            seal=draft.seal,
            media_type=draft.media_type,
            content=draft.content,
            salt=salt.hex(),
            commitment=said.sha256,
        )
    EntryPlace.objects.bulk_create(
        [EntryPlace(entry=entry, area=place, opens_on=day) for place, day in places]
    )
    return entry


def _queue() -> None:
    """Let one writer in at a time until the transaction ends; SQLite's write transactions queue by
    themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER])
