"""Make a staged register file the current version: electors found again or made, entries written, the old
version closed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from hustings.platform.bulk import reserve_ids, write_rows
from hustings.platform.events import announce
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.models import ImportRun
from hustings.register.events import RegisterVersionActivated
from hustings.register.models import Elector, Entitlement, RegisterEntry, RegisterVersion
from hustings.register.rules.matching.folding import forenames, house_of, surname_key
from hustings.register.rules.matching.nicknames import family_of
from hustings.register.rules.register_line import RegisterLine

_COLUMNS = (
    "version_id",
    "elector_id",
    "district",
    "number",
    "suffix",
    "markers",
    "attains_on",
    "surname",
    "forename",
    "postcode",
    "address",
    "surname_key",
    "forename_key",
    "house",
    "ward_id",
    "constituency_id",
    "line",
    "extra",
)


@dataclass(slots=True)
class StagedEntry:
    """One accepted line with where it lies and whose it is; `elector_id` is None for a new elector.

    `supplier_id_before` is the council's identifier that the elector had so far.
    """

    line: int
    entry: RegisterLine
    ward: str | None = None
    constituency: str | None = None
    elector_id: int | None = None
    supplier_id_before: str | None = None


@dataclass(slots=True)
class StagedRegister:
    """A whole file, read and checked, with the versions it will replace."""

    entitlement_id: int
    area_code: str
    as_of: date
    replaces: tuple[int, ...]
    entries: list[StagedEntry] = field(default_factory=list)


def store_version(*, staged: StagedRegister, run: ImportRun, now: datetime) -> RegisterVersion:
    """Write everything; the caller has opened the transaction.

    Raises `ImportRefused` where another import has come in between, so that what was staged no longer fits.
    """
    # Taking the entitlement's row makes two imports under it wait for each other.
    entitlement = Entitlement.objects.select_for_update().get(pk=staged.entitlement_id)
    closed = RegisterVersion.objects.filter(pk__in=staged.replaces, is_current=True).update(is_current=False)
    if closed != len(staged.replaces):
        raise ImportRefused("Another register file was imported meanwhile. Import this one again.")
    version = RegisterVersion.objects.create(
        entitlement=entitlement, area_id=staged.area_code, as_of=staged.as_of, import_run=run, is_current=True
    )
    _find_or_make_electors(entries=staged.entries, now=now)
    write_rows(model=RegisterEntry, columns=_COLUMNS, rows=_rows(version=version, entries=staged.entries))
    announce(RegisterVersionActivated(at=now, version_id=version.pk))
    return version


def _find_or_make_electors(*, entries: Sequence[StagedEntry], now: datetime) -> None:
    fresh = [row for row in entries if row.elector_id is None]
    for row, key in zip(fresh, reserve_ids(model=Elector, count=len(fresh)), strict=True):
        row.elector_id = key
    write_rows(
        model=Elector,
        columns=("id", "supplier_id", "first_seen_at"),
        rows=((row.elector_id, row.entry.supplier_id, now.isoformat()) for row in fresh),
    )
    changed = [
        (row.entry.supplier_id, row.elector_id)
        for row in entries
        if row.entry.supplier_id and row.supplier_id_before not in {None, row.entry.supplier_id}
    ]
    if changed:
        table = connection.ops.quote_name(Elector._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET supplier_id = %s WHERE id = %s", changed)  # noqa: S608 -- our own name


def _rows(*, version: RegisterVersion, entries: Sequence[StagedEntry]) -> Iterator[tuple[object, ...]]:
    # Names repeat: each distinct one is folded once.
    surnames: dict[str, str] = {}
    families: dict[str, str] = {}
    for row in entries:
        entry = row.entry
        if (filed := surnames.get(entry.surname)) is None:
            filed = surnames[entry.surname] = surname_key(surname=entry.surname)
        if (family := families.get(entry.forename)) is None:
            first = forenames(forename=entry.forename)[:1]
            family = families[entry.forename] = family_of(forename=first[0]) if first else ""
        yield (
            version.pk,
            row.elector_id,
            entry.district,
            entry.number,
            entry.suffix,
            entry.markers,
            entry.attains_on.isoformat() if entry.attains_on else None,
            entry.surname,
            entry.forename,
            entry.postcode,
            entry.address,
            filed,
            family,
            house_of(address=entry.address)[:80],
            row.ward,
            row.constituency,
            row.line,
            json.dumps(entry.extra, ensure_ascii=False) if entry.extra else "{}",
        )
