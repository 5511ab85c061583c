"""The fictional district of Barset: wards, polling districts, streets, doors and postcodes.

Barset lies in the North Sea, some forty kilometres off the coast, where nobody lives: a map of it can point
at no real home. Its codes have the shape of the statistical agencies' codes in a range that is not in use,
and its postcodes use the area ZZ, which Royal Mail has not given out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from random import Random
from typing import Any

DISTRICT_CODE = "E07999001"
DISTRICT_NAME = "Barset"
NEIGHBOUR_POSTCODES = 40
COUNTRY_CODE = "E92000001"
REGION_CODE = "E12000006"

# A flat approximation to the National Grid round the middle of Barset: exact to a few metres within ten
# kilometres.
_BASE_EASTING, _BASE_NORTHING = 655_000, 370_000
_BASE_LAT, _BASE_LON = 53.165982, 1.813578
_LAT_PER_EAST, _LON_PER_EAST = -4.78474e-7, 1.492466e-5
_LAT_PER_NORTH, _LON_PER_NORTH = 8.968992e-6, 7.96197e-7

WARD_SIDE_M = 2_000
COLUMNS, ROWS = 4, 5
DOORS_PER_POSTCODE = 15
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # The inward half of a postcode never uses C, I, K, M, O or V.


@dataclass(frozen=True, slots=True)
class Constituency:
    code: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward: `letter` begins its polling districts' codes; `corners` is its outline (lat, lon) without
    repetition.
    """

    code: str
    name: str
    slug: str
    letter: str
    district_code: str
    district_name: str
    constituency: Constituency
    post_town_line: str
    outward: str
    corners: tuple[tuple[float, float], ...]
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class PollingStation:
    name: str
    address: str
    postcode: str
    easting: int
    northing: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class PollingDistrict:
    code: str
    ward: Ward
    station: PollingStation


@dataclass(frozen=True, slots=True)
class Postcode:
    postcode: str
    ward: Ward
    easting: int
    northing: int
    lat: float
    lon: float
    introduced_on: date
    terminated_on: date | None


@dataclass(frozen=True, slots=True)
class Dwelling:
    """One front door; `lines` are the address lines above the postcode."""

    lines: tuple[str, ...]
    postcode: str
    district: PollingDistrict


@dataclass(frozen=True, slots=True)
class Land:
    """The whole district; dwellings are in street order within each polling district.

    `neighbour` is a ward of the next district along: its postcodes are known, nobody on the register lives
    there.
    """

    constituencies: tuple[Constituency, ...]
    wards: tuple[Ward, ...]
    neighbour: Ward
    districts: tuple[PollingDistrict, ...]
    postcodes: tuple[Postcode, ...]
    dwellings: tuple[Dwelling, ...]


def lat_lon(*, easting: float, northing: float) -> tuple[float, float]:
    """Turn a National Grid reference in or near Barset into degrees, WGS 84."""
    east, north = easting - _BASE_EASTING, northing - _BASE_NORTHING
    return (
        round(_BASE_LAT + _LAT_PER_EAST * east + _LAT_PER_NORTH * north, 6),
        round(_BASE_LON + _LON_PER_EAST * east + _LON_PER_NORTH * north, 6),
    )


def lay_out_land(*, rng: Random, doors: int) -> Land:
    """Draw the district with exactly this many front doors."""
    words = _words()
    constituencies = tuple(
        Constituency(code=row["code"], name=row["name"], slug=row["slug"]) for row in words["constituency"]
    )
    wards = _draw_wards(rng=rng, words=words, constituencies=constituencies)
    shares = [row["share"] for row in words["ward"]]
    per_ward = _split(total=doors, shares=shares)
    surveyor = _Surveyor(rng=rng, words=words)
    for ward, ward_doors in zip(wards, per_ward, strict=True):
        surveyor.survey_ward(ward=ward, doors=ward_doors)
    neighbour = _neighbour(words=words)
    surveyor.survey_neighbour(ward=neighbour)
    return Land(
        constituencies=constituencies,
        wards=wards,
        neighbour=neighbour,
        districts=tuple(surveyor.districts),
        postcodes=tuple(surveyor.postcodes),
        dwellings=tuple(surveyor.dwellings),
    )


def _split(*, total: int, shares: list[int]) -> list[int]:
    """Share a total in proportion; the last part takes what rounding left."""
    whole = sum(shares)
    parts = [total * share // whole for share in shares]
    parts[-1] += total - sum(parts)
    return parts


def _draw_wards(
    *, rng: Random, words: dict[str, Any], constituencies: tuple[Constituency, ...]
) -> tuple[Ward, ...]:
    # Neighbouring wards share their corners, shifted a little so that the map does not look like a
    # chessboard.
    grid: dict[tuple[int, int], tuple[float, float]] = {}
    for column in range(COLUMNS + 1):
        for row in range(ROWS + 1):
            east = _BASE_EASTING + (column - COLUMNS / 2) * WARD_SIDE_M + rng.uniform(-350, 350)
            north = _BASE_NORTHING + (row - ROWS / 2) * WARD_SIDE_M + rng.uniform(-350, 350)
            grid[column, row] = lat_lon(easting=east, northing=north)
    by_slug = {constituency.slug: constituency for constituency in constituencies}
    taken = {"barset-west": 0, "barset-east": 0}
    wards = []
    for number, row_words in enumerate(words["ward"], start=1):
        slug = row_words["constituency"]
        place = taken[slug]
        taken[slug] += 1
        column = place % 2 + (2 if slug == "barset-east" else 0)
        row = place // 2
        wards.append(
            Ward(
                code=f"E05999{number:03d}",
                name=row_words["name"],
                slug=row_words["name"].lower().replace(" ", "-").replace("'", ""),
                letter=chr(ord("A") + number - 1),
                district_code=DISTRICT_CODE,
                district_name=DISTRICT_NAME,
                constituency=by_slug[slug],
                post_town_line=row_words["town"],
                outward=f"ZZ{number}",
                corners=(
                    grid[column, row],
                    grid[column + 1, row],
                    grid[column + 1, row + 1],
                    grid[column, row + 1],
                ),
                column=column,
                row=row,
            )
        )
    return tuple(wards)


def _neighbour(*, words: dict[str, Any]) -> Ward:
    row = words["neighbour"]
    west, south = _BASE_EASTING + COLUMNS / 2 * WARD_SIDE_M + 500, _BASE_NORTHING - WARD_SIDE_M / 2
    square = ((0, 0), (1, 0), (1, 1), (0, 1))
    return Ward(
        code=row["code"],
        name=row["name"],
        slug=row["slug"],
        letter="",
        district_code=row["district_code"],
        district_name=row["district_name"],
        constituency=Constituency(
            code=row["constituency_code"], name=row["constituency_name"], slug=row["constituency_slug"]
        ),
        post_town_line=row["name"],
        outward="ZZ99",
        corners=tuple(
            lat_lon(easting=west + x * WARD_SIDE_M, northing=south + y * WARD_SIDE_M) for x, y in square
        ),
        column=COLUMNS + 1,
        row=ROWS // 2,
    )


class _Surveyor:
    """Walks the wards one after the other and puts down streets, doors, postcodes and polling stations."""

    def __init__(self, *, rng: Random, words: dict[str, Any]) -> None:
        self._rng = rng
        self._stems: list[str] = words["streets"]["stems"].split()
        self._kinds: list[str] = words["streets"]["kinds"].split()
        self._house_names: list[str] = words["streets"]["house_names"].split(", ")
        self._blocks: list[str] = words["streets"]["blocks"].split()
        self._stations: list[str] = words["stations"]["names"].split(", ")
        self.districts: list[PollingDistrict] = []
        self.postcodes: list[Postcode] = []
        self.dwellings: list[Dwelling] = []

    def survey_ward(self, *, ward: Ward, doors: int) -> None:
        rng = self._rng
        streets = self._street_names(ward=ward, wanted=doors // 14 + 12)
        count = max(1, round(doors / 530))
        units = self._units(ward=ward)
        for index, part in enumerate(_split(total=doors, shares=[1] * count)):
            district = self._district(ward=ward, index=index, postcode=next(units))
            self.districts.append(district)
            mine: list[tuple[str, int]] = []
            left = part
            while left:
                length = min(left, rng.randint(14, 72))
                mine.append((streets.pop(), length))
                left -= length
            for street, length in sorted(mine):
                self._build_street(district=district, street=street, doors=length, units=units)
        # Two withdrawn postcodes a ward: people go on writing them for years.
        for _ in range(2):
            self._postcode(ward=ward, postcode=next(units), terminated_on=date(2019, rng.randint(1, 12), 1))

    def survey_neighbour(self, *, ward: Ward) -> None:
        units = self._units(ward=ward)
        for _ in range(NEIGHBOUR_POSTCODES):
            self._postcode(ward=ward, postcode=next(units))

    def _street_names(self, *, ward: Ward, wanted: int) -> list[str]:
        names: set[str] = set()
        while len(names) < wanted:
            names.add(f"{self._rng.choice(self._stems)} {self._rng.choice(self._kinds)}")
        ordered = sorted(names)
        self._rng.shuffle(ordered)
        return ordered

    def _units(self, *, ward: Ward) -> Any:
        """Give the ward's postcodes one after the other, each once."""
        letters = [first + second for first in _UNIT_LETTERS for second in _UNIT_LETTERS]
        for sector in range(1, 10):
            self._rng.shuffle(letters)
            for unit in letters[:40]:
                yield f"{ward.outward} {sector}{unit}"

    def _point(self, *, ward: Ward) -> tuple[int, int]:
        # Kept well inside the ward's square, because its corners are shifted.
        rng = self._rng
        east = _BASE_EASTING + (ward.column - COLUMNS / 2 + rng.uniform(0.2, 0.8)) * WARD_SIDE_M
        north = _BASE_NORTHING + (ward.row - ROWS / 2 + rng.uniform(0.2, 0.8)) * WARD_SIDE_M
        return round(east), round(north)

    def _postcode(self, *, ward: Ward, postcode: str, terminated_on: date | None = None) -> Postcode:
        easting, northing = self._point(ward=ward)
        lat, lon = lat_lon(easting=easting, northing=northing)
        row = Postcode(
            postcode=postcode,
            ward=ward,
            easting=easting,
            northing=northing,
            lat=lat,
            lon=lon,
            introduced_on=date(1980, 1, 1),
            terminated_on=terminated_on,
        )
        self.postcodes.append(row)
        return row

    def _district(self, *, ward: Ward, index: int, postcode: str) -> PollingDistrict:
        place = self._postcode(ward=ward, postcode=postcode)
        name = self._stations[(len(self.districts) * 7) % len(self._stations)]
        street = f"{self._rng.choice(self._stems)} {self._rng.choice(self._kinds)}"
        return PollingDistrict(
            code=f"{ward.letter}{chr(ord('A') + index)}",
            ward=ward,
            station=PollingStation(
                name=f"{ward.name} {name}",
                address=f"{street}, {ward.post_town_line}",
                postcode=postcode,
                easting=place.easting,
                northing=place.northing,
                lat=place.lat,
                lon=place.lon,
            ),
        )

    def _build_street(self, *, district: PollingDistrict, street: str, doors: int, units: Any) -> None:
        rng = self._rng
        town = (district.ward.post_town_line, DISTRICT_NAME)
        flats = rng.random() < 0.18
        block = f"{rng.choice(self._blocks)} {rng.choice(('House', 'Court', 'Point', 'Lodge'))}"
        number, postcode = rng.choice((1, 1, 1, 2)), ""
        step = 1 if street.endswith(("Close", "Court", "Mews", "Place")) else 2
        for door in range(doors):
            if door % DOORS_PER_POSTCODE == 0:
                postcode = next(units)
                self._postcode(ward=district.ward, postcode=postcode)
            if flats and door < 24:
                lines: tuple[str, ...] = (f"Flat {door + 1} {block}", f"{number} {street}", *town)
            elif rng.random() < 0.025:
                lines = (rng.choice(self._house_names), street, *town)
                number += step
            else:
                suffix = "A" if rng.random() < 0.02 else ""
                lines = (f"{number}{suffix} {street}", *town)
                number += step
                # Some doors have nobody on the register.
                if rng.random() < 0.04:
                    number += step
                if step == 2 and door == doors // 2:
                    number = 2 if number % 2 else 1
            self.dwellings.append(Dwelling(lines=lines, postcode=postcode, district=district))


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    """Read the invented place names once. They are constant data, so that sharing them is safe."""
    return tomllib.loads(resources.files(__package__).joinpath("land.toml").read_text(encoding="utf-8"))
