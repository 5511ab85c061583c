"""One line of a full register, read and checked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.register.rules.headings import Columns

_DAY = re.compile(
    r"^(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})(?: 00:00(?::00)?)?$"
)
_ISO_DAY = re.compile(r"^(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T]00:00(?::00)?)?$")
_WHOLE = re.compile(r"^[0-9]{1,9}(?:\.0)?$")
_LENGTHS = {"district": 12, "markers": 12, "surname": 80, "forename": 120, "supplier_id": 60, "address": 300}


class LineRefused(ValueError):
    """A line cannot be an entry of the register; the message is a sentence that says why."""


class NameOrder(StrEnum):
    """How a single name column is written."""

    COMMA = "surname, forenames"
    SURNAME_FIRST = "SURNAME forenames"
    SURNAME_LAST = "forenames surname"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """What one line says. `postcode` is empty where there is none, or none that can be read."""

    district: str
    number: int
    suffix: int
    markers: str
    attains_on: date | None
    surname: str
    forename: str
    postcode: str
    address: str
    supplier_id: str
    has_odd_postcode: bool
    extra: dict[str, str]

    @property
    def is_anonymous(self) -> bool:
        """Say whether the entry is anonymous: a number and nothing else (marker N)."""
        return "N" in self.markers

    @property
    def full_number(self) -> str:
        """The elector number as it is printed; a suffix of nought is left out."""
        return f"{self.district}-{self.number}" + (f"/{self.suffix}" if self.suffix else "")


def name_order(*, sample: Sequence[str]) -> NameOrder:
    """Tell from a sample of a single name column how its names are written.

    A comma in most of them settles it. Else most surnames in capitals at the front mean that the surname
    stands first. Else the last word is the surname.
    """
    names = [name for name in (_tidy(text) for text in sample) if " " in name or "," in name]
    if sum("," in name for name in names) * 2 > len(names):
        return NameOrder.COMMA
    in_front = sum(1 for name in names if _leading_capitals(words=name.split()))
    return NameOrder.SURNAME_FIRST if in_front * 2 > len(names) else NameOrder.SURNAME_LAST


def read_line(*, row: Sequence[str], columns: Columns, order: NameOrder = NameOrder.COMMA) -> RegisterLine:
    """Read one row.

    An anonymous entry keeps its number and markers only, whatever else the file lets slip. A postcode that
    cannot be read does not cost an elector the entry. Raises `LineRefused`.
    """
    known = columns.known
    district = _cell(row, known.get("district")).upper()
    if not district:
        raise LineRefused("The elector number has no prefix (the polling district).")
    number = _number(_cell(row, known.get("number")), what="elector number")
    if not number:
        raise LineRefused("There is no elector number.")
    suffix = _number(_cell(row, known.get("suffix")), what="elector number suffix")
    markers = "".join(_cell(row, known.get("markers")).split())
    attains_on = _day(_cell(row, known.get("attains_on")))
    supplier_id = _cell(row, known.get("supplier_id"))
    if "N" in markers.upper():
        return RegisterLine(
            district=_fits(district, "district"),
            number=number,
            suffix=suffix,
            markers=_fits(markers.upper(), "markers"),
            attains_on=attains_on,
            surname="",
            forename="",
            postcode="",
            address="",
            supplier_id=_fits(supplier_id, "supplier_id"),
            has_odd_postcode=False,
            extra={},
        )
    surname, forename = _name(row=row, columns=columns, order=order)
    if not surname and not forename:
        raise LineRefused("There is no name, and the entry is not marked N (anonymous).")
    lines = [text for text in (_cell(row, position) for position in columns.address) if text]
    written = _cell(row, known.get("postcode"))
    postcode = _postcode(written)
    has_odd_postcode = bool(written) and not postcode
    extra = {heading: cell for heading, position in columns.other.items() if (cell := _cell(row, position))}
    if has_odd_postcode:
        extra["postcode as supplied"] = written
    return RegisterLine(
        district=_fits(district, "district"),
        number=number,
        suffix=suffix,
        markers=_fits(markers.upper(), "markers"),
        attains_on=attains_on,
        surname=_fits(surname, "surname"),
        forename=_fits(forename, "forename"),
        postcode=postcode,
        address=_fits(", ".join(lines), "address"),
        supplier_id=_fits(supplier_id, "supplier_id"),
        has_odd_postcode=has_odd_postcode,
        extra=extra,
    )


@lru_cache(maxsize=65_536)
def _postcode(written: str) -> str:
    """The postcode in its usual spelling, empty where there is none to be read; neighbours share theirs."""
    if not written:
        return ""
    try:
        return parse_postcode(written).spaced
    except PostcodeError:
        return ""


def _cell(row: Sequence[str], position: int | None) -> str:
    if position is None or position >= len(row):
        return ""
    return _tidy(row[position])


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _fits(text: str, field: str) -> str:
    if len(text) > _LENGTHS[field]:
        raise LineRefused(
            f"The {field.replace('_', ' ')} has {len(text)} characters; at most {_LENGTHS[field]} fit."
        )
    return text


def _number(text: str, *, what: str) -> int:
    if not text:
        return 0
    if not _WHOLE.match(text):
        raise LineRefused(f"The {what} “{text}” is not a whole number.")
    return int(text.split(".", maxsplit=1)[0])


def _day(text: str) -> date | None:
    if not text:
        return None
    found = _DAY.match(text) or _ISO_DAY.match(text)
    if found:
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            pass
    raise LineRefused(f"The date of attainment “{text}” is not a day written dd/mm/yyyy.")


def _name(*, row: Sequence[str], columns: Columns, order: NameOrder) -> tuple[str, str]:
    known = columns.known
    if not columns.has_single_name:
        forenames = (_cell(row, known.get("forename")), _cell(row, known.get("middle_names")))
        return _cell(row, known.get("surname")), " ".join(filter(None, forenames))
    name = _cell(row, known["full_name"])
    if order is NameOrder.COMMA or "," in name:
        surname, _, forename = name.partition(",")
        return surname.strip(), forename.strip()
    words = name.split()
    if order is NameOrder.SURNAME_FIRST:
        count = _leading_capitals(words=words) or 1
        return " ".join(words[:count]), " ".join(words[count:])
    return " ".join(words[-1:]), " ".join(words[:-1])


def _leading_capitals(*, words: Sequence[str]) -> int:
    """Count the words in capitals in front of the forenames; initials are not counted as surnames."""
    count = 0
    for word in words:
        if len(word) < 2 or not word.isupper():
            break
        count += 1
    return count if count < len(words) else 0
