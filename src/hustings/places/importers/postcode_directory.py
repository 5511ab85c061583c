"""The ONS Postcode Directory and the National Statistics Postcode Lookup, in both generations of their headings."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hustings.places.importers.columns import Columns, read_columns
from hustings.places.importers.postcodes import PostcodeImporter
from hustings.places.postcode_file.layout import DIRECTORY, LIVE, OFFICIAL, TERMINATED
from hustings.places.postcode_file.writing import Coded, Contribution
from hustings.places.rules.codes import is_first_used_in_2024
from hustings.places.rules.lifespans import code_in_2024
from hustings.platform.importing.importer import DatasetCard, ImportRefused
from hustings.platform.importing.source import SourceFile

# Headings in order of preference. The old generation has fixed names ("osward", in the Lookup "ward"); the
# new one carries the year of the codes ("wd25cd").
_HEADINGS = {
    "postcode": (r"pcds", r"pcd8", r"pcd2", r"pcd7", r"pcd"),
    "terminated": (r"doterm",),
    "lat": (r"lat",),
    "lon": (r"long",),
    "ward": (r"wd\d\dcd", r"osward", r"ward"),
    "district": (r"lad\d\dcd", r"oslaua", r"laua"),
    "seat": (r"pcon\d\dcd", r"pcon"),
    "lsoa_2011": (r"lsoa11(cd)?",),
    "lsoa_2021": (r"lsoa21(cd)?",),
}
_MONTH = r"^\s*[12][0-9]{3}(0[1-9]|1[0-2])\s*$"
_NEEDED = ("postcode", "terminated", "lat", "lon", "ward", "district", "seat")


class PostcodeDirectory(PostcodeImporter):
    """Reads every postcode, live and terminated, with point, ward, district, constituency and small areas."""

    slug = "ons-postcode-directory"
    card = DatasetCard(
        title="ONS Postcode Directory (ONSPD) or National Statistics Postcode Lookup (NSPL)",
        publisher="Office for National Statistics",
        licence="Open Government Licence v3.0; Northern Ireland postcodes have a licence of their own",
        what=(
            "Every postcode of the United Kingdom, live and terminated (column doterm), with point, ward, "
            "council "
            "district, constituency and small areas. Both generations of headings are read (osward and "
            "wd25cd)."
        ),
        columns=("pcds", "doterm", "lat", "long", "osward", "oslaua", "pcon", "lsoa11", "lsoa21"),
        updated="every quarter",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By the headings it cannot do without."""
        return source.suffix == ".csv" and set(_NEEDED) <= set(_found(source.header))

    def read(self, *, source: SourceFile) -> Columns:
        """The columns under whichever heading they have."""
        found = _found(source.header)
        if missing := [name for name in _NEEDED if name not in found]:
            raise ImportRefused(f"{source.name} has no column for {', '.join(missing)}.")
        return read_columns(source=source, header=source.header, wanted=found)

    def contribution(self, *, columns: Columns) -> Contribution:
        """Everything the look-up keeps; which constituencies a file has is told by its codes."""
        import pyarrow.compute as pc

        is_blank = pc.equal(pc.utf8_trim_whitespace(columns.texts["terminated"]), "")
        is_month = pc.match_substring_regex(columns.texts["terminated"], _MONTH)
        columns.fault(
            np.flatnonzero(pc.invert(pc.or_(is_blank, is_month)).to_numpy()).tolist(),
            "The month in which the postcode ended (doterm) is not written like 202406.",
        )
        lat, lon = columns.decimals("lat"), columns.decimals("lon")
        # 99.999999 and 0 stand for "no grid reference": the Channel Islands, the Isle of Man, a few others.
        has_none = lat > 99
        seats = columns.codes("seat")
        is_2024 = any(is_first_used_in_2024(code.decode()) for code in seats.codes.tolist() if code)
        if is_2024:
            seats = _recoded(seats)
        coded = {
            "ward": columns.codes("ward"),
            "district": columns.codes("district"),
            "constituency" if is_2024 else "constituency_2010": seats,
        }
        coded |= {name: columns.codes(name) for name in ("lsoa_2011", "lsoa_2021") if name in columns.texts}
        numbers: dict[str, npt.NDArray[Any]] = {
            **columns.points(lat=np.where(has_none, np.nan, lat), lon=np.where(has_none, np.nan, lon)),
            "status": np.where(is_blank.to_numpy(), LIVE, TERMINATED).astype(np.uint8),
        }
        if is_2024:
            numbers["basis"] = np.where(seats.places != 0, OFFICIAL, 0).astype(np.uint8)
        return Contribution(keys=columns.keys("postcode"), source=DIRECTORY, coded=coded, numbers=numbers)


def _recoded(seats: Coded) -> Coded:
    """The seats with the codes that early lists of the 2024 constituencies have wrong put right."""
    codes = [code_in_2024(code=code.decode()).encode() for code in seats.codes.tolist()]
    return replace(seats, codes=np.array(codes, dtype=seats.codes.dtype))


def _found(header: tuple[str, ...]) -> dict[str, str]:
    """Our name → the file's heading, the first pattern that some heading has; the latest year of several."""
    found = {}
    for name, patterns in _HEADINGS.items():
        for pattern in patterns:
            if fitting := [cell for cell in header if re.fullmatch(pattern, cell, re.IGNORECASE)]:
                found[name] = max(fitting, key=str.lower)
                break
    return found
