"""Code-Point Open: every live postcode of Great Britain with its point, ward and district."""

import numpy as np

from hustings.basics.postcode import is_postcode_shape
from hustings.places.importers.columns import Columns, read_columns
from hustings.places.importers.postcodes import PostcodeImporter
from hustings.places.postcode_file.layout import CODE_POINT, LIVE
from hustings.places.postcode_file.writing import Contribution
from hustings.places.rules.grid import degrees_of
from hustings.platform.importing.importer import DatasetCard
from hustings.platform.importing.source import SourceFile

_CONVERTED = {
    "postcode": "postcode",
    "lat": "lat",
    "lon": "lon",
    "district": "admin_district_code",
    "ward": "admin_ward_code",
}
# The Ordnance Survey's own files have no heading; their columns by "Code-Point Open: technical
# specification".
_NATIVE = ("PC", "PQ", "EA", "NO", "CY", "RH", "LH", "CC", "DC", "WC")
_NATIVE_WANTED = {"postcode": "PC", "eastings": "EA", "northings": "NO", "district": "DC", "ward": "WC"}


class CodePointOpen(PostcodeImporter):
    """Reads the Ordnance Survey's own files (grid references, no heading) and the joined file with degrees."""

    slug = "code-point-open"
    card = DatasetCard(
        title="Code-Point Open",
        publisher="Ordnance Survey",
        licence="Open Government Licence v3.0",
        what=(
            "Every live postcode of Great Britain with its point, ward and council district. One file for "
            "each postcode "
            "area, or all joined; a postcode that was listed before and is so no longer counts as terminated."
        ),
        columns=("postcode", "lat", "lon", "admin_district_code", "admin_ward_code"),
        updated="every quarter",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By the joined file's heading, or by ten cells of which the first is a postcode and the next numbers."""
        if source.suffix != ".csv":
            return False
        return source.has_columns(*_CONVERTED.values()) or _is_native(source)

    def read(self, *, source: SourceFile) -> Columns:
        """Either layout by its own columns."""
        if _is_native(source):
            return read_columns(source=source, header=_NATIVE, wanted=_NATIVE_WANTED, has_heading=False)
        return read_columns(source=source, header=source.header, wanted=_CONVERTED)

    def contribution(self, *, columns: Columns) -> Contribution:
        """Point, ward and district of postcodes that are all live."""
        keys = columns.keys("postcode")
        if "eastings" in columns.texts:
            eastings, northings = columns.decimals("eastings"), columns.decimals("northings")
            # A quality of 90 means "no coordinates", and both are nought.
            has_none = (eastings == 0) & (northings == 0)
            lat, lon = degrees_of(
                eastings=np.where(has_none, np.nan, eastings), northings=np.where(has_none, np.nan, northings)
            )
        else:
            lat, lon = columns.decimals("lat"), columns.decimals("lon")
        return Contribution(
            keys=keys,
            source=CODE_POINT,
            coded={"ward": columns.codes("ward"), "district": columns.codes("district")},
            numbers={
                **columns.points(lat=lat, lon=lon),
                "status": np.full(len(columns), LIVE, dtype=np.uint8),
            },
            lists_all_live=True,
        )


def _is_native(source: SourceFile) -> bool:
    first = source.header
    return (
        len(first) == len(_NATIVE)
        and is_postcode_shape(first[0].replace(" ", ""))
        and all(cell.isdigit() for cell in first[1:4])
    )
