"""Centre points: of the 2024 constituencies with their names, and of wards and small areas by code alone."""

from collections.abc import Mapping, Sequence

from hustings.places.importers.area_facts import (
    AreaFact,
    AreaImporter,
    constituency_fact,
    degrees,
    is_code,
    nation_fact,
)
from hustings.places.rules.lifespans import code_in_2024
from hustings.platform.importing.importer import DatasetCard, RowRejected
from hustings.platform.importing.source import SourceFile


class ConstituencyCentres(AreaImporter):
    """Reads the 2024 constituencies: code, name in English and Welsh, centre point."""

    slug = "constituency-centres"
    card = DatasetCard(
        title="2024 constituencies with centre points",
        publisher="mySociety",
        licence="Creative Commons Attribution 4.0",
        what="The 650 constituencies first used on 4 July 2024: code, English and Welsh name, centre point.",
        columns=("gss_code", "name", "name_cy", "center_lat", "center_lon"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By its headings."""
        return source.has_columns("gss_code", "name", "name_cy", "center_lat", "center_lon")

    def facts(self, *, row: Mapping[str, str]) -> Sequence[AreaFact]:
        """One constituency and its nation."""
        code = code_in_2024(code=row["GSS_CODE"])
        if not is_code(code) or not row["NAME"]:
            raise RowRejected("The row has no area code or no name.")
        lat, lon = degrees(lat=row["CENTER_LAT"], lon=row["CENTER_LON"])
        fact = constituency_fact(code=code, name=row["NAME"], name_cy=row["NAME_CY"], lat=lat, lon=lon)
        return [nation_fact(code), fact]


class Centres(AreaImporter):
    """Reads centre points by code; an area that is not known by name yet is kept under its code."""

    slug = "centres"
    card = DatasetCard(
        title="Centre points of wards or small areas",
        publisher="Office for National Statistics",
        licence="Open Government Licence v3.0",
        what="Latitude and longitude of areas by their code (wdcd, LSOACD). Import names as well: they are "
        "not in here.",
        columns=("wdcd", "latitude", "longitude"),
    )
    _codes = ("WDCD", "LADCD", "LSOACD", "PCONCD")

    def recognises(self, *, source: SourceFile) -> bool:
        """By a column of codes beside latitude and longitude, and no names."""
        return source.has_columns("latitude", "longitude") and any(
            source.has_columns(code) and not source.has_columns(code.replace("CD", "NM"))
            for code in self._codes
        )

    def facts(self, *, row: Mapping[str, str]) -> Sequence[AreaFact]:
        """One centre point."""
        code = next((row[name] for name in self._codes if name in row), "")
        if not is_code(code):
            raise RowRejected(f"“{code}” is not an area code of nine characters.")
        lat, lon = degrees(lat=row["LATITUDE"], lon=row["LONGITUDE"])
        return [AreaFact(code=code, lat=lat, lon=lon)]
