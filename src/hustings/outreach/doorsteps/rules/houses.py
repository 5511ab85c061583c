"""What an address says to somebody on foot: the street, the house in it, and the flat in the house."""

import re
from dataclasses import dataclass

_UNIT = r"(?:flat|apartment|apt|unit|room|studio|maisonette)"
_NUMBER = r"\d+(?:\s?[a-z]\b)?(?:\s?[-–/]\s?\d+[a-z]?)?"
_IN_STREET = re.compile(rf"^(?P<number>{_NUMBER})\s+(?P<street>\D.*)$", re.IGNORECASE)
_UNIT_FIRST = re.compile(
    rf"^(?P<unit>{_UNIT}\s+[\da-z]+)\s+(?P<number>{_NUMBER})\s+(?P<street>\D.*)$", re.IGNORECASE
)
_BARE_NUMBER = re.compile(rf"^{_NUMBER}$", re.IGNORECASE)
_IS_UNIT = re.compile(rf"^(?:{_UNIT}\b.*|.*\b(?:flat|floor))$", re.IGNORECASE)
_PARTS = re.compile(r"(\d+)")

#: Text in an order in which numbers count as numbers: "flat 2" before "flat 10".
NaturalKey = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An address taken apart. `number` is None for a house with a name; `label` is what stands at the door."""

    street: str
    number: int | None
    letter: str
    name: str
    unit: str

    @property
    def label(self) -> str:
        """Flat, name and number as a walker reads them: "Flat 2, 6", "Rose Cottage"."""
        number = "" if self.number is None else f"{self.number}{self.letter}"
        return ", ".join(part for part in (self.unit, self.name, number) if part)

    @property
    def key(self) -> tuple[bool, int, NaturalKey, NaturalKey, NaturalKey]:
        """The plain order of a street: by number read as a number, then letter, then flat; houses with names after."""
        return (
            self.number is None,
            self.number or 0,
            natural_key(text=self.letter),
            natural_key(text=self.name),
            natural_key(text=self.unit),
        )


def natural_key(*, text: str) -> NaturalKey:
    """A key that puts "Flat 2" before "Flat 10", and "2" before "2a"."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.strip().casefold())
        for part in _PARTS.split(text)
        if part.strip()
    )


def read_house(*, address: str) -> House:
    """Take an address apart, its parts divided by commas or line breaks.

    The street is the part that begins with a house number ("6 Mill Street"), or the one after a number that stands alone;
    what stands before is the flat, or the building's name. Without a number the first part that is no flat is the house's
    name, and the next is the street. An address of one part is a name without a street.
    """
    parts = [part.strip() for part in re.split(r"[,\n]", address) if part.strip()]
    for place, part in enumerate(parts[:4]):
        before = parts[:place]
        if found := _UNIT_FIRST.match(part):
            return _numbered(found["street"], found["number"], [*before, found["unit"]])
        if _IS_UNIT.match(part):
            continue
        if _BARE_NUMBER.match(part) and place + 1 < len(parts):
            return _numbered(parts[place + 1], part, before)
        if found := _IN_STREET.match(part):
            return _numbered(found["street"], found["number"], before)
    first = next((place for place, part in enumerate(parts) if not _IS_UNIT.match(part)), 0)
    rest = parts[first + 1 :]
    return House(
        street=rest[0] if rest else "",
        number=None,
        letter="",
        name=parts[first] if parts else "",
        unit=", ".join(parts[:first]),
    )


def _numbered(street: str, number: str, before: list[str]) -> House:
    digits = re.match(r"\d+", number)
    assert digits is not None
    units = [part for part in before if _IS_UNIT.match(part)]
    return House(
        street=street.strip(),
        number=int(digits.group()),
        letter=number[digits.end() :].replace(" ", "").lower(),
        name=", ".join(part for part in before if part not in units),
        unit=", ".join(units),
    )
