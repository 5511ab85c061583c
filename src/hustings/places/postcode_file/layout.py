"""How the postcode file is laid out.

    8 bytes   magic, the last two the version
    8 bytes   length of the head (little-endian)
    head      JSON: number of rows, each section's place, the areas covered, the sources merged
    sections  each at a multiple of 64 bytes: the packed postcodes in order; one record for each, in the same
    order,
              with its columns side by side; and for each column of codes its dictionary, a fixed width for
              each code

A column of codes holds the place of its code in the dictionary; place 0 is "none". Degrees are kept as whole
millionths. Numbers are little-endian, as on every machine this runs on; opening refuses another.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

MAGIC = b"HUSTPC"
VERSION = 1
ALIGNMENT = 64
CODE_WIDTH = 12
NO_DEGREES = -(2**31)
DEGREE = 1_000_000


class PostcodeStatus(StrEnum):
    """What the data says about a postcode."""

    LIVE = "live"
    TERMINATED = "terminated"
    UNKNOWN = "unknown"
    INVALID = "invalid"
    NORTHERN_IRELAND = "northern_ireland"


# Statuses by the small numbers that are stored (live, terminated) or worked out at the look-up (the rest).
STATUSES = (
    PostcodeStatus.UNKNOWN,
    PostcodeStatus.LIVE,
    PostcodeStatus.TERMINATED,
    PostcodeStatus.INVALID,
    PostcodeStatus.NORTHERN_IRELAND,
)
UNKNOWN, LIVE, TERMINATED, INVALID, NORTHERN_IRELAND = range(5)


class Located(NamedTuple):
    """Where one postcode is: GSS codes and degrees (WGS 84), `None` where the data does not say.

    `postcode` is spaced ("ZZ1 1AA"); for an invalid one it is what was entered. `constituency` is of the
    boundaries first used in July 2024, `constituency_2010` of those used from 2010 until then.
    """

    postcode: str
    status: PostcodeStatus
    lat: float | None = None
    lon: float | None = None
    ward: str | None = None
    district: str | None = None
    constituency: str | None = None
    constituency_2010: str | None = None
    lsoa_2011: str | None = None
    lsoa_2021: str | None = None
    constituency_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its number's type as `struct` names it, and whether it stands for a code."""

    name: str
    number_type: Literal["B", "i", "I"]
    has_codes: bool = False


COLUMNS = (
    Column("lat", "i"),
    Column("lon", "i"),
    Column("ward", "I", has_codes=True),
    Column("district", "I", has_codes=True),
    Column("constituency", "I", has_codes=True),
    Column("constituency_2010", "I", has_codes=True),
    Column("lsoa_2011", "I", has_codes=True),
    Column("lsoa_2021", "I", has_codes=True),
    Column("status", "B"),
    Column("basis", "B"),
    Column("sources", "B"),
)

RECORD = "<" + "".join(column.number_type for column in COLUMNS)

# Where a row's 2024 constituency comes from: an official directory, or reckoned from the postcode's point.
BASES = (None, "official", "lsoa", "split", "polygon")
# The place of the one that a reckoned seat never replaces.
OFFICIAL = 1
# Which sources a row was in, one bit each.
CODE_POINT, DIRECTORY, DERIVED_SEAT = 1, 2, 4
