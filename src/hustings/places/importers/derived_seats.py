"""The table of postcodes and the 2024 constituencies reckoned for them."""

import numpy as np

from hustings.places.importers.columns import Columns, read_columns
from hustings.places.importers.postcodes import PostcodeImporter
from hustings.places.postcode_file.layout import BASES, DERIVED_SEAT
from hustings.places.postcode_file.writing import Contribution
from hustings.platform.importing.importer import DatasetCard
from hustings.platform.importing.source import SourceFile

_WANTED = {
    "postcode": "postcode",
    "constituency": "pcon2024",
    "lsoa_2011": "lsoa2011",
    "basis": "method",
}


class DerivedSeats(PostcodeImporter):
    """Adds the constituency of July 2024; a seat from an official directory is never replaced by a reckoned one."""

    slug = "postcode-seats"
    card = DatasetCard(
        title="Postcodes and 2024 constituencies, derived",
        publisher="Reckoned from Code-Point Open, small areas and constituency outlines",
        licence="Open Government Licence v3.0; overlaps CC BY 4.0 mySociety",
        what=(
            "The 2024 constituency of each postcode, reckoned from its point: not official, and sometimes "
            "wrong within "
            "a few hundred metres of a boundary. Each row says how it was reckoned."
        ),
        columns=("postcode", "pcon2024", "lsoa2011", "method"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By its heading."""
        return source.suffix == ".csv" and source.has_columns(*_WANTED.values())

    def read(self, *, source: SourceFile) -> Columns:
        """All four columns."""
        return read_columns(source=source, header=source.header, wanted=_WANTED)

    def contribution(self, *, columns: Columns) -> Contribution:
        """The seat, how it was reckoned, and the small area."""
        encoded = columns.texts["basis"].combine_chunks().dictionary_encode()
        known = [str(method).strip() for method in encoded.dictionary.to_pylist()]
        places = encoded.indices.to_numpy(zero_copy_only=False)
        bases = np.array([BASES.index(m) if m in BASES[2:] else 0 for m in known], dtype=np.uint8)[places]
        for row in np.flatnonzero(bases == 0).tolist():
            columns.fault([row], f"“{known[places[row]]}” is not a known method: lsoa, split or polygon.")
        return Contribution(
            keys=columns.keys("postcode"),
            source=DERIVED_SEAT,
            coded={
                "constituency": columns.codes("constituency"),
                "lsoa_2011": columns.codes("lsoa_2011"),
            },
            numbers={"basis": bases},
            yields_to_official_seat=True,
        )
