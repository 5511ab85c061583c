"""Writes the borough to files in the layouts in which the real ones come."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from hustings.project.demo.borough.electors import Elector
from hustings.project.demo.borough.land import (
    COUNTRY_CODE,
    DISTRICT_CODE,
    DISTRICT_NAME,
    REGION_CODE,
    Land,
    Postcode,
)
from hustings.project.demo.borough.results import Candidacy
from hustings.project.demo.borough.spreadsheet import write_spreadsheet
from hustings.project.demo.borough.supporters import Supporter

_ADDRESS_COLUMNS = [f"Address{number}" for number in range(1, 7)]
_NUMBER_COLUMNS = [
    "Elector Number Prefix",
    "Elector Number",
    "Elector Number Suffix",
    "Elector Markers",
    "Elector DOB",
]

_ONSPD_COLUMNS = [
    "pcd",
    "pcd2",
    "pcds",
    "dointr",
    "doterm",
    "oscty",
    "ced",
    "oslaua",
    "osward",
    "parish",
    "usertype",
    "oseast1m",
    "osnrth1m",
    "osgrdind",
    "oshlthau",
    "nhser",
    "ctry",
    "rgn",
    "streg",
    "pcon",
    "eer",
    "teclec",
    "ttwa",
    "pct",
    "itl",
    "statsward",
    "oa01",
    "casward",
    "npark",
    "lsoa01",
    "msoa01",
    "ur01ind",
    "oac01",
    "oa11",
    "lsoa11",
    "msoa11",
    "wz11",
    "sicbl",
    "bua24",
    "ru11ind",
    "oac11",
    "lat",
    "long",
    "lep1",
    "lep2",
    "pfa",
    "imd",
    "calncv",
    "icb",
    "oa21",
    "lsoa21",
    "msoa21",
]


def write_register(
    *,
    path: Path,
    electors: Iterable[Elector],
    has_single_name_column: bool = False,
    has_elector_id: bool = False,
) -> int:
    """Write the full register as the commonest council system does, and return how many entries were written.

    Surname and forename make 14 columns; `has_single_name_column` writes "Surname, Forename" in one column,
    which makes 13, as older files have it. `has_elector_id` adds the council's identifier at the end.
    "Elector DOB" holds the day on which a young elector may first vote, as in the real files.
    """
    names = ["Elector Name"] if has_single_name_column else ["Elector Surname", "Elector Forename"]
    heading = [
        *_NUMBER_COLUMNS,
        *names,
        "PostCode",
        *_ADDRESS_COLUMNS,
        *(["Elector ID"] if has_elector_id else []),
    ]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heading)
        for row in electors:
            forenames = f"{row.forename} {row.middle_names}".strip()
            if has_single_name_column:
                written = [f"{row.surname}, {forenames}" if row.surname else ""]
            else:
                written = [row.surname, forenames]
            lines = row.dwelling.lines if row.dwelling else ()
            writer.writerow(
                [
                    row.district.code,
                    row.number,
                    row.suffix,
                    row.markers,
                    f"{row.attains_on:%d/%m/%Y}" if row.attains_on else "",
                    *written,
                    row.dwelling.postcode if row.dwelling else "",
                    *lines,
                    *[""] * (6 - len(lines)),
                    *([row.elector_id] if has_elector_id else []),
                ]
            )
            count += 1
    return count


def write_postcodes(*, path: Path, land: Land) -> int:
    """Write the postcodes in the layout of the ONS Postcode Directory, withdrawn ones included."""
    rows = (
        _onspd_row(postcode=postcode) for postcode in sorted(land.postcodes, key=lambda row: row.postcode)
    )
    return _write_csv(path=path, heading=_ONSPD_COLUMNS, rows=rows)


def _onspd_row(*, postcode: Postcode) -> list[str]:
    outward, inward = postcode.postcode.split()
    known = {
        "pcd": f"{outward:<4}{inward}",
        "pcd2": f"{outward:<5}{inward}",
        "pcds": postcode.postcode,
        "dointr": f"{postcode.introduced_on:%Y%m}",
        "doterm": f"{postcode.terminated_on:%Y%m}" if postcode.terminated_on else "",
        "oscty": "E99999999",
        "ced": "E99999999",
        "oslaua": postcode.ward.district_code,
        "osward": postcode.ward.code,
        "parish": "E43000000",
        "usertype": "0",
        "oseast1m": str(postcode.easting),
        "osnrth1m": f"{postcode.northing:07d}",
        "osgrdind": "1",
        "ctry": COUNTRY_CODE,
        "rgn": REGION_CODE,
        "pcon": postcode.ward.constituency.code,
        "lat": f"{postcode.lat:.6f}",
        "long": f"{postcode.lon:.6f}",
    }
    return [known.get(column, "") for column in _ONSPD_COLUMNS]


def write_area_names(*, path: Path, land: Land) -> int:
    """Write the names of all areas in the layout of the ONS look-up from ward to constituency to district."""
    heading = ("WD24CD", "WD24NM", "PCON24CD", "PCON24NM", "LAD24CD", "LAD24NM", "UTLA24CD", "UTLA24NM")
    rows = (
        [
            ward.code,
            ward.name,
            ward.constituency.code,
            ward.constituency.name,
            *[ward.district_code, ward.district_name] * 2,
        ]
        for ward in (*land.wards, land.neighbour)
    )
    return _write_csv(path=path, heading=heading, rows=rows)


def write_ward_boundaries(*, path: Path, land: Land) -> int:
    """Write the wards' outlines as GeoJSON in the agencies' layout (longitude before latitude)."""
    features = []
    for ward in land.wards:
        ring = [[lon, lat] for lat, lon in (*ward.corners, ward.corners[0])]
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "WD24CD": ward.code,
                    "WD24NM": ward.name,
                    "LAD24CD": DISTRICT_CODE,
                    "LAD24NM": DISTRICT_NAME,
                },
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return len(features)


def write_polling_stations(*, path: Path, land: Land) -> int:
    """Write one polling station per polling district."""
    heading = (
        "polling_district",
        "ward_code",
        "ward_name",
        "la_code",
        "la_name",
        "id",
        "name",
        "address",
        "postcode",
        "easting",
        "northing",
        "lon",
        "lat",
    )
    rows = (
        [
            district.code,
            district.ward.code,
            district.ward.name,
            DISTRICT_CODE,
            DISTRICT_NAME,
            f"BST-{district.code}",
            district.station.name,
            district.station.address,
            district.station.postcode,
            district.station.easting,
            district.station.northing,
            district.station.lon,
            district.station.lat,
        ]
        for district in land.districts
    )
    return _write_csv(path=path, heading=heading, rows=rows)


def write_results(*, path: Path, candidacies: Iterable[Candidacy]) -> int:
    """Write results in Democracy Club's layout: one row per candidate."""
    heading = (
        "election_id",
        "ballot_paper_id",
        "person_id",
        "party_id",
        "party_name",
        "person_name",
        "ballots_cast",
        "is_winner",
        "spoilt_ballots",
        "turnout",
        "source",
    )
    rows = (
        [
            row.election_id,
            row.ballot_id,
            row.person_id,
            row.party.id,
            row.party.name,
            f"{row.forename} {row.surname}",
            row.votes,
            row.is_elected,
            row.spoilt,
            row.turnout_pct,
            "https://www.barset.example/elections",
        ]
        for row in candidacies
    )
    return _write_csv(path=path, heading=heading, rows=rows)


def write_parliamentary_results(*, path: Path, candidacies: Iterable[Candidacy]) -> int:
    """Write the parliamentary results in the House of Commons Library's layout by candidate (2024)."""
    heading = (
        "ONS ID",
        "ONS region ID",
        "Constituency name",
        "County name",
        "Region name",
        "Country name",
        "Constituency type",
        "Party name",
        "Party abbreviation",
        "Electoral Commission party ID",
        "MNIS party ID",
        "Electoral Commission adjunct party ID",
        "Candidate first name",
        "Candidate surname",
        "Candidate gender",
        "Sitting MP",
        "Former MP",
        "Member MNIS ID",
        "Votes",
        "Share",
        "Change",
        "DC Person ID",
    )
    chosen = [row for row in candidacies if row.election_id.startswith("parl.")]
    valid: dict[str, int] = {}
    for row in chosen:
        valid[row.area_code] = valid.get(row.area_code, 0) + row.votes
    rows = (
        [
            row.area_code,
            REGION_CODE,
            row.area_name,
            "",
            "East of England",
            "England",
            "Borough",
            row.party.name,
            row.party.short,
            row.party.id,
            "",
            "",
            row.forename,
            row.surname,
            "Female" if row.sex == "f" else "Male",
            "No",
            "No",
            "",
            row.votes,
            f"{row.votes / valid[row.area_code]:.6f}",
            "",
            row.person_id,
        ]
        for row in chosen
    )
    return _write_csv(path=path, heading=heading, rows=rows)


SUPPORTER_COLUMNS = (
    "First name",
    "Surname",
    "Email",
    "Mobile",
    "Phone",
    "Address",
    "Town",
    "Postcode",
    "Email OK",
    "Text OK",
    "Phone OK",
    "Post OK",
    "Consent date",
    "Consent wording",
    "Consent version",
    "Consent source",
    "Unsubscribed on",
    "Tags",
)


def write_supporters(*, path: Path, supporters: Sequence[Supporter]) -> int:
    """Write the supporter list as a spreadsheet (xlsx); dates are dates, choices are Yes or No."""
    write_spreadsheet(
        path=path, sheet="Supporters", heading=SUPPORTER_COLUMNS, rows=_supporter_rows(supporters=supporters)
    )
    return len(supporters)


def _supporter_rows(*, supporters: Sequence[Supporter]) -> Iterator[list[str | date | None]]:
    for row in supporters:
        yield [
            row.written.first_name,
            row.written.surname,
            row.email or None,
            row.mobile or None,
            row.landline or None,
            row.written.address or None,
            row.town or None,
            row.written.postcode,
            *("Yes" if channel in row.consents else "No" for channel in ("email", "sms", "phone", "post")),
            row.consented_on,
            row.wording.text if row.wording else None,
            row.wording.version if row.wording else None,
            row.source or None,
            row.unsubscribed_on,
            ", ".join(row.tags) or None,
        ]


def _write_csv(*, path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heading)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
