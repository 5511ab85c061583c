"""A register made by hand: a version under an entitlement, and electors in it."""

from datetime import date, datetime
from typing import Any

from hustings.people.models import Person
from hustings.places.models import Area
from hustings.platform.models import ImportRun
from hustings.register.models import Elector, Entitlement, Match, MatchState, RegisterEntry, RegisterVersion
from hustings.register.rules.matching.folding import house_of


def make_version(
    *, area: Area, now: datetime, valid_until: date = date(2027, 1, 1), as_of: date = date(2026, 1, 1)
) -> RegisterVersion:
    """A current copy of an area's register, held by the party until a day."""
    entitlement = Entitlement.objects.create(
        kind="party",
        holder="Barset Together",
        office="registered party",
        area=area,
        valid_from=date(2026, 1, 1),
        valid_until=valid_until,
        evidence="request and letter",
        recorded_at=now,
    )
    run = ImportRun.objects.create(
        importer="register", file_name="r.csv", file_sha256="0" * 64, file_bytes=1, started_at=now
    )
    return RegisterVersion.objects.create(entitlement=entitlement, area=area, as_of=as_of, import_run=run)


def list_elector(
    *,
    version: RegisterVersion,
    now: datetime,
    name: str = "Alma Grantly",
    address: str = "4 Mill Lane",
    postcode: str = "ZZ1 1AB",
    ward: Area | None = None,
    elector: Elector | None = None,
    **fields: Any,
) -> Elector:
    """An elector with an entry in a version, numbered in turn."""
    forename, _, surname = name.rpartition(" ")
    number = version.entries.count() + 1
    elector = elector or Elector.objects.create(first_seen_at=now)
    RegisterEntry.objects.create(
        version=version,
        elector=elector,
        number=number,
        line=number,
        forename=forename,
        surname=surname,
        address=address,
        postcode=postcode,
        house=house_of(address=address) if address else "",
        ward=ward,
        **{"district": "AA", **fields},
    )
    return elector


def join(*, person: Person, elector: Elector, now: datetime) -> Match:
    """A standing match between a person and an elector."""
    return Match.objects.create(
        person=person,
        elector=elector,
        state=MatchState.MATCHED,
        weight=9,
        probability=0.99,
        method="test",
        at=now,
    )
