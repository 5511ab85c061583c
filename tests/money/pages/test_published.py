"""Other people's money on the desk."""

from datetime import UTC, datetime
from typing import Any

import pytest

from hustings.platform.importing.run_import import run_import
from tests.cast import Cast, signed_in
from tests.money.importers.test_donation_rows import EXPORT

pytestmark = pytest.mark.django_db


def test_rows_and_totals(cast: Cast, tmp_path: Any, settings: Any) -> None:
    """The list filters; the totals join spellings and set two elections side by side."""
    settings.HUSTINGS_HOME = tmp_path
    tess = signed_in(cast.tess)
    assert "Nothing was brought in yet" in tess.get("/desk/money/published/").content.decode()
    assert tess.get("/desk/money/published/totals/").status_code == 200
    run_import(path=EXPORT, now=datetime(2026, 4, 1, 9, 0, tzinfo=UTC))
    assert "Weir Holdings Ltd" in tess.get("/desk/money/published/?prepoll=yes").content.decode()
    page = tess.get("/desk/money/published/totals/?one=2017&other=2019").content.decode()
    assert "Bill Marsh; Mr William Marsh" in page
    assert "£19,500,000.00" in page
    assert tess.get("/desk/money/published/totals/?one=1066&source=nonsense").status_code == 200
    assert signed_in(cast.charlie).get("/desk/money/published/totals/").status_code == 403
