"""The embedded postcode look-up: one file of sorted columns, mapped into memory and shared by every process.

`PostcodeFile.open` reads it, `merge` and `write` make it. Nothing here knows Django or a clock. The layout
is told in `layout.py`; docs/algorithms/postcodes.md says why it is so and how fast it is.
"""

from hustings.places.postcode_file.layout import COLUMNS, Located, PostcodeStatus
from hustings.places.postcode_file.reading import BadPostcodeFile, LocatedMany, PostcodeFile

__all__ = ["COLUMNS", "BadPostcodeFile", "Located", "LocatedMany", "PostcodeFile", "PostcodeStatus"]
