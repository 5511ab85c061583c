"""How a person and an elector agree: one level for the forename, the surname, middle names and the place.

The levels are coarse on purpose: each can be said to a person on the review page in three words, and each
has a weight that was counted, not felt.
"""

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import JaroWinkler

from hustings.register.rules.matching.folding import (
    forenames,
    house_of,
    postcode_key,
    surname_key,
    surname_parts,
)
from hustings.register.rules.matching.nicknames import are_forms_of_one_name, family_of

#: Below these two similarities (Jaro-Winkler) words are not taken for one word misspelt.
CLOSE_FORENAME = 0.88
CLOSE_SURNAME = 0.90
_INWARD_UNIT = 2


class Forename(StrEnum):
    """How forenames agree."""

    SAME = "same"
    FORM = "form"
    OTHER_NAME = "other_name"
    INITIAL = "initial"
    CLOSE = "close"
    DIFFERENT = "different"


class Surname(StrEnum):
    """How surnames agree."""

    SAME = "same"
    CLOSE = "close"
    PART = "part"
    DIFFERENT = "different"


class Middle(StrEnum):
    """How the names after the first agree, where both give one."""

    AGREE = "agree"
    SILENT = "silent"
    CONFLICT = "conflict"


class Place(StrEnum):
    """How near the two addresses are."""

    SAME_HOUSE = "same_house"
    SAME_POSTCODE = "same_postcode"
    OTHER_HOUSE = "other_house"
    SAME_SECTOR = "same_sector"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Record:
    """A name and an address, folded. `family` files the first forename with its other forms."""

    forenames: tuple[str, ...]
    surname: str
    parts: tuple[str, ...]
    postcode: str
    house: str

    @property
    def first(self) -> str:
        """The first forename, empty where there is none."""
        return self.forenames[0] if self.forenames else ""

    @property
    def family(self) -> str:
        """The family of the first forename."""
        return family_of(forename=self.first)

    @property
    def sector(self) -> str:
        """The postcode without its last two letters: some three thousand households."""
        return self.postcode[:-_INWARD_UNIT]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The levels of one pair; `is_swapped` says that forename and surname stand in each other's place."""

    forename: Forename
    surname: Surname
    middle: Middle
    place: Place
    is_swapped: bool = False


def record_of(*, forename: str, surname: str, postcode: str, address: str) -> Record:
    """Fold a name and an address as they were written."""
    return Record(
        forenames=forenames(forename=forename),
        surname=surname_key(surname=surname),
        parts=surname_parts(surname=surname),
        postcode=postcode_key(postcode=postcode),
        house=house_of(address=address),
    )


def compare(*, person: Record, elector: Record) -> Comparison:
    """Compare a person's record with an elector's."""
    place = _place(person=person, elector=elector)
    if is_swapped(person=person, elector=elector):
        return Comparison(
            forename=Forename.SAME, surname=Surname.SAME, middle=Middle.SILENT, place=place, is_swapped=True
        )
    forename = _forename(person=person, elector=elector)
    return Comparison(
        forename=forename,
        surname=_surname(person=person, elector=elector),
        middle=_middle(person=person, elector=elector)
        if forename is not Forename.OTHER_NAME
        else Middle.SILENT,
        place=place,
    )


def is_swapped(*, person: Record, elector: Record) -> bool:
    """Say whether the person's surname is the elector's forename and the other way round."""
    return (
        bool(elector.first and elector.surname)
        and person.surname == elector.first
        and "".join(person.forenames) == elector.surname
        and person.surname != elector.surname
    )


def _forename(*, person: Record, elector: Record) -> Forename:
    one, other = person.first, elector.first
    if not one or not other:
        return Forename.DIFFERENT
    if one == other:
        return Forename.SAME
    if len(one) == 1 or len(other) == 1:
        return Forename.INITIAL if one[0] == other[0] else Forename.DIFFERENT
    if are_forms_of_one_name(one=one, other=other):
        return Forename.FORM
    if any(one == name for name in elector.forenames[1:]) or any(
        other == name for name in person.forenames[1:]
    ):
        return Forename.OTHER_NAME
    if JaroWinkler.similarity(one, other) >= CLOSE_FORENAME:
        return Forename.CLOSE
    return Forename.DIFFERENT


def _surname(*, person: Record, elector: Record) -> Surname:
    one, other = person.surname, elector.surname
    if not one or not other:
        return Surname.DIFFERENT
    if one == other:
        return Surname.SAME
    if (len(person.parts) > 1 and other in person.parts) or (len(elector.parts) > 1 and one in elector.parts):
        return Surname.PART
    if JaroWinkler.similarity(one, other) >= CLOSE_SURNAME:
        return Surname.CLOSE
    return Surname.DIFFERENT


def _middle(*, person: Record, elector: Record) -> Middle:
    if len(person.forenames) < 2 or len(elector.forenames) < 2:
        return Middle.SILENT
    one, other = person.forenames[1], elector.forenames[1]
    if one == other or (len(one) == 1 and one == other[0]) or (len(other) == 1 and other == one[0]):
        return Middle.AGREE
    return Middle.CONFLICT


def _place(*, person: Record, elector: Record) -> Place:
    if not person.postcode or not elector.postcode:
        return Place.ELSEWHERE
    if person.postcode != elector.postcode:
        return Place.SAME_SECTOR if person.sector == elector.sector else Place.ELSEWHERE
    if not person.house or not elector.house:
        return Place.SAME_POSTCODE
    one, other = set(person.house.split()), set(elector.house.split())
    return Place.SAME_HOUSE if one <= other or other <= one else Place.OTHER_HOUSE
