"""The postcodes of Barset: ZZ1 1AA and ZZ1 1AB in the east, ZZ2 2BB in the west."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.places.importers.code_point import CodePointOpen
from hustings.platform.importing.run_import import run_import

_POSTCODES = """postcode,lat,lon,quality,admin_district_code,admin_ward_code
ZZ1 1AA,51.5,-0.12,10,E07999001,E05999001
ZZ1 1AB,51.5,-0.12,10,E07999001,E05999001
ZZ2 2BB,51.6,-0.13,10,E07999001,E05999002
ZZ3 3DD,51.7,-0.14,10,E07999001,E05999009
"""


@pytest.fixture
def barset_postcodes(db: None, now: datetime, tmp_path: Path, settings: Any) -> None:
    """Let this test look postcodes up in a file of its own."""
    settings.HUSTINGS_HOME = tmp_path
    path = tmp_path / "postcodes.csv"
    path.write_text(_POSTCODES)
    run_import(path=path, now=now, importers=[CodePointOpen()])
