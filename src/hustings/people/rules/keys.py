"""Keyed hashes by which an objection finds a person again: after erasure, after re-import, from another provider.

Each key is an HMAC-SHA256 under the installation's suppression key, so that the table of objections tells nobody's
address, and nobody without the key can try addresses against it. What is hashed begins with the kind, so that no value of
one kind can be taken for one of another.

Email, telephone and elector name one person (or one line), and so do a full name, a house and a postcode together. The
name variants only suggest a person: a hit on them is doubtful and must be looked at. They are built for both sides, the
person on file and the objection, so that each finds the other whichever of them knows less.
"""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from hustings.people.rules.short_names import longer_name


class KeyKind(StrEnum):
    """What a key was made of."""

    EMAIL = "email"
    PHONE = "phone"
    ELECTOR = "elector"
    NAME_ADDRESS = "name_address"
    NAME_VARIANT = "name_variant"


class Side(StrEnum):
    """Whose key it is: that of a person on file, or that of somebody who objected."""

    PERSON = "person"
    OBJECTION = "objection"


class Agreement(StrEnum):
    """How a name at an address agrees with that of an objection, seen from the person's side."""

    FULL = "full"  # given name, family name, house and postcode
    LETTERS = "letters"  # spelt alike, or a short form of the given name
    NO_HOUSE = "no house"
    THEIR_INITIAL = "their initial"  # the objection has only an initial
    OUR_INITIAL = "our initial"
    THEY_GAVE_NO_NAME = "they gave no name"  # the objection has no given name
    WE_HAVE_NO_NAME = "we have no name"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One keyed hash (64 hexadecimal digits) and what it was made of."""

    kind: KeyKind
    key_hash: str


def email_key(*, secret: bytes, canonical: str) -> Key:
    """The key of an email address in canonical form (`basics.email_address`)."""
    return _key(secret, KeyKind.EMAIL, canonical.strip().casefold())


def phone_key(*, secret: bytes, e164: str) -> Key:
    """The key of a telephone number in its international form ("+447700900123")."""
    return _key(secret, KeyKind.PHONE, e164.strip())


def elector_key(*, secret: bytes, elector_id: int) -> Key:
    """The key of an elector, by the id that lasts across register versions."""
    return _key(secret, KeyKind.ELECTOR, str(elector_id))


def name_address_keys(
    *, secret: bytes, given_name: str, family_name: str, address_line: str, postcode: str, side: Side
) -> tuple[Key, ...]:
    """The keys of a name at an address; none without a family name and a postcode.

    The full key needs given name, family name, house and postcode. The variants (`name_variant`) hold where one side
    knows only an initial, no given name, or no house, and where the given name is a short form or the spelling differs
    by doubled, swapped or silent letters.
    """
    found = named_keys(
        secret=secret,
        given_name=given_name,
        family_name=family_name,
        address_line=address_line,
        postcode=postcode,
        side=side,
    )
    return tuple(dict.fromkeys(key for _, key in found))


def named_keys(
    *, secret: bytes, given_name: str, family_name: str, address_line: str, postcode: str, side: Side
) -> list[tuple[Agreement, Key]]:
    """The same keys, each with what a hit on it says, where `side` is the person's."""
    given, family = letters_of(first_word(given_name)), letters_of(family_name)
    place = compact_postcode(postcode)
    house = house_of(address_line)
    if not family or not place:
        return []
    is_full = len(given) > 1
    found: list[tuple[Agreement, Key]] = []

    def variant(agreement: Agreement, *parts: str) -> None:
        found.append((agreement, _key(secret, KeyKind.NAME_VARIANT, "|".join(parts))))

    if is_full and house:
        full = _key(secret, KeyKind.NAME_ADDRESS, "|".join((given, family, house, place)))
        found.append((Agreement.FULL, full))
        parts = (_skeleton(longer_name(given)), _skeleton(family), house, place)
        variant(Agreement.LETTERS, "letters", *parts)
    if is_full:
        variant(Agreement.NO_HOUSE, "no house", given, family, place)
    if house:
        other = Side.OBJECTION if side is Side.PERSON else Side.PERSON
        # `other`: what the other side looks for when it knows less. `side`: what this side looks for when it does.
        if given:
            variant(Agreement.THEIR_INITIAL, "initial", other, given[0], family, house, place)
        variant(Agreement.THEY_GAVE_NO_NAME, "no name", other, family, house, place)
        if len(given) == 1:
            variant(Agreement.OUR_INITIAL, "initial", side, given, family, house, place)
        if not given:
            variant(Agreement.WE_HAVE_NO_NAME, "no name", side, family, house, place)
    return found


def first_word(name: str) -> str:
    """The first of several given names; titles are passed over ("Mrs Ann Mary" is "Ann")."""
    words = [word for word in re.split(r"[\s.]+", name) if word]
    while len(words) > 1 and words[0].casefold() in _TITLES:
        words = words[1:]
    return "" if words and words[0].casefold() in _TITLES else (words[0] if words else "")


_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "rev", "prof", "cllr"}
)


def letters_of(name: str) -> str:
    """Only the letters of a name, without accents, in lower case: "O'Brien" is "obrien"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalpha())


def compact_postcode(postcode: str) -> str:
    """A postcode without spaces, in upper case."""
    return "".join(postcode.split()).upper()


_NUMBER = re.compile(r"\b(\d+)\s?([a-z]?)\b(?:\s?[-–/]\s?(\d+[a-z]?))?")


def house_of(address_line: str) -> str:
    """What tells a house from its neighbours: its numbers, in order of size, or else its name.

    "Flat 2, 14 High Street" and "14 High Street, flat 2" are both "2+14"; "Rose Cottage, Mill Lane" is "rosecottage".
    """
    line = address_line.casefold()
    numbers = [
        f"{first}{letter}" + (f"-{last}" if last else "") for first, letter, last in _NUMBER.findall(line)
    ]
    if numbers:
        return "+".join(sorted(numbers, key=lambda number: (len(number), number)))
    return letters_of(line.split(",", 1)[0])


def _skeleton(letters: str) -> str:
    """Each letter once, in order of the alphabet, without the often silent h: a spelling slip leaves it as it was."""
    return "".join(sorted(set(letters) - {"h"}))


def _key(secret: bytes, kind: KeyKind, value: str) -> Key:
    return Key(kind, hmac.digest(secret, f"{kind}\x1f{value}".encode(), "sha256").hex())
