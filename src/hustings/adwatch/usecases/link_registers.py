"""Look entities up in the published registers, the register of companies and among our own promoters, by stated methods."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from hustings.adwatch.models import Entity, Register, RegisterFile, RegisterLink
from hustings.adwatch.rules.naming import name_key
from hustings.adwatch.rules.parties import register_names
from hustings.adwatch.rules.registers import aliases
from hustings.adwatch.store.files import archive_query, home_path, quoted
from hustings.clearance.models import Promoter
from hustings.money.models import PublishedBody

_BATCH = 500
#: Where many bodies share a name, none of them is the one.
MOST_NAMESAKES = 8


def link_registers(*, entity_ids: Sequence[int] | None, now: datetime) -> int:
    """Store the links found for some entities, or for all; returns how many are new. Links that people rejected stay so."""
    entities = Entity.objects.order_by("pk")
    if entity_ids is not None:
        entities = entities.filter(pk__in=entity_ids) if len(entity_ids) <= _BATCH else entities
    names = {pk: (key, name) for pk, key, name in entities.values_list("pk", "key", "name")}
    if entity_ids is not None:
        wanted = set(entity_ids)
        names = {pk: value for pk, value in names.items() if pk in wanted}
    links = [*_among_promoters(names, now)]
    links += _among_published(names, now)
    for file in RegisterFile.objects.order_by("pk"):
        links += _in_file(file, names, now)
    known = set(RegisterLink.objects.values_list("entity_id", "register", "number"))
    new: dict[tuple[int, str, str], RegisterLink] = {}
    for link in links:
        place = (link.entity_id, link.register, link.number)
        if place not in known:
            new.setdefault(place, link)
    RegisterLink.objects.bulk_create(new.values(), batch_size=_BATCH)
    return len(new)


def _in_file(file: RegisterFile, names: dict[int, tuple[str, str]], now: datetime) -> list[RegisterLink]:
    if not names:
        return []
    with archive_query() as connection:
        wanted = pa.table({"entity": list(names), "key": [key for key, _ in names.values()]})
        connection.register("wanted", wanted)
        found = connection.execute(
            "SELECT entity, register, number, name, status, body, company, registered_on, shows_uk, "
            "count(*) OVER (PARTITION BY entity, register) AS namesakes "
            f"FROM wanted JOIN read_parquet({quoted(str(home_path(file.path)))}) USING (key) ORDER BY entity, register, number"
        ).fetchall()
    return [_link(row, file, names, now) for row in found if row[-1] <= MOST_NAMESAKES]


def _link(
    row: tuple[Any, ...], file: RegisterFile, names: dict[int, tuple[str, str]], now: datetime
) -> RegisterLink:
    entity, register, number, name, status, body, company, registered_on, shows_uk, _ = row
    evidence = f"“{names[entity][1]}” and “{name}” ({number}) are the same once spelling is levelled"
    return RegisterLink(
        entity_id=entity,
        register=register,
        number=number[:40],
        name=name[:300],
        status=status[:60],
        body=(body or (f"company {company}" if company else ""))[:120],
        registered_on=registered_on,
        method="same name",
        evidence=f"{evidence}; {file.file_name}, newest entry {file.newest_entry_on or 'not dated'}."[:400],
        shows_uk=bool(shows_uk),
        file=file,
        found_at=now,
    )


#: Which register an entry belongs to, by its kind as published.
_KINDS = {
    "political party": Register.PARTIES,
    "minor party": Register.PARTIES,
    "third party": Register.THIRD_PARTIES,
    "permitted participant": Register.PERMITTED,
}


def _among_published(names: dict[int, tuple[str, str]], now: datetime) -> list[RegisterLink]:
    """Links to the Electoral Commission's registers, as published and taken in with other people's money."""
    by_key: dict[str, list[PublishedBody]] = {}
    for body in PublishedBody.objects.select_related("run").order_by("pk"):
        for key in aliases(name=body.name):
            by_key.setdefault(key, []).append(body)
    common = register_names()
    links = []
    for pk, (key, name) in names.items():
        hits = [(body, "same name") for body in by_key.get(key, [])]
        if key in common:
            hits += [(body, "common name of the party") for body in by_key.get(name_key(common[key]), [])]
        if 0 < len(hits) <= MOST_NAMESAKES:
            links += [_to_published(pk, name, body, method, now) for body, method in hits]
    return links


def _to_published(pk: int, name: str, body: PublishedBody, method: str, now: datetime) -> RegisterLink:
    words = (
        "are the same once spelling is levelled"
        if method == "same name"
        else "are one party by its common name"
    )
    return RegisterLink(
        entity_id=pk,
        register=_KINDS.get(body.kind.casefold(), Register.PERMITTED),
        number=f"{body.ref} {body.register}".strip()[:40],
        name=body.name[:300],
        status=body.status[:60],
        body=(body.entity_status or (f"company {body.company_number}" if body.company_number else ""))[:120],
        registered_on=body.registered_on,
        method=method,
        evidence=f"“{name}” and “{body.name}” ({body.ref}) {words}; {body.run.file_name}."[:400],
        # To be registered, a body must have shown that it is a UK body or is based here (rules 3.2).
        shows_uk=True,
        found_at=now,
    )


def _among_promoters(names: dict[int, tuple[str, str]], now: datetime) -> list[RegisterLink]:
    ours: dict[str, Promoter] = {}
    for promoter in Promoter.objects.order_by("pk"):
        ours.setdefault(name_key(promoter.name), promoter)
    return [
        RegisterLink(
            entity_id=pk,
            register=Register.PROMOTERS,
            number=str(ours[key].pk),
            name=ours[key].name,
            status="verified" if ours[key].is_verified else "not verified",
            method="same name",
            evidence=f"“{name}” is the name of one of our own promoters.",
            shows_uk=bool(ours[key].postcode),
            found_at=now,
        )
        for pk, (key, name) in names.items()
        if key in ours
    ]
