"""Writes who votes where, as a council's election management system exports it for a poll."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from hustings.project.demo.borough.land import Land, PollingDistrict, Ward

_COLUMNS = (
    "AddressLine1",
    "AddressLine2",
    "Post_Code",
    "Polling_Place_District_Reference",
    "Polling_Place_Id",
    "Polling_Place_Name",
    "Polling_Place_Address_1",
    "Polling_Place_Address_2",
    "Polling_Place_Address_3",
    "Polling_Place_Address_4",
    "Polling_Place_Postcode",
    "ElectionDate",
)


def write_properties(*, path: Path, land: Land, ward: Ward, poll_on: date) -> int:
    """Write one row for each front door of a ward with its polling station, in the layout Xpress exports; returns how many."""
    places = {district.code: number for number, district in enumerate(land.districts, start=1)}
    doors = [door for door in land.dwellings if door.district.ward == ward]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_COLUMNS)
        for door in doors:
            first, second, *_town = door.lines
            place = door.district
            writer.writerow(
                [first, second, door.postcode, place.code, places[place.code], *_station(place),
                 f"{poll_on:%d/%m/%Y}"]
            )  # fmt: skip
    return len(doors)


def _station(district: PollingDistrict) -> tuple[str, ...]:
    street, _comma, town = district.station.address.partition(", ")
    return (district.station.name, street, town, "", "", district.station.postcode)
