"""Bring a snapshot's advertisers in: each new one to its entity, by method and evidence; then registers and suggestions."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from hustings.adwatch.models import Advertiser, Entity, Snapshot
from hustings.adwatch.rules.naming import name_key
from hustings.adwatch.rules.resolving import Named, Resolved, resolve
from hustings.adwatch.store.files import archive_query, home_path, quoted
from hustings.adwatch.usecases.link_registers import link_registers
from hustings.adwatch.usecases.suggest_codes import suggest_codes

_BATCH = 500


def advertiser_key(*, platform: str, page_id: str, disclaimer: str) -> str:
    """The SHA-256 by which an advertiser is known across snapshots."""
    return hashlib.sha256("\x1f".join((platform, page_id, disclaimer)).encode()).hexdigest()


def resolve_advertisers(*, snapshot: Snapshot, now: datetime) -> int:
    """Store the advertisers that were not seen before and their entities; returns how many advertisers were new."""
    new = _new_ones(snapshot)
    if not new:
        return 0
    found = resolve(advertisers=[named for _, named in new], known=_known_payers(snapshot.platform))
    entities = _entities(found)
    Advertiser.objects.bulk_create(
        (
            Advertiser(
                key=key,
                platform=named.platform,
                page_id=named.page_id,
                page=named.page[:300],
                disclaimer=named.disclaimer,
                entity=entities[one.key],
                method=one.method[:40],
                evidence=one.evidence[:400],
                first_seen_in=snapshot,
            )
            for (key, named), one in zip(new, found, strict=True)
        ),
        batch_size=_BATCH,
    )
    # Everybody is looked up again, as a register may have come in since.
    link_registers(entity_ids=None, now=now)
    suggest_codes(entity_ids=None)
    return len(new)


def _new_ones(snapshot: Snapshot) -> list[tuple[str, Named]]:
    with archive_query() as connection:
        pages = connection.execute(
            f"SELECT page_id, page, disclaimer FROM read_parquet({quoted(str(home_path(snapshot.folder) / 'pages.parquet'))}) "
            "ORDER BY page_key"
        ).fetchall()
    named = {
        advertiser_key(platform=snapshot.platform, page_id=page_id[:80], disclaimer=disclaimer): Named(
            platform=snapshot.platform, page_id=page_id[:80], page=page, disclaimer=disclaimer
        )
        for page_id, page, disclaimer in pages
    }
    known: set[str] = set()
    for keys in _slices(list(named)):
        known.update(Advertiser.objects.filter(key__in=keys).values_list("key", flat=True))
    return [(key, one) for key, one in named.items() if key not in known]


def _known_payers(platform: str) -> dict[tuple[str, str], str]:
    """Pages for whose ads exactly one entity has paid so far."""
    payers: dict[tuple[str, str], set[str]] = {}
    rows = Advertiser.objects.filter(platform=platform).exclude(disclaimer="")
    for page_id, key in rows.values_list("page_id", "entity__key"):
        payers.setdefault((platform, page_id), set()).add(key)
    return {page: next(iter(keys)) for page, keys in payers.items() if len(keys) == 1}


def _entities(found: Sequence[Resolved]) -> dict[str, Entity]:
    names: dict[str, str] = {}
    for one in found:
        names[one.key] = names.get(one.key) or one.name
    entities: dict[str, Entity] = {}
    for keys in _slices(list(names)):
        for entity in Entity.objects.filter(key__in=[key[:300] for key in keys]).order_by("-pk"):
            entities[entity.key] = entity
    missing = [key for key in names if key[:300] not in entities]
    Entity.objects.bulk_create(
        (Entity(key=key[:300], name=(names[key] or key)[:300]) for key in missing), batch_size=_BATCH
    )
    for keys in _slices(missing):
        for entity in Entity.objects.filter(key__in=[key[:300] for key in keys]).order_by("-pk"):
            entities[entity.key] = entity
    return {key: entities[key[:300]] for key in names}


def _slices(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def entity_named(*, name: str) -> Entity:
    """The entity of that name, made where there is none."""
    key = name_key(name)[:300]
    found = Entity.objects.filter(key=key).order_by("pk").first()
    return found or Entity.objects.create(key=key, name=name.strip()[:300])
