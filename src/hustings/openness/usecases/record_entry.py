"""Add entries to the public record: the next numbers, the leaves' bytes, their hashes in the tree, and the documents beside
them.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from hustings.openness.models import Document, Entry, EntryKind, EntryPlace, Seal
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
from hustings.openness.rules.searching import search_words
from hustings.openness.usecases.grow_log import grow_log, let_one_in
from hustings.openness.usecases.mark_words import mark_words
from hustings.openness.usecases.sign_checkpoint import sign_after_commit
from hustings.places.models import Area

JSON_TYPE = "application/json"
_BATCH = 500


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


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """All that an entry is made from. `source` names what it records, once for ever.

    `places` are areas under which the entry is found, each with the day from which it may be (None: at once).
    """

    kind: str
    source: str
    title: str
    documents: Sequence[Draft]
    opens_on: date | None = None
    channel: str = ""
    purpose: str = ""
    area: Area | None = None
    concerns: Entry | None = None
    places: Sequence[tuple[Area, date | None]] = ()


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
    """Add one entry, or return the one that was made from the same `source` before."""
    fresh = NewEntry(
        kind=kind,
        source=source,
        title=title,
        documents=documents,
        opens_on=opens_on,
        channel=channel,
        purpose=purpose,
        area=area,
        concerns=concerns,
        places=tuple(places),
    )
    return record_entries([fresh], now=now, salts=salts)[0]


@transaction.atomic
def record_entries(
    entries: Sequence[NewEntry], *, now: datetime, salts: Callable[[int], bytes] = secrets.token_bytes
) -> list[Entry]:
    """Add entries in order, each once; those whose `source` is recorded already are returned as they stand.

    Numbers run on without a gap: writers queue, and a number is taken only in the transaction that keeps the entry and its
    hash in the tree. A checkpoint is signed after it.
    """
    let_one_in()
    known = {one.source: one for one in Entry.objects.filter(source__in=[entry.source for entry in entries])}
    last = Entry.objects.aggregate(last=Max("number"))["last"]
    number = 0 if last is None else last + 1
    fresh: list[Entry] = []
    documents: list[Document] = []
    places: list[EntryPlace] = []
    for one in entries:
        if one.source in known:
            continue
        entry, beside = _made(one, number=number, now=now, salts=salts)
        known[one.source] = entry
        fresh.append(entry)
        documents += beside
        places += [EntryPlace(entry=entry, area=place, opens_on=day) for place, day in one.places]
        number += 1
    if fresh:
        Entry.objects.bulk_create(fresh, batch_size=_BATCH)
        Document.objects.bulk_create(documents, batch_size=_BATCH)
        EntryPlace.objects.bulk_create(places, batch_size=_BATCH)
        materials = {entry.number for entry in fresh if entry.kind == EntryKind.MATERIAL}
        mark_words(documents=[one for one in documents if one.entry_id in materials])
        grow_log()
        sign_after_commit(now=now)
    return [known[one.source] for one in entries]


def _made(
    one: NewEntry, *, number: int, now: datetime, salts: Callable[[int], bytes]
) -> tuple[Entry, list[Document]]:
    kept = [(draft, salts(SALT_BYTES)) for draft in one.documents]
    leaf = Leaf(
        number=number,
        kind=one.kind,
        recorded_at=now,
        channel=one.channel,
        purpose=one.purpose,
        area=one.area.code if one.area else None,
        concerns=one.concerns.number if one.concerns else None,
        opens_on=one.opens_on,
        documents=tuple(
            Commitment(name=draft.name, seal=draft.seal, sha256=commitment(salt=salt, content=draft.content))
            for draft, salt in kept
        ),
    )
    content = leaf_bytes(leaf)
    entry = Entry(
        number=number,
        kind=one.kind,
        leaf=content,
        leaf_hash=leaf_hash(content),
        recorded_at=now,
        opens_on=one.opens_on,
        source=one.source,
        title=one.title[:200],
        search_words=search_words(
            (draft.name, draft.media_type, draft.content) for draft, _salt in kept if draft.seal == Seal.OPEN
        ),
        channel=one.channel,
        purpose=one.purpose,
        concerns=one.concerns,
        area=one.area,
    )
    return entry, [
        Document(
            entry=entry,
            name=draft.name,
            seal=draft.seal,
            media_type=draft.media_type,
            content=draft.content,
            salt=salt.hex(),
            commitment=said.sha256,
        )
        for (draft, salt), said in zip(kept, leaf.documents, strict=True)
    ]
