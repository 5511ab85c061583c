"""Two elections of Barset with wards, points, outlines and postcodes."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.elections.models import Candidacy, Contest, Election, Party
from hustings.places.models import Area, AreaKind, Boundary
from hustings.places.postcode_file import Located, PostcodeStatus
from hustings.website.campaign_map import queries
from tests.cast import Cast

KEY = "parl.2024-07-04"
_SEATS = (
    ("Barset Abbey", 20_000, 19_000),
    ("Barset Bridge", 20_000, 12_000),
    ("Barset Castle", 15_000, 14_900),
)


@pytest.fixture
def seats(cast: Cast) -> list[Area]:
    """Three constituencies: Abbey decided by 2.56 %, Bridge by 25 %, Castle by 0.33 % and 100 km off."""
    one, two = (
        Party.objects.create(name="Oak", abbreviation="Oak"),
        Party.objects.create(name="Elm", abbreviation="Elm"),
    )
    Party.objects.create(name="Ash", abbreviation="Ash")
    election = Election.objects.create(
        pk=KEY, kind="parl", title="UK general election, 4 July 2024", poll_on=date(2024, 7, 4)
    )
    found = []
    for number, (name, first, second) in enumerate(_SEATS):
        area = Area.objects.create(
            code=f"E1499900{number}", kind=AreaKind.CONSTITUENCY, name=name, nation="england",
            lat=53.0 + 0.5 * number, lon=-1.5,
        )  # fmt: skip
        contest = Contest.objects.create(
            election=election, ballot_id=f"parl.seat-{number}.2024-07-04", area=area, area_name=name,
            majority=first - second, valid_votes=first + second, first_party=one, second_party=two,
        )  # fmt: skip
        for who, party, votes in (("Ann", one, first), ("Ben", two, second)):
            Candidacy.objects.create(
                contest=contest, name=who, party=party, votes=votes, is_elected=who == "Ann"
            )
        west, south = -1.7, 52.9 + 0.5 * number
        ring = [
            [west, south],
            [west + 0.4, south],
            [west + 0.4, south + 0.2],
            [west, south + 0.2],
            [west, south],
        ]
        Boundary.objects.create(
            area=area, geometry={"type": "Polygon", "coordinates": [ring]}, west=west, south=south,
            east=west + 0.4, north=south + 0.2, detail="drawn", source="test",
        )  # fmt: skip
        found.append(area)
    return found


@pytest.fixture(autouse=True)
def postcodes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    """ZZ1 1AA lies in Barset Abbey; BT1 1AA is in Northern Ireland; ZZ9 9ZZ is nobody's."""
    settings.HUSTINGS_HOME = tmp_path

    def locate(*, postcode: str) -> Located:
        compact = postcode.replace(" ", "").upper()
        if compact == "ZZ11AA":
            return Located("ZZ1 1AA", PostcodeStatus.LIVE, 53.0, -1.5)
        if compact.startswith("BT"):
            return Located("BT1 1AA", PostcodeStatus.NORTHERN_IRELAND)
        if len(compact) < 5:
            return Located(postcode, PostcodeStatus.INVALID)
        return Located(postcode.upper(), PostcodeStatus.UNKNOWN)

    monkeypatch.setattr(queries, "locate", locate)
    monkeypatch.setattr(
        queries, "outward_middle", lambda *, outward: (53.0, -1.5) if outward == "ZZ1" else None
    )


@pytest.fixture
def wards(cast: Cast) -> Callable[[], Election]:
    """A council election in Barset East and West."""

    def make() -> Election:
        election = Election.objects.create(
            pk="local.barset.2023-05-04",
            kind="local",
            title="Barset council, 4 May 2023",
            poll_on=date(2023, 5, 4),
        )
        for area, majority in ((cast.east, 12), (cast.west, 400)):
            Contest.objects.create(
                election=election, ballot_id=f"local.barset.{area.code}.2023-05-04", area=area, area_name=area.name,
                majority=majority, valid_votes=1000,
            )  # fmt: skip
        return election

    return make


@pytest.fixture
def moment(now: datetime) -> datetime:
    """The moment of the test."""
    return now
