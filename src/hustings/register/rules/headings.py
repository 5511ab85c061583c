"""Which column of a register file holds what, told by its heading."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parent / "tables" / "headings.toml"
_PUNCTUATION = re.compile(r"[^a-z0-9]+")
_ADDRESS_LINE = re.compile(r"^(?P<stem>[a-z]+)(?P<number>[1-9])$")


class NotARegister(ValueError):
    """The headings are not those of a full register; the message names what is missing."""


class HeadedTwice(ValueError):
    """Two columns hold the same thing; the message names them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns, by what they hold; `other` keeps every column that is not known, by its
    heading.
    """

    known: Mapping[str, int]
    address: tuple[int, ...]
    other: Mapping[str, int]

    @property
    def has_single_name(self) -> bool:
        """Say whether surname and forenames share a column."""
        return "full_name" in self.known


def columns_of(*, header: Sequence[str]) -> Columns:
    """Map a header row.

    Raises `NotARegister` where a full register's columns are not all there, `HeadedTwice` where two columns
    claim to hold the same thing.
    """
    aliases, stems, foreign = _aliases()
    known: dict[str, int] = {}
    address: dict[int, int] = {}
    other: dict[str, int] = {}
    for position, heading in enumerate(header):
        folded = _PUNCTUATION.sub("", heading.casefold())
        if folded in foreign:
            raise NotARegister(
                f"The column “{heading}” belongs to another kind of file than a full register."
            )
        line = _ADDRESS_LINE.match(folded)
        if line and line["stem"] in stems:
            address.setdefault(int(line["number"]), position)
        elif (field := aliases.get(folded)) is not None:
            if field in known:
                raise HeadedTwice(
                    f"“{header[known[field]]}” and “{heading}” both hold the {field.replace('_', ' ')}."
                )
            known[field] = position
        elif heading:
            other[heading] = position
    missing = [field for field in ("district", "number", "postcode") if field not in known]
    if "full_name" not in known and not {"surname", "forename"} <= known.keys():
        missing.append("elector name")
    if not address:
        missing.append("address")
    if missing:
        raise NotARegister(f"No column was found for: {', '.join(missing)}.")
    return Columns(known=known, address=tuple(address[number] for number in sorted(address)), other=other)


@lru_cache(maxsize=1)
def _aliases() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    raw: dict[str, Any] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    aliases = {
        _PUNCTUATION.sub("", heading.casefold()): field
        for field, headings in raw["columns"].items()
        for heading in headings
    }
    stems = frozenset(_PUNCTUATION.sub("", stem.casefold()) for stem in raw["address"]["lines"])
    foreign = frozenset(_PUNCTUATION.sub("", name.casefold()) for name in raw["other_files"]["columns"])
    return aliases, stems, foreign
