"""A small register for Barset: what the council would send, under an entitlement that runs for the year."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.places.importers.code_point import CodePointOpen
from hustings.platform.importing.importer import Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from hustings.register.importers.full_register import FullRegister
from hustings.register.models import Entitlement, EntitlementKind
from hustings.register.usecases.record_entitlement import record_entitlement
from tests.cast import Cast

_POSTCODES = """postcode,lat,lon,quality,admin_district_code,admin_ward_code
ZZ1 1AA,53.1,1.8,10,E07999001,E05999001
ZZ1 1AB,53.1,1.8,10,E07999001,E05999001
ZZ2 2BB,53.2,1.9,10,E07999001,E05999002
ZZ9 9ZZ,53.3,2.0,10,E07999009,E05999009
"""

HEADER = (
    "Elector Number Prefix",
    "Elector Number",
    "Elector Number Suffix",
    "Elector Markers",
    "Elector DOB",
    "Elector Surname",
    "Elector Forename",
    "PostCode",
    "Address1",
    "Address2",
    "Address3",
    "Address4",
    "Address5",
    "Address6",
)

#: The register as the council sends it; the columns as in HEADER, empty ones at the end left out.
ROWS: tuple[tuple[str, ...], ...] = (
    ("AA", "1", "0", "", "", "Archer", "Alice Mary", "ZZ1 1AA", "1 Mill Street", "Eelbrook"),
    ("AA", "2", "0", "Z", "", "Archer", "Robert", "ZZ1 1AA", "1 Mill Street", "Eelbrook"),
    ("AA", "3", "0", "", "09/08/2026", "Dobbs", "Dorothy", "ZZ1 1AB", "4 Mill Street", "Eelbrook"),
    ("AA", "3", "1", "B", "", "Nowak", "Małgorzata", "ZZ1 1AB", "Flat 2, 6 Mill Street", "Eelbrook"),
    ("AA", "4", "0", "N"),
    ("AA", "5", "0", "F", "", "Ferrers", "Fiona Jane"),
    ("BA", "1", "0", "", "", "Courcy", "Charles", "ZZ2 2BB", "7 Castle Road", "Courcy"),
)

Import = Callable[..., ImportRun]


@pytest.fixture
def barset(cast: Cast, now: datetime, tmp_path: Path, settings: Any) -> Cast:
    """The cast, with postcodes in a file of this test's own."""
    settings.HUSTINGS_HOME = tmp_path
    path = tmp_path / "postcodes.csv"
    path.write_text(_POSTCODES)
    run_import(path=path, now=now, importers=[CodePointOpen()])
    return cast


@pytest.fixture
def entitlement(barset: Cast, now: datetime) -> Entitlement:
    """The party may hold the register of Barset until the end of 2026."""
    return record_entitlement(
        kind=EntitlementKind.PARTY,
        holder="Barset Together",
        office="registered party, reg 106",
        area=barset.district,
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
        evidence="Request of 2 January 2026, supplied on 9 January 2026.",
        now=now,
    )


@pytest.fixture
def load(entitlement: Entitlement, now: datetime, tmp_path: Path) -> Import:
    """Import rows as a full register file and return the run."""

    def write_and_import(
        rows: Sequence[Sequence[str]] = ROWS,
        *,
        header: Sequence[str] = HEADER,
        is_dry_run: bool = False,
        at: datetime = now,
        **values: object,
    ) -> ImportRun:
        path = tmp_path / "register.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows([*row, *[""] * (len(header) - len(row))] for row in rows)
        return run_import(
            path=path,
            now=at,
            options=Options(is_dry_run=is_dry_run, values=values),
            importers=[FullRegister()],
        )

    return write_and_import
